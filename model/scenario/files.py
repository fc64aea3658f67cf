"""Scenarios on disk: the shipped ones, and those in files of the user's own.

Every mistake of a user ends in one ScenarioError, whose text names the place, what is allowed and what to do.
"""

from __future__ import annotations

import os
from pathlib import Path

from model.litter import is_litter
from model.scenario.checks import checked_scenario
from model.scenario.document import Document, document
from model.scenario.errors import Problem, ScenarioError
from model.scenario.scenario import Scenario
from model.suggestions import nearest, quoted

_SHIPPED_FOLDER = Path(__file__).parents[2] / "scenarios"
_ORDER = (
    "baseline",
    "crackdown",
    "harshness_alone",
    "campaign",
    "strict_with_gain_mild_with_failure",
    "inaction_punished",
    "inaction_punished_without_bar",
    "blanket_leniency",
    "amnesty_on_paper",
    "tolerance_seen",
    "reform",
    "filing_in_advance",
    "clear_list",
    "leniency_without_list",
    "remedy_that_works",
    "objective_public",
    "shield_for_acts",
    "rule_out_of_use",
    "rule_out_of_use_by_nerve",
    "urgent_times",
    "one_size_fits_all",
    "local_flexibility",
    "local_favour",
    "four_provinces",
)
_ADVICE = 'write extends = "baseline" or leave it out'


def shipped_scenarios() -> dict[str, Path]:
    """Return the path of each shipped scenario by its name: the baseline first, then sticks, carrots and places."""
    names = [path.stem for path in sorted(_SHIPPED_FOLDER.glob("*.toml")) if not is_litter(path.name)]
    in_order = [*(name for name in _ORDER if name in names), *(name for name in names if name not in _ORDER)]
    return {name: _SHIPPED_FOLDER / f"{name}.toml" for name in in_order}


def find_scenario(name_or_path: str) -> Scenario:
    """Return a shipped scenario by its name, or any by the path of its file.

    Raises
    ------
    ScenarioError
        If there is neither, or if the scenario does not hold.
    """
    shipped = shipped_scenarios()
    if name_or_path in shipped:
        return read_scenario(shipped[name_or_path])
    is_path = name_or_path.endswith(".toml") or any(sign in name_or_path for sign in ("/", os.sep))
    if name_or_path and (is_path or _exists(Path(name_or_path))):
        return read_scenario(name_or_path)
    raise ScenarioError(f"{_not_found(name_or_path)}; or give the path of a file, such as mine.toml")


def read_scenario(path: str | Path) -> Scenario:
    """Return the scenario in a TOML file, on top of the one it extends, checked.

    Raises
    ------
    ScenarioError
        If the file cannot be read or the scenario does not hold; the message has a line for each problem.
    """
    written = document(path)
    extended, problems = _extended(written)
    return checked_scenario(written, extended, problems)


def _extended(written: Document) -> tuple[Document | None, list[Problem]]:
    """Return the document that a scenario extends, checked by itself; or the problem that stands in the way."""
    name = written.data.get("extends")
    if not isinstance(name, str):
        return None, []
    path = _path_of(name, written.path.parent)
    if path is None:
        return None, [_problem(f"{_not_found(name)}; or give the name of a file in the same folder")]
    if path.resolve() == written.path.resolve():
        return None, [_problem(f"the scenario extends itself; allowed is another scenario; {_ADVICE}")]
    below = document(path)
    next_name = below.data.get("extends")
    if not isinstance(next_name, str):
        checked_scenario(below, None)
        return below, []
    after = _path_of(next_name, path.parent)
    if after is not None and after.resolve() in (written.path.resolve(), path.resolve()):
        circle = f"{name} extends {next_name}, so they extend each other in a circle"
        return None, [_problem(f"{circle}; allowed is a scenario that extends none; {_ADVICE}")]
    found = f"{name} extends {next_name} itself, which makes two levels; allowed is a scenario that extends none"
    return None, [_problem(f"{found}; extend {next_name}, and copy what {name} sets")]


def _not_found(name: str) -> str:
    shipped = shipped_scenarios()
    near = nearest(name, shipped)
    question = f"did you mean {near}? Shipped" if near else "shipped"
    return f"there is no scenario {quoted(name)}; {question} are {', '.join(shipped)}"


def _problem(sentence: str) -> Problem:
    return Problem(("extends",), sentence)


def _path_of(name: str, folder: Path) -> Path | None:
    """Return the file of a scenario that is extended: beside the one that extends it, else shipped; None if neither."""
    stem = name.removesuffix(".toml")
    if not stem or not stem.isprintable() or any(sign in stem for sign in "/\\"):
        return None
    beside = folder / f"{stem}.toml"
    return beside if _exists(beside) else shipped_scenarios().get(stem)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL character
        return False
