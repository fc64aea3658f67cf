"""What has to fit together in a scenario beyond its form: sizes, months, names, actions, references, ages."""

from __future__ import annotations

import functools
import itertools
import math
import operator
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from model.parameters import Parameters, replaced, value_at
from model.rules.change import strength_of
from model.scenario.document import Data, Document
from model.scenario.errors import Path, Problem, error_of, missing, unknown, wrong
from model.scenario.first_edition import is_of_first_edition, what_to_change
from model.scenario.network_checks import network_contradictions
from model.scenario.scenario import ALWAYS_OPEN, Change, Scenario
from model.scenario.schema import (
    LARGEST_COUNT,
    MOST_OFFICIALS_IN_ONE,
    departures,
    form_at,
    place_of_value,
    section_of,
    without,
)
from model.scenario.serialisation import INHERITED, scenario_of, with_extended
from model.vocabulary import ACTIONS

_AGES = ("career.ceiling_age", "career.retirement_age")


class Draft(NamedTuple):
    """A scenario before it has passed: its tables, with those of what it extends, and the paths found broken."""

    whole: Data
    broken: frozenset[Path]


def checked_scenario(written: Document, extended: Document | None, problems: Iterable[Problem] = ()) -> Scenario:
    """Return the scenario that a file describes, above the one it extends; ScenarioError tells all that is wrong.

    ``problems`` are those found before. What is broken in its form is left out, and the rest is checked all the same.
    """
    if is_of_first_edition(written.data):
        changes = what_to_change(written.data)
        raise error_of(written.label, changes, written.lines, most=len(changes))
    found = [*problems, *departures(written.data)]
    broken = frozenset(place_of_value(problem.path) for problem in found)
    own = without(written.data, broken)
    whole = with_extended(extended.data, own) if extended else own
    if ("extends",) in broken:
        broken |= {("size",)}  # it may stand in what is extended
    found += contradictions(Draft(whole, broken))
    if not found:
        scenario = scenario_of(whole, written.name)
        found = [*age_contradictions(scenario), *network_contradictions(scenario)]
    if found:
        raise error_of(written.label, [_with_origin(problem, written, extended) for problem in found], written.lines)
    return scenario


def _with_origin(problem: Problem, written: Document, extended: Document | None) -> Problem:
    """Return the problem, with the name of the extended file if that is where it stands."""
    top = problem.path[0]
    if extended is None or top not in INHERITED or top in written.data or top not in extended.data:
        return problem
    return problem._replace(sentence=f"{problem.sentence} (it is taken over from {extended.label})")


def contradictions(draft: Draft) -> list[Problem]:
    """Return everything that is missing or does not fit together, leaving out what is broken already."""
    return [
        *_missing_keys(draft),
        *_empty_texts(draft),
        *_reference_problems(draft),
        *_action_problems(draft),
        *_size_problems(draft),
        *_change_problems(draft),
        *_jurisdiction_problems(draft),
    ]


@functools.cache
def source_keys() -> tuple[str, ...]:
    """Return the keys of ``sources.toml``: what a scenario may name as its references."""
    return tuple(tomllib.loads((FilePath(__file__).parents[1] / "sources.toml").read_text(encoding="utf-8")))


def _value(draft: Draft, *path: str | int) -> Any:
    """Return the value at a path of the whole scenario; None if it is missing or broken."""
    if _is_broken(draft, path):
        return None
    value: Any = draft.whole
    for part in path:
        if isinstance(part, str) and part not in value:
            return None
        value = value[part]
    return value


def _is_broken(draft: Draft, path: Path) -> bool:
    return any(path[:end] in draft.broken for end in range(1, len(path) + 1))


def _items(draft: Draft, name: str) -> range:
    return range(len(_value(draft, name) or ()))


def _missing_keys(draft: Draft) -> Iterator[Problem]:
    """Yield what every scenario has to hold and this one does not; of a table that is missing, the table only."""
    absent = [path for path in _required(draft) if _value(draft, *path) is None and not _is_broken(draft, path)]
    for path in dict.fromkeys(_first_missing(draft, path) for path in absent):
        form = form_at(*section_of(path))
        yield Problem(path, missing(form.allowed, form.advice))


def _required(draft: Draft) -> list[Path]:
    texts = [path for name in ("title", "question") for path in _required_texts(draft, (name,))]
    sizes: list[Path] = [("size", "months")]
    if "jurisdiction" not in draft.whole and not _is_broken(draft, ("jurisdiction",)):
        sizes += [("size", "officials"), ("size", "jurisdictions")]
    changes: list[Path] = [("change", number, "month") for number in _items(draft, "change")]
    jurisdictions: list[Path] = [
        ("jurisdiction", number, *keys)
        for number in _items(draft, "jurisdiction")
        for keys in (*_required_texts(draft, ("jurisdiction", number, "name"), 2), ("officials",))
    ]
    return [("schema",), *texts, *sizes, *changes, *jurisdictions]


def _required_texts(draft: Draft, path: Path, beyond: int = 0) -> list[Path]:
    """Return the texts that may not be missing: in the language that is there, in English if there is none.

    The first `beyond` parts of the paths are left out.
    """
    there = [language for language in ("en", "zh") if _value(draft, *path, language) is not None]
    return [(*path[beyond:], language) for language in there or ("en",)]


def _first_missing(draft: Draft, path: Path) -> Path:
    """Return the path of the table that is missing, if a key is missing because its table is."""
    return next(path[:end] for end in range(1, len(path) + 1) if _value(draft, *path[:end]) is None)


def _empty_texts(draft: Draft) -> Iterator[Problem]:
    texts: list[Path] = [(name, language) for name in ("title", "question") for language in ("en", "zh")]
    texts += [("jurisdiction", n, "name", language) for n in _items(draft, "jurisdiction") for language in ("en", "zh")]
    for path in texts:
        text = _value(draft, *path)
        if text is not None and not text.strip():
            yield Problem(path, wrong(text, "a text in quotes", "write what a reader should see"))


def _reference_problems(draft: Draft) -> Iterator[Problem]:
    for key in _value(draft, "references") or ():
        if key not in source_keys():
            near = unknown("source", key, ("the keys of model/sources.toml",), source_keys())
            yield Problem(("references",), near)


def _action_problems(draft: Draft) -> Iterator[Problem]:
    places: list[Path] = [()]
    places += [("jurisdiction", number) for number in _items(draft, "jurisdiction")]
    for place in places:
        path = (*place, "behaviour", "actions")
        actions = _value(draft, *path)
        if actions is not None:
            yield from (Problem(path, sentence) for sentence in _action_sentences(actions))


def _action_sentences(actions: list[str]) -> Iterator[str]:
    advice = 'write actions = ["inaction", "innovation"] and add what else is open'
    if not actions:
        yield wrong(actions, "a list with inaction and innovation at least, as all actions are off", advice)
        return
    yield from (unknown("action", action, ACTIONS) for action in actions if action not in ACTIONS)
    yield from (
        f"{action} is listed {count} times; allowed is once; remove the others"
        for action, count in Counter(actions).items()
        if count > 1 and action in ACTIONS
    )
    for action in ALWAYS_OPEN:
        if action not in actions:
            yield f"{action} is not in the list; allowed is a list with inaction and innovation; add it"


def _size_problems(draft: Draft) -> Iterator[Problem]:
    if draft.whole.get("jurisdiction"):
        yield from _listed_size_problems(draft)
        return
    officials, jurisdictions = _value(draft, "size", "officials"), _value(draft, "size", "jurisdictions")
    if officials is None or jurisdictions is None:
        return
    path = ("size", "officials")
    if officials < jurisdictions:
        allowed = f"at least one official for each of the {jurisdictions} jurisdictions"
        yield Problem(path, wrong(officials, allowed, "raise officials or lower size.jurisdictions"))
    elif -(-officials // jurisdictions) > MOST_OFFICIALS_IN_ONE:
        allowed = f"at most {MOST_OFFICIALS_IN_ONE} officials in one jurisdiction"
        yield Problem(path, wrong(officials, allowed, "lower officials or raise size.jurisdictions"))


def _listed_size_problems(draft: Draft) -> Iterator[Problem]:
    """Yield where sizes contradict the listed jurisdictions."""
    sizes = [_value(draft, "jurisdiction", number, "officials") for number in _items(draft, "jurisdiction")]
    if not sizes or None in sizes:
        return
    totals = {"officials": sum(sizes), "jurisdictions": len(sizes)}
    for name, total in totals.items():
        given = _value(draft, "size", name)
        if given is not None and given != total:
            allowed = f"{total}, as in the list of jurisdictions"
            yield Problem(("size", name), wrong(given, allowed, "leave it out: the list says it"))
    if totals["officials"] > LARGEST_COUNT:
        allowed = f"at most {LARGEST_COUNT} in all"
        yield Problem(("jurisdiction",), wrong(totals["officials"], allowed, "list smaller jurisdictions"))


def _change_problems(draft: Draft) -> Iterator[Problem]:
    months = _value(draft, "size", "months")
    for number in _items(draft, "change"):
        path: Path = ("change", number)
        month, until = _value(draft, *path, "month"), _value(draft, *path, "until")
        phase_in_months = _value(draft, *path, "phase_in_months")
        if month is not None and months is not None and month >= months:
            allowed = f"a month from 0 to {months - 1}, as the scenario has {months} months"
            yield Problem((*path, "month"), wrong(month, allowed, "let the change begin earlier or raise size.months"))
        if month is not None and until is not None and until <= month:
            allowed = f"a month after {month}, in which the change begins"
            yield Problem((*path, "until"), wrong(until, allowed, "raise it, or leave it out for a change that stays"))
        elif None not in (month, until, phase_in_months) and month + phase_in_months > until:
            allowed = f"at most {until - month}, the months from its month to its until"
            yield Problem((*path, "phase_in_months"), wrong(phase_in_months, allowed, "shorten it or raise until"))
        if not _sets_something(draft, number):
            yield Problem(path, "changes nothing; set a parameter, for example accountability.certainty = 0.9")


def _sets_something(draft: Draft, number: int) -> bool:
    """Tell whether a change sets a parameter, or tries to: what is broken has its own message."""
    tables = (table for name, table in draft.whole["change"][number].items() if name in Parameters._fields)
    return any(tables) or any(path[:2] == ("change", number) and len(path) > 2 for path in draft.broken)


def _jurisdiction_problems(draft: Draft) -> Iterator[Problem]:
    if _value(draft, "jurisdiction") == []:
        yield Problem(("jurisdiction",), wrong([], "at least one [[jurisdiction]]", "list one, or leave the key out"))
    for language in ("en", "zh"):
        names = [_value(draft, "jurisdiction", number, "name", language) for number in _items(draft, "jurisdiction")]
        for number, name in enumerate(names):
            if name is not None and name in names[:number]:
                other = names.index(name) + 1
                allowed = f"a name of its own, as [[jurisdiction]] {other} has this one"
                path = ("jurisdiction", number, "name", language)
                yield Problem(path, wrong(name, allowed, "give it another name"))


def age_contradictions(scenario: Scenario) -> list[Problem]:
    """Return where, at some time, the hope of promotion would end after retirement; at most one problem a place."""
    changes = [change for change in scenario.changes if set(_AGES) & set(change.settings)]
    months = range(scenario.months if changes else 1)
    places: list[tuple[Path, Parameters]] = [((), scenario.parameters)]
    if scenario.jurisdictions:
        places = [
            (("jurisdiction", number), replaced(scenario.parameters, dict(listed.settings)))
            for number, listed in enumerate(scenario.jurisdictions)
        ]
    problems = []
    for place, parameters in places:
        late = (month for month in months if operator.gt(*_ages_in_force(parameters, changes, month)))
        for month in itertools.islice(late, 1):
            sentence = _age_sentence(*_ages_in_force(parameters, changes, month), month)
            problems.append(Problem(_place_of_ages(scenario, place, month), sentence))
    return list(dict.fromkeys(problems))


def _age_sentence(ceiling: float, retirement: float, month: int) -> str:
    when = f" in month {month}" if month else ""
    found = f"found ceiling_age {ceiling:.6g} and retirement_age {retirement:.6g}{when}"
    allowed = "a ceiling_age not above the retirement_age"
    return f"{found}; allowed is {allowed}; lower career.ceiling_age or raise career.retirement_age"


def _place_of_ages(scenario: Scenario, place: Path, month: int) -> Path:
    """Return the path of the ages to correct: in the last change begun, the jurisdiction or the scenario."""
    for number, change in reversed(list(enumerate(scenario.changes))):
        if set(_AGES) & set(change.settings) and change.month <= month and month > 0:
            return ("change", number, "career")
    is_local = any(set(_AGES) & set(scenario.jurisdictions[int(number)].settings) for number in place[1:])
    return (*place, "career") if is_local else ("career",)


def _ages_in_force(parameters: Parameters, changes: list[Change], month: int) -> tuple[float, float]:
    """Return the ceiling and the retirement age in a month."""
    ceiling, retirement = (_in_force(parameters, changes, age, month) for age in _AGES)
    return ceiling, retirement


def _in_force(parameters: Parameters, changes: list[Change], path: str, month: int) -> float:
    """Return the value in force in a month, as policy.py has it: each change in turn moves it towards its own value."""
    value = value_at(parameters, path)
    for change in changes:
        if path in change.settings:
            until = math.inf if change.until is None else change.until
            strength = strength_of(month, change.month, until, change.phase_in_months)
            value = (1.0 - strength) * value + strength * change.settings[path]
    return value
