"""What is left of a search, as tables beside it and as scenarios, all of it from the fresh worlds."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import tomli_w
from scipy.stats import kendalltau

from analysis.discovery.of_search import FAILS, FAILURES
from analysis.report.section_words import named_with_origin
from analysis.search.plan import OVERS, SearchPlan
from analysis.search.robustness import costs_of, holds_in_worlds, over_worlds
from analysis.search.search import SearchResult, is_searched
from analysis.search.search_file import SHIPPED
from analysis.search.worlds import failure_worlds, paths_of_worlds
from analysis.shell import quoted
from analysis.statistics.paired_effects import intervals_of
from analysis.store.durable_files import write_durably
from analysis.store.findings import folder_beside, write_findings
from model.code_hash import model_hash
from model.parameters import value_at
from model.scenario import Scenario, Text, marked, with_settings
from model.scenario.serialisation import data_of

SCENARIOS = "scenarios"
_FEWEST_RANKED = 3


def front_table(found: SearchResult) -> pd.DataFrame:
    """Return a row for every candidate: as which package it is shown, its levers, and what became of it.

    Of each objective's measure in the fresh worlds: the mean over worlds with its 95% interval, the mean of the worst
    tenth of worlds, and the greatest regret: how much better the best candidate is in the same world, at most.
    """
    plan = found.plan
    columns: dict[str, Any] = {
        "candidate": found.names,
        "package": [
            found.shown.index(place) + 1 if place in found.shown else None for place in range(len(found.names))
        ],
        "is_searched": [is_searched(name) for name in found.names],
        "is_kept": [place in found.kept for place in range(len(found.names))],
        "is_shown": [place in found.shown for place in range(len(found.names))],
        "beaten_by": [found.names[other] if other >= 0 else "" for other in found.beaten],
        "share_of_worlds_allowed": holds_in_worlds(found.values, plan).mean(axis=1),
    }
    columns |= {lever.path: found.levers[:, place] for place, lever in enumerate(plan.levers)}
    for one in {objective.measure: objective for objective in plan.objectives}.values():
        costs = costs_of(one.measure, one.sign, found.values, plan)
        interval = intervals_of(one.sign * costs.T)
        columns |= {f"{one.measure}_{part}": getattr(interval, part) for part in ("mean", "low", "high")}
        columns[f"{one.measure}_worst_decile"] = one.sign * over_worlds("worst_decile", costs, costs.min(axis=0))
        columns[f"{one.measure}_regret"] = over_worlds("regret", costs, costs.min(axis=0))
    return pd.DataFrame(columns).astype({"package": "Int64"})


def agreement_table(found: SearchResult) -> pd.DataFrame:
    """Return how far mean, worst tenth and regret rank the kept candidates alike: Kendall's tau, a row a measure."""
    rows = []
    kept = list(found.kept)
    for one in {objective.measure: objective for objective in found.plan.objectives}.values():
        costs = costs_of(one.measure, one.sign, found.values, found.plan)
        scores = {over: over_worlds(over, costs, costs.min(axis=0))[kept] for over in OVERS}
        pairs = [(first, second) for place, first in enumerate(OVERS) for second in OVERS[place + 1 :]]
        taus = {f"{first}_{second}": _tau(scores[first], scores[second]) for first, second in pairs}
        rows.append({"measure": one.measure, **taus})
    return pd.DataFrame(rows)


def _tau(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    if len(one) < _FEWEST_RANKED or not np.ptp(one) or not np.ptp(other):
        return float("nan")
    return float(kendalltau(one, other).statistic)


def bounds_table(found: SearchResult) -> pd.DataFrame:
    """Return at which of its bounds each lever is in how many of the packages kept."""
    rows = [{**asdict(one), "is_mostly": one.is_mostly} for one in found.bounds]
    return pd.DataFrame(rows, columns=["path", "bound", "n", "of", "is_mostly"])


def failing_table(found: SearchResult) -> pd.DataFrame:
    """Return in which share of fresh worlds each package shown fails, and the limits within which it does."""
    columns = ("package", "candidate", "share", "box", "path", "side", "at", "is_firm", "density", "coverage")
    rows: list[tuple[Any, ...]] = []
    for package, (candidate, failing) in enumerate(zip(found.shown, found.failing, strict=True), start=1):
        name, boxes = found.names[candidate], failing.discovery.boxes if failing.discovery else ()
        if not boxes:
            rows.append((package, name, failing.share, 0, "", "", None, None, None, None))
        for number, box in enumerate(boxes, start=1):
            of_box = (box.held_out.density, box.held_out.coverage)
            rows += [
                (package, name, failing.share, number, limit.path, limit.side, limit.at, limit.is_firm, *of_box)
                for limit in box.limits
            ]
    return pd.DataFrame(rows, columns=list(columns))


def failures_table(found: SearchResult) -> pd.DataFrame:
    """Return a row for every failure world: what is unknown in it, and whether each package shown fails there (1)."""
    worlds = failure_worlds(found.plan)
    columns = {path: worlds[:, place] for place, path in enumerate(paths_of_worlds(found.plan))}
    fails = {f"{FAILS}{number}": one.fails.astype(int) for number, one in enumerate(found.failing, start=1)}
    return pd.DataFrame({**columns, **fails})


def write_front(found: SearchResult, folder: Path) -> list[Path]:
    """Write the tables and the scenarios of a search beside its folder; ExperimentError if the place takes none."""
    tables = {
        "front": front_table(found),
        "agreement": agreement_table(found),
        "bounds": bounds_table(found),
        "failing": failing_table(found),
        FAILURES: failures_table(found),
    }
    summary = {
        "search": found.plan.name,
        "tried": found.n_tried,
        "front": found.n_front,
        "beaten_or_not_allowed_in_fresh_worlds": found.n_beaten,
        "kept": len(found.kept),
        "is_feasible": found.is_feasible,
        "worlds": found.plan.check.worlds,
        "replications": found.plan.check.replications,
        "seed": found.plan.seed,
        "check_seed": found.plan.check.seed,
        "invented": found.plan.is_invented,
        "base": named_with_origin(found.plan.base),
        "model_hash": model_hash(),
        "unknown": {factor.path: [factor.low, factor.high] for factor in found.plan.worlds},
    }
    beside = folder_beside(folder, "front")
    files = write_findings(beside, tables, summary)
    (beside / SCENARIOS).mkdir(exist_ok=True)
    for path in (beside / SCENARIOS).glob("*.toml"):
        # Packages of an earlier search may have been more. What else lies here is somebody's own.
        if re.fullmatch(rf"{re.escape(found.plan.name)}_\d+", path.stem):
            path.unlink()
    for scenario in scenarios_of(found):
        path = beside / SCENARIOS / f"{scenario.name}.toml"
        write_durably(path, text_of(scenario, found.plan).encode())
        files.append(path)
    return files


def scenarios_of(found: SearchResult) -> list[Scenario]:
    """Return the packages shown as scenarios, numbered, at the sizes of the scenario that the search started from."""
    return [_scenario(found, found.levers[candidate], number) for number, candidate in enumerate(found.shown, start=1)]


def _scenario(found: SearchResult, levers: np.ndarray[Any, Any], number: int) -> Scenario:
    plan = found.plan
    settings = {lever.path: float(value) for lever, value in zip(plan.levers, levers, strict=True)}
    scenario = with_settings(plan.base, settings)
    return replace(
        scenario,
        name=f"{plan.name}_{number}",
        title=marked(Text(f"{plan.title.en}, {number}", f"{plan.title.zh}之{number}"), plan.is_invented),
        question=Text(
            "What does this package, one of those that a search could not better, win and give up?",
            "搜索中未被胜过的这一政策组合，得到什么，放弃什么？",
        ),
    )


def text_of(scenario: Scenario, plan: SearchPlan) -> str:
    """Return a package as the TOML of a scenario, with where it comes from."""
    named = plan.name if plan.path.parent == SHIPPED else plan.path.name
    provenance = {
        "made_by": "search",
        "file": plan.path.name,
        "sha256": hashlib.sha256(plan.path.read_bytes()).hexdigest(),
        "seed": plan.seed,
        "invented": plan.is_invented,
        "made_with": f"run.py {quoted('search', named)}",
    }
    return tomli_w.dumps({**data_of(scenario), "provenance": provenance})


def changed_levers(found: SearchResult, candidate: int) -> dict[str, tuple[float, float]]:
    """Return the levers of a candidate by path: their values in the base scenario and in it."""
    base = found.plan.base.parameters
    values = zip(found.plan.levers, found.levers[candidate], strict=True)
    return {lever.path: (value_at(base, lever.path), float(value)) for lever, value in values}
