"""Files of targets: read and checked, every mistake in one message that says where, what is allowed and what to do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.design.factors import bounds_of, known_factors, raise_problems
from analysis.errors import ExperimentError
from analysis.inference.prior_draws import draws_problems, opened_by_draws, prior_draws
from analysis.inference.targets import (
    SDS_OF_AN_INTERVAL,
    Amount,
    Open,
    Probe,
    Quantity,
    Step,
    Target,
    Targets,
)
from analysis.inference.targets_schema import departures
from model.measures import MEASURES
from model.parameters import MONTHS_PER_YEAR, about
from model.scenario import Scenario, ScenarioError, Text, find_scenario, read_scenario, with_settings
from model.scenario.document import Document, document
from model.scenario.errors import Problem, unknown, wrong

SHIPPED = Path(__file__).parents[2] / "scenarios" / "targets"
MOST_PARAMETERS = 12
DEFAULT_POINTS = 16384
_PER_HUNDRED = 100.0
_NAME = re.compile(r"[A-Za-z0-9_]+")
_TIMES = re.compile(r"times\s+(\S+)")


def read_targets(name_or_path: str | Path) -> Targets:
    """Return the targets in a file, or the shipped ones of a name.

    Raises
    ------
    ExperimentError
        If the file cannot be read or what stands in it does not hold; the message has a line for each problem.
    """
    shipped = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    path = shipped.get(str(name_or_path), Path(name_or_path))
    try:
        written = document(path)
        raise_problems(written, list(departures(written.data)))
        raise_problems(written, list(_problems(written.data)))
        base = _base(written)
        targets = _targets(written, base)
        raise_problems(written, list(_contradictions(targets)))
        return targets
    except ScenarioError as error:
        raise ExperimentError(str(error)) from None


def _base(written: Document) -> Scenario:
    """Return the scenario of the targets with its sizes."""
    name = written.data.get("scenario", "baseline")
    beside = written.path.parent / name
    scenario = read_scenario(beside) if name.endswith(".toml") and beside.is_file() else find_scenario(name)
    settings = {f"size.{key}": value for key, value in written.data.get("size", {}).items()}
    try:
        return with_settings(scenario, settings) if settings else scenario
    except ScenarioError as error:
        lines = (line.removeprefix(f"{scenario.name}: ") for line in str(error).splitlines())
        raise ScenarioError("\n".join(f"{written.label}, size: {line}" for line in lines)) from None


def _problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with names, ranges and intervals, one by one."""
    for key, name_of in (("parameter", "path"), ("nuisance", "name"), ("probe", "name"), ("target", "name")):
        names = [item[name_of] for item in data.get(key, ())]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield Problem((key, place, name_of), f"{name} stands here twice; remove one of them")
            if key != "parameter" and not _NAME.fullmatch(name):
                yield Problem((key, place, name_of), wrong(name, "letters, digits and _", "rename it"))
    if len(data["parameter"]) > MOST_PARAMETERS:
        yield Problem(
            ("parameter",),
            f"{len(data['parameter'])} parameters are not identifiable with this method, which takes "
            f"{MOST_PARAMETERS} at most; fix some",
        )
    for place, item in enumerate(data["parameter"]):
        yield from _parameter_problems(place, item)
    for place, item in enumerate(data.get("nuisance", ())):
        if item["low"] >= item["high"]:
            yield Problem(("nuisance", place, "low"), _not_below(item))
    for place, item in enumerate(data.get("probe", ())):
        yield from _probe_problems(place, item, data)
    for place, item in enumerate(data["target"]):
        yield from _target_problems(place, item, data)
    if all(item["use"] != "calibrate" for item in data["target"]):
        yield Problem(("target",), 'no target has use = "calibrate", so there is nothing to learn from; give one')


def _not_below(item: Mapping[str, Any]) -> str:
    return wrong(item["low"], f"a number below high, {item['high']:g}", "correct low or high")


def _parameter_problems(place: int, item: Mapping[str, Any]) -> Iterator[Problem]:
    path, where = item["path"], ("parameter", place)
    if path not in known_factors() or path.startswith("size."):
        yield Problem((*where, "path"), unknown("parameter", path, (), also=known_factors()))
        return
    if "draws" in item:
        yield from draws_problems(place, item)
        return
    low, high = _range_of(item)
    lowest, highest = bounds_of(path)
    if math.isnan(low) or math.isnan(high):
        yield Problem(where, f"{path} has no plausible range of its own; write low = ... and high = ...")
    elif low >= high:
        yield Problem((*where, "low"), _not_below({"low": low, "high": high}))
    elif low < lowest or high > highest:
        allowed = f"a range from {lowest:.12g} to {highest:.12g}"
        yield Problem((*where, "low"), wrong(low if low < lowest else high, allowed, f"correct the range of {path}"))


def _range_of(item: Mapping[str, Any]) -> tuple[float, float]:
    plausible = about(item["path"]).plausible or (math.nan, math.nan)
    return float(item.get("low", plausible[0])), float(item.get("high", plausible[1]))


def _probe_problems(place: int, item: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Problem]:
    where = ("probe", place, "change")
    nuisances = [nuisance["name"] for nuisance in data.get("nuisance", ())]
    for change in item["change"]:
        if not isinstance(change.get("month"), int) or change["month"] < 0:
            yield Problem(where, "needs the month from which it holds; write for example month = 36")
        until = change.get("until")
        if until is not None and not (isinstance(until, int) and until > change.get("month", 0)):
            yield Problem(where, wrong(until, "a month after that of the change", "correct until or leave it out"))
        settings = _flat(change)
        if not settings:
            yield Problem(where, "changes nothing; set a parameter, for example accountability.severity = 0.5")
        for path, value in settings.items():
            yield from _amount_problems(where, path, value, nuisances)
            if any(other["path"] == path for other in data["parameter"]) and _amount(value).is_factor is False:
                yield Problem(
                    where,
                    f"fixes {path}, which is an open parameter, so that its range would mean nothing there; write "
                    f'{path} = "times ..." (a number or a nuisance), or take it out of the parameters',
                )


def _amount_problems(
    where: tuple[str | int, ...], path: str, value: Any, nuisances: Sequence[str]
) -> Iterator[Problem]:
    if path not in known_factors() or path.startswith("size."):
        yield Problem(where, unknown("parameter", path, (), also=known_factors()))
        return
    amount = _amount(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str) or math.isnan(amount.number):
        allowed = 'a number, the name of a nuisance, or "times" and one of these'
        yield Problem(where, wrong(value, allowed, f'write for example {path} = 0.5 or {path} = "times 2"'))
    elif amount.nuisance and amount.nuisance not in nuisances:
        yield Problem(where, unknown("nuisance", amount.nuisance, nuisances))
    elif amount.is_fixed and not bounds_of(path)[0] <= amount.number <= bounds_of(path)[1]:
        low, high = bounds_of(path)
        yield Problem(where, f"{path}: " + wrong(value, f"a number from {low:g} to {high:g}", "correct it"))


def _amount(value: Any) -> Amount:
    """Return a value that a probe sets; its number is NaN if it is none."""
    if isinstance(value, str):
        times = _TIMES.fullmatch(value.strip())
        word = times[1] if times else value.strip()
        try:
            return Amount(float(word), is_factor=times is not None)
        except ValueError:
            return Amount(1.0, word, times is not None)
    return Amount(float(value)) if isinstance(value, int | float) else Amount(math.nan)


def _flat(change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a change by their key paths."""
    settings: dict[str, Any] = {}
    for key, value in change.items():
        if isinstance(value, dict):
            settings.update({f"{key}.{inner}": item for inner, item in value.items()})
        elif key not in ("month", "until"):
            settings[key] = value
    return settings


def _target_problems(place: int, item: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Problem]:
    where = ("target", place)
    for key in ("measure", "less", "over"):
        for name in _names(item.get(key, ())):
            if name not in MEASURES:
                yield Problem((*where, key), unknown("measure", name, MEASURES))
    if "value" in item or "sd" in item:
        if not ("value" in item and "sd" in item) or "low" in item or "high" in item:
            yield Problem((*where, "value"), "write value and sd, or low and high, and not both")
    elif item["use"] == "calibrate" and not ("low" in item and "high" in item):
        yield Problem(where, "says no size: write low and high (a 95% interval), or value and sd")
    elif "low" not in item and "high" not in item:
        yield Problem(where, "says nothing: write low and high, or one of them for a sign")
    elif item.get("low", -math.inf) >= item.get("high", math.inf):
        yield Problem((*where, "low"), _not_below(item))
    probes = [probe["name"] for probe in data.get("probe", ())]
    if item["statistic"] != "mean" and "probe" not in item:
        yield Problem((*where, "statistic"), f"{item['statistic']} compares with a probe; write probe = ...")
    if "probe" in item and item["probe"] not in probes:
        yield Problem((*where, "probe"), unknown("probe", item["probe"], probes))
    if (item["statistic"] == "recovered_share") != ("compared_window" in item):
        yield Problem(
            (*where, "compared_window"),
            "is needed for recovered_share, the months in which it was lost, and means nothing otherwise",
        )


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _targets(written: Document, base: Scenario) -> Targets:
    data = written.data
    listed = tuple(_target(item, base) for item in data["target"])
    warnings = tuple(
        f"target {item['name']}: no discrepancy is given, so the model is taken to be exact; write discrepancy = ..."
        for item in data["target"]
        if item["use"] == "calibrate" and "discrepancy" not in item
    )
    title = Text(**data["title"]) if "title" in data else Text(written.name, written.name)
    drawn = prior_draws(written)
    return Targets(
        file=written.path,
        name=written.name,
        title=title,
        base=base,
        points=data.get("points", DEFAULT_POINTS),
        seed=data.get("seed", 1),
        parameters=tuple(
            opened_by_draws(item["path"], drawn) if "draws" in item else Open(item["path"], *_range_of(item))
            for item in data["parameter"]
        ),
        nuisances=tuple(
            Open(item["name"], float(item["low"]), float(item["high"])) for item in data.get("nuisance", ())
        ),
        probes=tuple(_probe(item) for item in data.get("probe", ())),
        targets=listed,
        warnings=warnings,
        drawn=drawn,
    )


def _probe(item: Mapping[str, Any]) -> Probe:
    steps = (
        Step(change["month"], change.get("until"), {path: _amount(value) for path, value in _flat(change).items()})
        for change in item["change"]
    )
    return Probe(item["name"], tuple(steps))


def _target(item: Mapping[str, Any], base: Scenario) -> Target:
    if "value" in item:
        half = item["sd"] * SDS_OF_AN_INTERVAL / 2.0
        low, high = item["value"] - half, item["value"] + half
    else:
        low, high = float(item.get("low", -math.inf)), float(item.get("high", math.inf))
    is_per = item.get("per_100_officials_and_year", False)
    compared = item.get("compared_window")
    return Target(
        name=item["name"],
        what=Text(**item["what"]) if "what" in item else Text(item["name"], item["name"]),
        statistic=item["statistic"],
        quantity=Quantity(
            measures=_names(item["measure"]),
            less=_names(item.get("less", ())),
            over=_names(item.get("over", ())),
            scale=_PER_HUNDRED * MONTHS_PER_YEAR / base.officials if is_per else 1.0,
        ),
        probe=item.get("probe", ""),
        window=tuple(item["window"]),
        compared=tuple(compared) if compared else None,
        low=low,
        high=high,
        discrepancy=float(item.get("discrepancy", 0.0)),
        source=item["source"],
        use=item["use"],
    )


def _contradictions(targets: Targets) -> Iterator[Problem]:
    """Yield what is right by itself but does not fit together."""
    months = targets.base.months
    for place, target in enumerate(targets.targets):
        for key, window in (("window", target.window), ("compared_window", target.compared)):
            if window is not None and window[1] > months:
                allowed = f"allowed is a window within the run, 0 to {months}; correct it or raise size.months"
                yield Problem(("target", place, key), f"found {list(window)}; {allowed}")
    used = {amount.nuisance for probe in targets.probes for step in probe.steps for amount in step.amounts.values()}
    for place, nuisance in enumerate(targets.nuisances):
        if nuisance.name not in used:
            yield Problem(("nuisance", place, "name"), f"{nuisance.name} is used by no probe; use it or remove it")
    for place, probe in enumerate(targets.probes):
        if any(step.month >= months for step in probe.steps):
            yield Problem(("probe", place, "change"), f"begins after the run, which has {months} months; correct it")
