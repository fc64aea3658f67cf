"""Experiment files: read and checked, every mistake in one message that says where, what is allowed and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from analysis.design.factors import factors_in, raise_problems
from analysis.design.forms import LARGEST, MOST_POINTS, is_text
from analysis.design.point_list import listed_points
from analysis.design.sampling import DESIGN_KINDS, kind_of, number_of_points
from analysis.design.schema import (
    TOP,
    departures,
    measure_problems,
)
from analysis.design.specification import (
    DEFAULT_REPLICATIONS,
    DEFAULT_TIMEOUT_SECONDS,
    DEFAULT_WINDOW_MONTHS,
    SCENARIO,
    DesignPlan,
    Factor,
    ReplicateUntil,
    Specification,
)
from analysis.errors import ExperimentError
from model.litter import is_litter
from model.measures import MEASURES, headline_measures
from model.scenario import Scenario, ScenarioError, Text, find_scenario, marked, read_scenario, text_of, with_settings
from model.scenario.document import Document, document
from model.scenario.errors import Problem, missing, wrong
from model.suggestions import nearest, quoted

_SHIPPED_FOLDER = Path(__file__).parents[2] / "scenarios" / "experiments"


def shipped_experiments() -> dict[str, Path]:
    """Return the path of each shipped experiment by its name."""
    paths = (path for path in sorted(_SHIPPED_FOLDER.glob("*.toml")) if not is_litter(path.name))
    return {path.stem: path for path in paths}


def find_experiment(name_or_path: str | Path) -> Specification:
    """Return a shipped experiment by its name, or any by the path of its file; ExperimentError if it does not hold."""
    shipped = shipped_experiments()
    name = str(name_or_path)
    if name in shipped:
        return read_experiment(shipped[name])
    if name.endswith(".toml") or any(sign in name for sign in ("/", os.sep)):
        return read_experiment(name_or_path)
    near = nearest(name, shipped)
    question = f"did you mean {near}? Shipped" if near else "shipped"
    raise ExperimentError(
        f"there is no experiment {quoted(name)}; {question} are {', '.join(shipped)}; "
        "or give the path of a file, such as mine.toml"
    )


def read_experiment(path: str | Path) -> Specification:
    """Return the experiment in a TOML file.

    Raises
    ------
    ExperimentError
        If the file cannot be read or the experiment does not hold; the message has a line for each problem.
    """
    try:
        written = document(path)
        raise_problems(written, list(departures(written.data)))
        raise_problems(written, list(_missing(written.data)))
        return _checked(written)
    except ScenarioError as error:
        raise ExperimentError(str(error)) from None


def _missing(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what has to be there and is not."""
    for key in ("schema", "design"):
        if key not in data:
            yield Problem((key,), missing(TOP[key].allowed, TOP[key].advice))
    design = data.get("design", {})
    required = DESIGN_KINDS[design["kind"]].required if "kind" in design else ()
    for key in ("kind", *required):
        if "design" in data and key not in design:
            yield Problem(("design", key), missing("a design with it", f"write {key} = ... below [design]"))
    for number, factor in enumerate(data.get("factor", ())):
        if "path" not in factor:
            yield Problem(("factor", number, "path"), missing("a parameter", 'write path = "accountability.severity"'))
    for key in ("measure", "half_width", "maximum"):
        if "replicate_until" in data and key not in data["replicate_until"]:
            yield Problem(
                ("replicate_until", key), missing("a rule with it", f"write {key} = ... below [replicate_until]")
            )
    for name in ("title", "question"):
        if name in data and not data[name]:
            yield Problem((name, "en"), missing("a text in quotes", 'write en = "..."'))


def _checked(written: Document) -> Specification:
    data = written.data
    base = _scenario_with_settings(written, written.data.get("scenario", "baseline"))
    scenarios = _levels(written, base)
    factors, design = _factors_and_design(written, base, scenarios)
    specification = Specification(
        name=written.name,
        title=marked(text_of(data["title"]) if "title" in data else Text(written.name, written.name), base.is_invented),
        question=text_of(data["question"]) if "question" in data else base.question,
        base=base,
        factors=factors,
        design=design,
        measures=_measures(data),
        replications=data.get("replications", DEFAULT_REPLICATIONS),
        window_months=data.get("window_months", min(DEFAULT_WINDOW_MONTHS, data.get("window_until", base.months))),
        window_until=data.get("window_until"),
        seed=data.get("seed", 1),
        common_random_numbers=data.get("common_random_numbers", True),
        monthly_series=data.get("monthly_series", "metrics" in data),
        timeout_seconds=float(data.get("timeout_seconds", DEFAULT_TIMEOUT_SECONDS)),
        runs_per_block=data.get("runs_per_block"),
        scenarios=scenarios,
        metrics=tuple((name, _beside(written, place)) for name, place in data.get("metrics", {}).items()),
    )
    if "replicate_until" in data:
        rule = _rule(data["replicate_until"])
        specification = replace(specification, replicate_until=rule, replications=rule.maximum)
    raise_problems(written, list(_contradictions(written, specification)))
    return specification


def _levels(written: Document, base: Scenario) -> tuple[Scenario, ...]:
    """Return the scenarios that are levels of the factor "scenario", with the experiment's settings; none if it is not.

    Raises
    ------
    ScenarioError
        If one is not there, two have one name, or they do not last equally long.
    """
    for number, table in enumerate(written.data.get("factor", ())):
        names = table.get("values", ()) if table["path"] == SCENARIO else ()
        if not names or not all(map(is_text, names)):
            continue
        place = ("factor", number, "values")
        found = tuple(_scenario_with_settings(written, name) for name in names)
        for one, name in zip(found, names, strict=True):
            same = [other for other in (base, *found) if other.name == one.name and other != one]
            if same or sum(other.name == one.name for other in found) > 1:
                reason = f"holds two scenarios named {one.name}; rename the file of one of them"
                raise_problems(written, [Problem(place, reason)])
            if one.months != base.months:
                reason = f"holds {name} with {one.months} months, but {base.name} has {base.months}"
                raise_problems(written, [Problem(place, f"{reason}; write months below [size], which is for all")])
        return found
    return ()


def _scenario_with_settings(written: Document, name: str) -> Scenario:
    """Return a scenario by its name or its file beside the experiment's, with the experiment's settings and sizes."""
    beside = written.path.parent / name
    scenario = read_scenario(beside) if name.endswith(".toml") and beside.is_file() else find_scenario(name)
    settings: dict[str, Any] = {}
    for table in ("settings", "size"):
        for key, value in written.data.get(table, {}).items():
            if table == "size":
                settings[f"size.{key}"] = value
            elif isinstance(value, dict):
                settings.update({f"{key}.{inner}": item for inner, item in value.items()})
            else:
                settings[key] = value
    try:
        return with_settings(scenario, settings) if settings else scenario
    except ScenarioError as error:
        lines = (line.removeprefix(f"{scenario.name}: ") for line in str(error).splitlines())
        raise ScenarioError("\n".join(f"{written.label}, settings or size: {line}" for line in lines)) from None


def _factors_and_design(
    written: Document, base: Scenario, scenarios: tuple[Scenario, ...]
) -> tuple[tuple[Factor, ...], DesignPlan]:
    design = written.data["design"]
    known = {field.name for field in fields(DesignPlan)}
    chosen = {key: value for key, value in design.items() if key in known}
    plan = DesignPlan(**{"seed": written.data.get("seed", 1), **chosen})
    if kind_of(plan).factors_by != "points":
        factors = factors_in(written, scenarios or (base,))
        # A scenario is called by its name, wherever its file lies.
        names = tuple(scenario.name for scenario in scenarios)
        return tuple(replace(f, levels=names) if f.path == SCENARIO else f for f in factors), plan
    factors, points = listed_points(written, base)
    return factors, replace(plan, listed=points)


def _beside(written: Document, place: str) -> str:
    """Return the place of a function with the whole path of its file, which lies beside the experiment's."""
    file, _, name = place.rpartition(":")
    return f"{(written.path.parent / os.path.expanduser(file)).absolute()}:{name}"


def _measures(data: Mapping[str, Any]) -> tuple[str, ...]:
    chosen = data.get("measures", headline_measures())
    return MEASURES if chosen == "all" else tuple(dict.fromkeys(chosen))


def _rule(table: Mapping[str, Any]) -> ReplicateUntil:
    minimum = table.get("minimum", min(10, table["maximum"]))
    step = table.get("step", max(1, minimum // 2))
    return ReplicateUntil(table["measure"], float(table["half_width"]), minimum, table["maximum"], step)


def _contradictions(written: Document, specification: Specification) -> Iterator[Problem]:
    """Yield what is right by itself but does not fit together."""
    data, rule = written.data, specification.replicate_until
    if rule is not None:
        yield from measure_problems(("replicate_until", "measure"), rule.measure)
        if rule.measure in MEASURES and rule.measure not in specification.measures:
            yield Problem(("replicate_until", "measure"), f"is not among the measures; add {rule.measure} to measures")
        if rule.minimum > rule.maximum:
            advice = "lower minimum or raise maximum"
            yield Problem(
                ("replicate_until", "minimum"), wrong(rule.minimum, f"at most maximum, {rule.maximum}", advice)
            )
        if "replications" in data:
            yield Problem(("replications",), "is given beside replicate_until, which decides it; remove one of them")
    if specification.metrics and not specification.monthly_series:
        yield Problem(("monthly_series",), "has to be true with [metrics], which are functions of the months")
    for name, place in specification.metrics:
        file = place.rpartition(":")[0]
        if not Path(file).is_file():
            yield Problem(("metrics", name), f"there is no file {quoted(file)}; check the path")
    yield from _window_problems(specification)
    n = number_of_points(specification)
    if n > MOST_POINTS:
        yield Problem(("design",), f"has {n:,} points; allowed is at most {MOST_POINTS:,}; make it smaller")
    elif (n + 1) * specification.replications > LARGEST:
        yield Problem(
            ("replications",), f"makes {n * specification.replications:,} runs; allowed is at most {LARGEST:,}"
        )


def _window_problems(specification: Specification) -> Iterator[Problem]:
    months, until = specification.base.months, specification.window_until
    if until is not None and until > months:
        advice = "lower it or raise months below [size]"
        yield Problem(("window_until",), wrong(until, f"at most the months of a run, {months}", advice))
    elif specification.window_months > (until or months):
        allowed = f"at most {until or months}, the months before the window's end"
        yield Problem(("window_months",), wrong(specification.window_months, allowed, "lower it"))
