"""What became of the keys of scenarios written for the first edition of the model (schema 1), in one table.

A file of the first edition is refused, as its numbers would mean something else; the message lists what to change in
it, key by key. A key that is gone is told of wherever it turns up, in a file of today or on the command line too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.parameters import Parameters, about
from model.scenario.document import SCHEMA, Data
from model.scenario.errors import Path, Problem

FIRST_EDITION = 1

# Gone or renamed: the new key, and what changed.
GONE: Mapping[str, str] = {
    "work.routine_certainty": (
        "is gone: routine that fails is pursued as surely as any failure; remove it, and set accountability.certainty"
    ),
    "work.self_dealing_loss": (
        "is gone: private gain has a ladder of sanctions of its own; remove it, and set "
        "accountability.misconduct_severity"
    ),
    "population.loss_aversion_median": (
        "is now population.loss_aversion_mean, a mean; rename it, and multiply its value by "
        "e**(loss_aversion_sd**2 / 2)"
    ),
}

_CLEARER = (
    "now moves how many are exempted too, as the burden of proof is held where it was the exemption rate that was "
    "held; see exemption.probability"
)
# Still there, with another meaning: a value of the first edition has to be thought over.
CHANGED: Mapping[str, str] = {
    "accountability.certainty": (
        "is now the chance per failure, negligent ones and those of routine included, that it becomes a case, and small"
    ),
    "accountability.severity": (
        "is now the mean rung of a ladder for failures only (circular, admonition, discipline, removal), whose losses "
        "are three to five times as large; private gain has accountability.misconduct_severity"
    ),
    "accountability.publicity": "is now of sanctions for failures only; those for private gain are no news of failures",
    "accountability.inaction_certainty": (
        "is as before, but the bar on promotion that follows is now set by accountability.inaction_freeze_months"
    ),
    "exemption.probability": (
        "is now the rate where complexity is as clear as by default (evidence_complexity 2); it no longer holds the "
        "rate when evidence gets clearer, and where the public is angry reviewers fall short of it (exemption.caution)"
    ),
    "exemption.evidence_force_majeure": _CLEARER,
    "exemption.evidence_complexity": _CLEARER,
    "exemption.evidence_ability": _CLEARER,
    "exemption.disclosure": "now also tells that failures are pursued, and its news are rates times behaviour.circle",
    "supervision.detection": (
        "is as before, but what follows is a case of misconduct, sanctioned by accountability.misconduct_severity"
    ),
    "guidance.flexibility": (
        "now keeps the mean exemption rate, and brings knowledge and favour: guidance.local_knowledge and local_favour"
    ),
    "work.complexity": "is as before for a month with time; urgent months are harder: work.urgency and work.haste",
    "work.routine_failure": "is now the chance of failure without any care; what care costs is work.routine_care_cost",
    "behaviour.weight_peer": "is now of one case; how many cases one hears of is behaviour.circle times their rate",
    "behaviour.weight_national": (
        "is now of one case anywhere, no longer of the mean number of cases in all jurisdictions, and small"
    ),
    "behaviour.negativity": "now counts sanctions of honest cases only, filed and unfiled apart",
    "public.loss_failure": (
        "is now of what the public holds against officials: negligence in full, honest failure less by "
        "public.objectivity"
    ),
    "value.routine": "is now of routine without failure; failure of routine is negligence: value.negligence",
    "value.failure": "is now of an honest failure that is not put right; negligence has value.negligence",
}

_REFUSED = f"is of the first edition of the model, where numbers meant something else; this one reads {SCHEMA}"


def is_of_first_edition(data: Data) -> bool:
    """Tell whether a file says that it was written for the first edition."""
    return type(data.get("schema")) is int and data["schema"] == FIRST_EDITION


def what_to_change(data: Data) -> list[Problem]:
    """Return the refusal of a file of the first edition: one problem for the file, and one for every key to change."""
    found = [
        Problem(path, f"{GONE.get(key) or CHANGED[key]}{_where_to_look(key)}")
        for path, key in _keys(data)
        if key in GONE or key in CHANGED
    ]
    todo = "change what is listed here" if found else "nothing in the file has to change"
    return [Problem(("schema",), f"{_REFUSED}; {todo}, then write schema = {SCHEMA}"), *found]


def _where_to_look(key: str) -> str:
    """Return the plausible values of a key that is still there."""
    plausible = about(key).plausible if key in CHANGED else None
    return f"; plausible is {plausible[0]:g} to {plausible[1]:g}: check its value" if plausible else ""


def _keys(data: Data) -> Iterator[tuple[Path, str]]:
    """Yield the place and the key "table.name" of every setting: of the scenario, its changes, its jurisdictions."""
    yield from _settings(data, ())
    for section in ("change", "jurisdiction"):
        items = data.get(section)
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield from _settings(item, (section, number))


def _settings(tables: Data, place: Path) -> Iterator[tuple[Path, str]]:
    for table in Parameters._fields:
        names = tables.get(table)
        for name in names if isinstance(names, dict) else ():
            yield (*place, table, name), f"{table}.{name}"
