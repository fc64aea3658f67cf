"""Docking two implementations: the same case in the compiled engine and in NumPy, and intervals for what differs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import t as student

from benchmarks.numpy_version import simulate_numpy
from model.parameters import Parameters, parameter_paths, value_at
from model.policy import parameters_in
from model.scenario import Change, Scenario
from model.simulate import simulate
from tests.made_scenarios import listed_scenario, made_scenario

# Other decision rules and networks are options of the engine alone, left at their defaults here.
OF_THE_ENGINE_ALONE = ("decision", "network")
RUNS = 24
SEED = 11
MONTHS = 48
FIRST_MONTHS = 6
EVEN = (50,) * 20
# The chance that any of the comparisons of a family fails though both implementations are the same.
FALSE_ALARM = 1e-3
ROUNDING = 1e-9  # the engine sums up in units of 2**-32

# Everything on and nothing neutral, each mechanism strong enough to show what it does.
EVERYTHING: dict[str, float] = {
    "accountability.certainty": 0.25,
    "accountability.severity": 0.3,
    "accountability.misconduct_severity": 0.4,
    "accountability.publicity": 0.8,
    "accountability.inaction_certainty": 0.06,
    "accountability.inaction_loss": 1.6,
    "accountability.inaction_freeze_months": 24.0,
    "exemption.probability": 0.6,
    "exemption.access": 0.85,
    "exemption.evidence_force_majeure": 3.3,
    "exemption.evidence_complexity": 2.6,
    "exemption.evidence_ability": 1.5,
    "exemption.evidence_negligence": 2.0,
    "exemption.evidence_filing": 1.5,
    "exemption.filing_cost": 0.05,
    "exemption.remedy": 0.4,
    "exemption.correction": 1.0,
    "exemption.caution": 2.0,
    "exemption.disclosure": 0.5,
    "exemption.review_burden": 0.4,
    "supervision.detection": 0.2,
    "supervision.red_tape": 0.4,
    "guidance.flexibility": 1.0,
    "guidance.local_knowledge": 0.8,
    "guidance.local_favour": 1.5,
    "work.urgency": 0.35,
    "work.haste": 0.35,
    "work.force_majeure": 0.12,
    "work.complexity": 0.4,
    "work.complexity_spread": 0.3,
    "work.ability_weight": 0.5,
    "work.negligence": 0.5,
    "work.care_cost": 0.7,
    "work.routine_failure": 0.15,
    "work.routine_care_cost": 0.3,
    "work.learning_max": 0.7,
    "work.learning_half": 4.0,
    "work.diffusion": 0.5,
    "work.routine_reward": 0.15,
    "work.routine_effort": 0.15,
    "work.innovation_effort": 0.1,
    "work.self_dealing_gain": 2.0,
    "behaviour.initial_innovation_share": 0.9,
    "behaviour.temperature": 0.35,
    "behaviour.nesting": 0.5,
    "behaviour.conformity": 0.7,
    "behaviour.habit": 0.5,
    "behaviour.prior_strength": 8.0,
    "behaviour.credence": 0.6,
    "behaviour.circle": 50.0,
    "behaviour.weight_own": 20.0,
    "behaviour.weight_peer": 0.6,
    "behaviour.weight_national": 0.2,
    "behaviour.negativity": 2.0,
    "behaviour.memory_half_life_months": 12.0,
    "public.tolerance": 0.5,
    "public.tolerance_weight": 0.8,
    "public.objectivity": 0.2,
    "public.reversion": 0.2,
    "public.gain_success": 0.1,
    "public.loss_failure": 0.25,
    "career.ceiling_age": 46.0,
    "career.retirement_age": 57.0,
    "population.competence_mu": 0.6,
    "population.competence_sd": 0.8,
    "population.loss_aversion_mean": 1.9,
    "population.loss_aversion_sd": 0.5,
    "population.public_service_motivation_mean": 0.5,
    "population.public_service_motivation_sd": 0.4,
    "population.ambition_mean": 1.0,
    "population.ambition_sd": 0.6,
    "population.integrity_mu": 1.2,
    "population.integrity_sd": 1.0,
    "value.success": 1.2,
    "value.routine": 0.3,
    "value.failure": -1.5,
    "value.negligence": -1.3,
    "value.self_dealing": -1.8,
    "value.inaction": -0.2,
    "value.filing": -0.5,
    "value.case": -1.5,
    "value.detection": -0.2,
}


class Case(NamedTuple):
    """What is simulated twice: settings in place of the defaults, sizes, own settings if listed, changes in time."""

    settings: Mapping[str, float]
    sizes: tuple[int, ...] = EVEN
    local: tuple[Mapping[str, float], ...] = ()
    changes: tuple[Change, ...] = ()


def scenario_of(case: Case) -> Scenario:
    """Return the case as the engine is given it."""
    if case.local:
        return listed_scenario(case.sizes, case.local, case.settings, MONTHS, case.changes)
    return made_scenario(case.settings, sum(case.sizes), len(case.sizes), MONTHS, case.changes)


def values_of(parameters: Parameters) -> dict[str, float]:
    """Return parameters as the NumPy version is given them."""
    paths = (path for path in parameter_paths() if path.partition(".")[0] not in OF_THE_ENGINE_ALONE)
    return {path: value_at(parameters, path) for path in paths}


def engine_means(case: Case, seed: int = SEED) -> pd.DataFrame:
    """Return each run's means of every measure in the compiled engine, a row a run."""
    months = simulate(scenario_of(case), RUNS, seed).months
    of_whole = months[months["jurisdiction"] == "all"] if "jurisdiction" in months else months
    keys = [name for name in ("scenario", "run", "month", "jurisdiction") if name in of_whole]
    measures = of_whole.drop(columns=keys)
    return pd.DataFrame([means(measures[of_whole["run"] == run]) for run in of_whole["run"].unique()])


def numpy_means(case: Case, seed: int = SEED) -> pd.DataFrame:
    """Return the same of the NumPy version, with random numbers of its own."""
    scenario = scenario_of(case)

    def in_force(month: int) -> dict[str, float] | list[dict[str, float]]:
        places = range(len(case.local) or 1)
        values = [values_of(parameters_in(scenario, place, month)) for place in places]
        return values if case.local else values[0]

    parameters = in_force if case.changes else in_force(0)
    runs = [simulate_numpy(parameters, case.sizes, MONTHS, seed + run) for run in range(RUNS)]
    return pd.DataFrame([means(pd.DataFrame(run)) for run in runs])


def means(months: pd.DataFrame) -> pd.Series:
    """Return the mean of every measure over all months, and over the first ones, in which the start still shows."""
    return pd.concat([months.mean(), months.iloc[:FIRST_MONTHS].mean().add_suffix(", at first")])


def interval(first: pd.Series, second: pd.Series, confidence: float) -> tuple[float, float]:
    """Return Welch's interval of the mean of one sample less that of another; missing values are left out."""
    first, second = first.dropna(), second.dropna()
    parts = [sample.var(ddof=1) / len(sample) for sample in (first, second)]
    difference, variance = first.mean() - second.mean(), sum(parts)
    if variance == 0:
        return difference - ROUNDING, difference + ROUNDING
    freedom = variance**2 / sum(
        part**2 / (len(sample) - 1) for part, sample in zip(parts, (first, second), strict=True)
    )
    half = student.ppf((1 + confidence) / 2, freedom) * math.sqrt(variance) + ROUNDING
    return difference - half, difference + half


def disagreements(here: pd.DataFrame, there: pd.DataFrame, confidence: float) -> list[str]:
    """Return the measures whose means differ by more than chance, with what the two implementations say."""
    found = []
    for name in there:
        known = [int(sample[name].notna().sum()) for sample in (here, there)]
        if min(known) < RUNS / 2:
            if abs(known[0] - known[1]) > RUNS / 2:
                found.append(f"{name}: known in {known[0]} runs here, in {known[1]} there")
            continue
        low, high = interval(here[name], there[name], confidence)
        if not low <= 0 <= high:
            found.append(
                f"{name}: {here[name].mean():.6g} here, {there[name].mean():.6g} there ({low:.3g}, {high:.3g})"
            )
    return found


def directions(off: pd.DataFrame, on: pd.DataFrame, confidence: float) -> dict[str, int]:
    """Return the measures that move beyond chance when something is switched off: 1 up, -1 down."""
    moved = {}
    for name in on:
        if min(on[name].notna().sum(), off[name].notna().sum()) < RUNS / 2:
            continue
        low, high = interval(off[name], on[name], confidence)
        if not low <= 0 <= high:
            moved[str(name)] = int(np.sign(low))
    return moved
