"""Which mechanisms drive the result: each one off, all of them off, and each one on alone.

The switches are those of model.md, section 7: existing parameters at their neutral values. A mechanism can matter in
two ways, and both are told: what changes when it alone is taken away, and what it brings when there is nothing else.
Where the two differ, mechanisms work on each other. All differences are paired under common random numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.design.factors import bounds_of, value_in
from analysis.design.reach import BASE, EVERYWHERE
from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.errors import ExperimentError
from analysis.execution.sweep import RESULTS, SweepWatch, sweep
from analysis.sensitivity.default_sizes import REPLICATIONS
from analysis.sensitivity.mechanisms import (
    ALL_OFF,
    ALONE,
    OFF,
    is_in_use,
    left_out_of,
    neutral_settings,
    overridden_paths,
)
from analysis.statistics.effects import checked_gaps, checked_measures, values_of
from analysis.statistics.paired_effects import paired_columns
from analysis.store.experiment import Experiment, Gap
from analysis.store.findings import folder_beside, gaps_as_facts, write_findings
from model.measures import MEASURES, headline_measures
from model.parameters import mechanisms
from model.scenario import Scenario, Text, find_scenario
from model.simulate import WINDOW_MONTHS

COLUMNS = ("measure", "mechanism", "how", "reference_mean", "mean", "difference", "low", "high", "n", "is_in_use")
ALL = "all"


@dataclass(frozen=True)
class Ablation:
    """What drives a scenario's result.

    `effects` has the columns COLUMNS: for each measure a row from all mechanisms to none (how "all_off"), and for each
    mechanism what taking it away changes ("off") and what it brings alone ("alone"). `is_in_use` is false where the
    scenario has the mechanism off anyway. `left_out` are mechanisms that cannot be switched, with the reason.
    """

    experiment: Experiment
    mechanisms: tuple[str, ...]
    left_out: Mapping[str, str]
    effects: pd.DataFrame
    gaps: tuple[Gap, ...]

    def ranked(self, measure: str) -> pd.DataFrame:
        """Return a row for each mechanism, the one whose absence changes a measure most first.

        The columns are mechanism, is_in_use, and difference, low and high of both ways, as in off_difference.
        """
        rows = self.effects[self.effects["measure"] == measure].set_index("mechanism")
        parts = [rows[rows["how"] == OFF][["is_in_use"]]]
        for how in (OFF, ALONE):
            parts.append(rows[rows["how"] == how][["difference", "low", "high", "n"]].add_prefix(f"{how}_"))
        table = pd.concat(parts, axis=1)
        order = table["off_difference"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
        return table.loc[order].reset_index()


class _Plan(NamedTuple):
    """The mechanisms that are switched, those left out with the reason, and the experiment."""

    mechanisms: tuple[str, ...]
    left_out: dict[str, str]
    specification: Specification


def ablate(
    scenario: str | Scenario = "baseline",
    folder: str | Path | None = None,
    *,
    measures: Sequence[str] | None = None,
    replications: int = REPLICATIONS,
    seed: int = 1,
    workers: int | None = None,
    allow_incomplete: bool = False,
    watch: SweepWatch | None = None,
) -> Ablation:
    """Return what drives the result of a scenario; its runs are an experiment, which is done or gone on with.

    Parameters
    ----------
    folder : of the experiment; results/ablation_<scenario> if not given. The table is written to a folder beside it,
        whose name ends in -effects.
    measures : those in the table; the headline measures if not given. The experiment holds all.

    Raises
    ------
    ExperimentError
        If the place does not take the result, or runs failed and that is not allowed.
    """
    base = find_scenario(scenario) if isinstance(scenario, str) else scenario
    plan = _plan_of(base, replications, seed)
    chosen = headline_measures() if measures is None else tuple(measures)
    unknown = [measure for measure in chosen if measure not in MEASURES]
    if unknown:
        raise ExperimentError(f"there is no measure {unknown[0]}; choose among {', '.join(MEASURES)}")
    place = Path(folder) if folder is not None else RESULTS / plan.specification.name
    experiment = sweep(plan.specification, place, workers=workers, watch=watch)
    gaps = checked_gaps(experiment, allow_incomplete)
    found = Ablation(experiment, plan.mechanisms, plan.left_out, effects_of(experiment, base, chosen), gaps)
    summary = {
        "scenario": base.name,
        "lock": experiment.lock,
        "replications": replications,
        "mechanisms": list(plan.mechanisms),
        "left_out": plan.left_out,
        "gaps": gaps_as_facts(gaps),
    }
    write_findings(folder_beside(place, "effects"), {"effects": found.effects}, summary)
    return found


def ablation_of(scenario: Scenario, replications: int = REPLICATIONS, seed: int = 1) -> Specification:
    """Return the experiment of an ablation: no mechanism off, each one, all, and all but each, in this order."""
    return _plan_of(scenario, replications, seed).specification


def _plan_of(scenario: Scenario, replications: int, seed: int) -> _Plan:
    left_out = left_out_of(scenario)
    names = tuple(name for name in mechanisms() if name not in left_out)
    paths = tuple(dict.fromkeys(path for name in names for path in mechanisms()[name]))
    points = [tuple(_values(scenario, paths, off)) for off in _sets_off(names)]
    specification = Specification(
        name=f"ablation_{scenario.name}",
        title=Text(f"Ablation: {scenario.title.en}", f"机制剔除：{scenario.title.zh}"),
        question=Text("Which mechanisms drive the result?", "结果由哪些机制驱动？"),
        base=scenario,
        factors=tuple(
            Factor(path, *bounds_of(path), where=EVERYWHERE if path in overridden_paths(scenario) else BASE)
            for path in paths
        ),
        design=DesignPlan("list", listed=tuple(points)),
        measures=MEASURES,
        replications=replications,
        window_months=min(WINDOW_MONTHS, scenario.months),
        seed=seed,
    )
    return _Plan(names, left_out, specification)


def _sets_off(names: Sequence[str]) -> list[frozenset[str]]:
    """Return which mechanisms are off at each point: none, each one, all, all but each one."""
    everything = frozenset(names)
    return [frozenset(), *(frozenset({name}) for name in names), everything, *(everything - {name} for name in names)]


def _values(scenario: Scenario, paths: Sequence[str], off: frozenset[str]) -> list[float]:
    settings = {
        path: value for name in mechanisms() if name in off for path, value in neutral_settings(scenario, name).items()
    }
    # Where the scenario has several values of a parameter, none says that all of them stay.
    several = overridden_paths(scenario)
    return [settings.get(path, math.nan if path in several else value_in(scenario, path)) for path in paths]


def effects_of(experiment: Experiment, scenario: Scenario, measures: Sequence[str]) -> pd.DataFrame:
    """Return the effects of an ablation's runs; the columns are COLUMNS."""
    chosen = checked_measures(experiment, measures)
    values = values_of(experiment, chosen)
    names = [name for name in mechanisms() if name not in left_out_of(scenario)]
    n = len(names)
    everything, nothing = values[0], values[n + 1]
    tables = [_rows(chosen, (ALL, ALL_OFF, True), everything, nothing)]
    for place, name in enumerate(names):
        used = is_in_use(scenario, name)
        tables.append(_rows(chosen, (name, OFF, used), everything, values[1 + place]))
        tables.append(_rows(chosen, (name, ALONE, used), nothing, values[n + 2 + place]))
    return pd.concat(tables, ignore_index=True)


def _rows(
    measures: Sequence[str], key: tuple[str, str, bool], before: NDArray[np.float64], after: NDArray[np.float64]
) -> pd.DataFrame:
    """Return the paired difference of every measure between two points, values (replications, measures) each."""
    mechanism, how, used = key
    columns = {"measure": measures, "mechanism": mechanism, "how": how, "is_in_use": used}
    return pd.DataFrame({**columns, **paired_columns(before, after)})[list(COLUMNS)]
