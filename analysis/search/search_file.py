"""Search files: read and checked, every mistake in one message that says where, what is allowed and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.design.factors import bounds_of, known_factors, scenario_at, unknown_factor
from analysis.design.forms import LARGEST, Form, is_text, list_of, number, table, text, whole
from analysis.design.point_list import check_bounds
from analysis.design.specification import Factor
from analysis.design.spreadsheet import numbers_of, read_sheet
from analysis.errors import ExperimentError
from analysis.search.plan import (
    BETTER,
    DEFAULT_CONSTRAINTS,
    DEFAULT_OBJECTIVES,
    OVERS,
    Check,
    Constraint,
    Objective,
    SearchPlan,
)
from analysis.store.findings import are_from_invented
from model.measures import MEASURES
from model.parameters import DECISION_RULES, about
from model.scenario import Scenario, ScenarioError, Text, find_scenario, read_scenario, with_settings
from model.scenario.document import Document, document
from model.scenario.errors import Path as KeyPath
from model.scenario.errors import Problem, error_of, missing, unknown, wrong

SHIPPED = Path(__file__).parents[2] / "scenarios" / "searches"
OF_POLICY = ("accountability", "exemption", "supervision", "guidance", "career")
_RULE = "decision.rule"


def _one_of(words: tuple[str, ...], key: str) -> Form:
    return Form(" or ".join(words), f'write for example {key} = "{words[0]}"', lambda value: value in words)


def _tables(key: str, example: str) -> Form:
    return Form(
        f"tables that begin with [[{key}]]",
        f"write [[{key}]] with two brackets, then {example}",
        lambda value: isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value),
    )


_PATH = text("the key path of a parameter in quotes", 'path = "exemption.probability"')
_MEASURE = text("the name of a measure in quotes", 'measure = "innovation_rate"')
_RANGE = {"path": _PATH, "low": number("low = 0.2"), "high": number("high = 0.8")}
_TOP: Mapping[str, Form] = {
    "schema": whole(1, 1, "schema = 1"),
    "scenario": text("the name of a scenario in quotes", 'scenario = "baseline"'),
    "worlds": whole(2, 10_000, "worlds = 16"),
    "replications": whole(1, 1000, "replications = 1"),
    "window_months": whole(1, LARGEST, "window_months = 60"),
    "seed": whole(0, LARGEST, "seed = 1"),
    "draws": text("the path of a CSV file in quotes", 'draws = "draws.csv"'),
    "rules": list_of("decision rules", f'rules = ["{DECISION_RULES[0]}"]', is_text),
    "title": table("the texts en and zh", '[title], then en = "..." and zh = "..."'),
    "size": table("officials, jurisdictions and months", "[size], then officials = 200"),
    "algorithm": table("population and generations", "[algorithm], then population = 48"),
    "check": table("worlds, replications and seed", "[check], then worlds = 64"),
    "lever": _tables("lever", 'path = "exemption.probability"'),
    "world": _tables("world", 'path = "work.complexity"'),
    "objective": _tables("objective", 'measure = "innovation_rate"'),
    "constraint": _tables("constraint", 'measure = "self_dealing_share"'),
}
_INNER: Mapping[str, Mapping[str, Form]] = {
    "title": {"en": text("a text in quotes", 'en = "..."'), "zh": text("a text in quotes", 'zh = "..."')},
    "size": {
        key: whole(1, LARGEST, f"{key} = {example}")
        for key, example in {"officials": 200, "jurisdictions": 4, "months": 120}.items()
    },
    "algorithm": {
        "population": whole(4, 10_000, "population = 48"),
        "generations": whole(1, 10_000, "generations = 36"),
    },
    "check": {
        "worlds": whole(8, 100_000, "worlds = 64"),
        "replications": whole(1, 1000, "replications = 2"),
        "seed": whole(0, LARGEST, "seed = 2"),
        "failure_worlds": whole(200, 100_000, "failure_worlds = 256"),
    },
    "lever": _RANGE,
    "world": _RANGE,
    "objective": {"measure": _MEASURE, "better": _one_of(BETTER, "better"), "over": _one_of(OVERS, "over")},
    "constraint": {
        "measure": _MEASURE,
        "over": _one_of(("mean", "worst_decile"), "over"),
        "at_most": number("at_most = 0.05"),
        "at_least": number("at_least = 0.2"),
    },
}
_REQUIRED = {"lever": ("path",), "world": ("path",), "objective": ("measure", "better"), "constraint": ("measure",)}


def find_search(name_or_path: str | Path) -> SearchPlan:
    """Return a shipped search by its name, or any by the path of its file; ExperimentError if it does not hold."""
    shipped = SHIPPED / f"{name_or_path}.toml"
    try:
        return _plan_in(document(shipped if shipped.is_file() else name_or_path))
    except ScenarioError as error:
        raise ExperimentError(str(error)) from None


def _plan_in(written: Document) -> SearchPlan:
    _raise(written, list(_departures(written.data)))
    data = written.data
    base = _base(written)
    levers = _factors(written, "lever")
    draws_header, draws = _draws(written)
    worlds = draws_header or _factors(written, "world")
    objectives = tuple(Objective(**one) for one in data.get("objective", ())) or DEFAULT_OBJECTIVES
    constraints = tuple(Constraint(**{"over": "mean", **one}) for one in data.get("constraint", ())) or (
        () if "objective" in data else DEFAULT_CONSTRAINTS
    )
    seed, algorithm = data.get("seed", 1), data.get("algorithm", {})
    plan = SearchPlan(
        name=written.name,
        path=written.path,
        title=Text(**data["title"]) if "title" in data else Text(written.name, written.name),
        base=base,
        levers=levers,
        worlds=worlds,
        draws=draws,
        rules=tuple(data.get("rules", ())),
        n_worlds=data.get("worlds", 16),
        replications=data.get("replications", 1),
        seed=seed,
        objectives=objectives,
        constraints=constraints,
        population=algorithm.get("population", 48),
        generations=algorithm.get("generations", 36),
        window_months=data.get("window_months", min(60, base.months)),
        check=Check(**{"seed": seed + 1, **data.get("check", {})}),
        has_invented_draws=bool(draws) and are_from_invented(written.path.parent / os.path.expanduser(data["draws"])),
    )
    _raise(written, list(_contradictions(plan)))
    return plan


def _raise(written: Document, problems: list[Problem]) -> None:
    if problems:
        raise error_of(written.label, problems, written.lines)


def _departures(data: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _of_table(data, _TOP, ())
    if "lever" not in data:
        yield Problem(("lever",), missing("at least one", 'write [[lever]], then path = "exemption.probability"'))
    if "world" not in data and "draws" not in data:
        advice = 'write [[world]], then path = "work.complexity"; or draws = "draws.csv"'
        yield Problem(("world",), missing("what nobody knows for certain", advice))
    for key, forms in _INNER.items():
        found: Any = data.get(key)
        if not _TOP[key].is_right(found):
            continue
        for place, item in enumerate(found) if isinstance(found, list) else ((None, found),):
            path: KeyPath = (key,) if place is None else (key, place)
            yield from _of_table(item, forms, path)
            for name in _REQUIRED.get(key, ("en", "zh") if key == "title" else ()):
                if name not in item:
                    yield Problem((*path, name), missing(forms[name].allowed, forms[name].advice))
            if "measure" in item and is_text(item["measure"]) and item["measure"] not in MEASURES:
                yield Problem((*path, "measure"), unknown("measure", item["measure"], MEASURES))
            if key == "constraint" and ("at_most" in item) == ("at_least" in item):
                yield Problem(path, "needs either at_most or at_least; write for example at_most = 0.05")
    for rule in data.get("rules", ()) if _TOP["rules"].is_right(data.get("rules")) else ():
        if rule not in DECISION_RULES:
            yield Problem(("rules",), unknown("decision rule", rule, DECISION_RULES))


def _of_table(found: Mapping[str, Any], forms: Mapping[str, Form], path: KeyPath) -> Iterator[Problem]:
    for key, value in found.items():
        if key not in forms:
            yield Problem((*path, key), unknown("key", key, forms))
        elif not forms[key].is_right(value):
            yield Problem((*path, key), wrong(value, forms[key].allowed, forms[key].advice))


def _base(written: Document) -> Scenario:
    name = written.data.get("scenario", "baseline")
    beside = written.path.parent / name
    found = read_scenario(beside) if name.endswith(".toml") and beside.is_file() else find_scenario(name)
    sizes = {f"size.{key}": value for key, value in written.data.get("size", {}).items()}
    return with_settings(found, sizes) if sizes else found


def _factors(written: Document, key: str) -> tuple[Factor, ...]:
    """Return the levers or the worlds with their ranges, the plausible ones where none are given."""
    factors, problems = [], []
    for place, item in enumerate(written.data.get(key, ())):
        path = item["path"]
        problem = _unsuitable(path, key)
        if problem:
            problems.append(Problem((key, place, "path"), problem))
            continue
        plausible, (lowest, highest) = about(path).plausible, bounds_of(path)
        low, high = (
            item.get(end, plausible[number] if plausible else None) for number, end in enumerate(("low", "high"))
        )
        if low is None or high is None:
            advice = f"{path} has no plausible range of its own; write low = ... and high = ..."
            problems.append(Problem((key, place), advice))
        elif low >= high:
            problems.append(Problem((key, place, "low"), wrong(low, f"a number below high, {high:g}", "correct it")))
        elif low < lowest or high > highest:
            allowed = f"a range within {lowest:g} to {highest:g}"
            problems.append(Problem((key, place, "low"), wrong(low if low < lowest else high, allowed, "correct it")))
        else:
            factors.append(Factor(path, float(low), float(high)))
    seen: set[str] = set()
    for place, item in enumerate(written.data.get(key, ())):
        if item["path"] in seen:
            problems.append(Problem((key, place, "path"), f"{item['path']} is there already; remove one of the two"))
        seen.add(item["path"])
    _raise(written, problems)
    return tuple(factors)


def _unsuitable(path: str, key: str) -> str | None:
    if path not in known_factors():
        return unknown_factor(path)
    head = path.partition(".")[0]
    if key == "lever" and head not in OF_POLICY:
        return (
            f"{path} is not a decision of policy; levers are parameters of {', '.join(OF_POLICY)}; make it a [[world]]"
        )
    if key == "world" and (path == _RULE or head in ("size", "network") or path.endswith("_open")):
        return f"{path} takes whole numbers only, so no range can be drawn from; remove it (for rules: rules = [...])"
    return None


def _draws(written: Document) -> tuple[tuple[Factor, ...], tuple[tuple[float, ...], ...]]:
    """Return what the columns of the file of draws are, and the draws; nothing if there is no file."""
    if "draws" not in written.data:
        return (), ()
    if "world" in written.data:
        _raise(written, [Problem(("draws",), "is given beside [[world]]; remove one of the two")])
    path = written.path.parent / os.path.expanduser(written.data["draws"])
    try:
        sheet = read_sheet(path)
    except OSError:
        raise ScenarioError(f"{path}: there is no such file, or it cannot be read; check the path") from None
    for column, name in zip(sheet.columns, sheet.names, strict=True):
        if problem := _unsuitable(name, "world"):
            raise ScenarioError(f"{path}, line {sheet.head.number}, column {column + 1}: {problem}")
    draws = numbers_of(sheet)
    check_bounds(sheet, draws)
    if len(draws) < 2:
        raise ScenarioError(f"{path}: has fewer than 2 draws; write parameters in the first line, a draw in each next")
    columns = zip(sheet.names, zip(*draws, strict=True), strict=True)
    return tuple(Factor(name, min(column), max(column)) for name, column in columns), tuple(draws)


def _contradictions(plan: SearchPlan) -> Iterator[Problem]:
    """Yield what is right by itself but does not fit together."""
    both = {factor.path for factor in plan.levers} & {factor.path for factor in plan.worlds}
    for path in sorted(both):
        yield Problem(
            ("world",), f"{path} is a lever, too; policy decides it or nobody knows it: remove one of the two"
        )
    if plan.window_months > plan.base.months:
        allowed = f"at most the months of a run, {plan.base.months}"
        yield Problem(("window_months",), wrong(plan.window_months, allowed, "lower it"))
    if plan.check.seed == plan.seed:
        yield Problem(
            ("check", "seed"), f"is that of the search, {plan.seed}; the check needs luck of its own: change it"
        )
    if len(plan.objectives) != len({one.name for one in plan.objectives}):
        yield Problem(("objective",), "the same measure is an objective twice in the same way; remove one of the two")
    for objective in plan.objectives:
        for constraint in plan.constraints:
            if objective.measure == constraint.measure and objective.sign != constraint.sign:
                word = "at_most" if constraint.at_most is not None else "at_least"
                yield Problem(
                    ("constraint",),
                    f"{word} contradicts the objective: {objective.better} of {objective.measure} is held better; "
                    "remove one of the two",
                )
    least = {(one.measure, one.over): one.at_least for one in plan.constraints if one.at_least is not None}
    for one in plan.constraints:
        low = least.get((one.measure, one.over))
        if one.at_most is not None and low is not None and low > one.at_most:
            sentence = f"{one.measure} cannot be at most {one.at_most:g} and at least {low:g}; correct one of the two"
            yield Problem(("constraint",), sentence)
    yield from _impossible(plan)


def _impossible(plan: SearchPlan) -> Iterator[Problem]:
    """Yield values of levers and worlds that cannot stand together, tried at the corners where ages are closest."""
    factors = (*plan.levers, *plan.worlds)
    paths = [factor.path for factor in factors]
    corners = {
        "low": [factor.low for factor in factors],
        "high": [factor.high for factor in factors],
        "ages": [factor.high if factor.path.endswith("ceiling_age") else factor.low for factor in factors],
    }
    for values in corners.values():
        try:
            scenario_at(plan.base, paths, values)
        except ScenarioError as error:
            reason = str(error).splitlines()[0].removeprefix(f"{plan.base.name}, ").removeprefix(f"{plan.base.name}: ")
            yield Problem(("lever",), f"values of these ranges cannot stand together: {reason}")
            return
