"""The compiled engine against an implementation by another hand, with random numbers of its own: over whole runs all
measures must be distributed alike.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f as f_distribution

from benchmarks import numpy_rules
from benchmarks.numpy_version import simulate_numpy
from model.measures import MEASURES
from model.parameters import Parameters, replaced
from model.policy import parameters_in
from model.scenario import Change, Scenario
from model.simulate import simulate
from tests.made_scenarios import listed_scenario, made_scenario

RUNS = 32
SEED = 11
MOST_ERRORS = 4.5
SMALLEST_PROBABILITY = 1e-5
ROUNDING = 1e-9  # beliefs are summed up in units of 2**-32
# What the other implementation calls otherwise. Two measures it does not have.
OTHER_NAMES = {
    "reminders": "sanctions_reminder",
    "light_sanctions": "sanctions_light",
    "heavy_sanctions": "sanctions_heavy",
}
COMPARED = [name for name in MEASURES if name not in {"unpursued_failures", "sanctions_per_100_officials_year"}]
EVEN = (50,) * 8
MONTHS = 72
CRACKDOWN = Change(24, 48, 0, {"accountability.certainty": 0.95, "accountability.severity": 0.4})
REFORM = Change(12, None, 36, {"exemption.probability": 0.9, "exemption.disclosure": 0.9, "work.complexity": 0.5})
CLOSED = {f"behaviour.{action}_open": 0.0 for action in ("routine", "filed_innovation", "self_dealing")}
CASES: dict[str, tuple[dict[str, float], tuple[int, ...], tuple[Change, ...]]] = {
    "defaults": ({}, EVEN, ()),
    "crackdown for a time": ({}, EVEN, (CRACKDOWN,)),
    "reform phased in": ({}, EVEN, (REFORM,)),
    "different sizes, flexible": (
        {"guidance.flexibility": 1.0, "work.complexity_spread": 0.3},
        (20, 45, 60, 135, 140),
        (),
    ),
    "two actions only": (CLOSED, EVEN, ()),
    "blanket leniency": (
        {"exemption.probability": 1.0, "supervision.detection": 0.1, "work.self_dealing_gain": 2.0},
        EVEN,
        (),
    ),
    "no exemption, hard sanctions": (
        {"exemption.probability": 0.0, "accountability.certainty": 1.0, "accountability.severity": 0.6},
        EVEN,
        (),
    ),
    "quick to learn and to forget": (
        {
            "behaviour.weight_peer": 1.0,
            "behaviour.weight_national": 0.5,
            "behaviour.negativity": 3.0,
            "behaviour.memory_half_life_months": 6.0,
            "behaviour.prior_strength": 5.0,
            "exemption.disclosure": 0.9,
        },
        EVEN,
        (),
    ),
    "nobody learns": (
        {
            "behaviour.weight_own": 0.0,
            "behaviour.weight_peer": 0.0,
            "behaviour.weight_national": 0.0,
            "work.learning_max": 0.0,
        },
        EVEN,
        (),
    ),
    "a loud public": (
        {
            "public.tolerance_weight": 1.0,
            "public.gain_success": 0.2,
            "public.loss_failure": 0.2,
            "public.reversion": 0.01,
        },
        EVEN,
        (),
    ),
    "short careers": ({"career.ceiling_age": 35.0, "career.retirement_age": 38.0}, EVEN, ()),
    "conforming from a start of innovation": (
        {"behaviour.conformity": 0.8, "behaviour.initial_innovation_share": 0.9},
        EVEN,
        (),
    ),
}


def scenario_of(case: str) -> Scenario:
    values, sizes, changes = CASES[case]
    if len(set(sizes)) == 1:
        return made_scenario(values, sum(sizes), len(sizes), MONTHS, changes)
    complexities = numpy_rules.complexity_by_jurisdiction(replaced(Parameters(), values).work, len(sizes))
    local = [{"work.complexity": float(complexity)} for complexity in complexities]
    return listed_scenario(sizes, local, values, MONTHS, changes)


def means_by_engine(case: str) -> np.ndarray:
    """Return each run's mean of every compared measure over all months, (runs, measures)."""
    values = simulate(scenario_of(case), RUNS, SEED).values
    return np.nanmean(values[:, :, [MEASURES.index(name) for name in COMPARED]], axis=1)


def means_by_the_other(case: str) -> np.ndarray:
    """Return the same of the other implementation, with random numbers of its own."""
    values, sizes, changes = CASES[case]
    unlisted = made_scenario(values, sum(sizes), len(sizes), MONTHS, changes)
    in_force = [parameters_in(unlisted, 0, month) for month in range(MONTHS)] if changes else unlisted.parameters
    runs = [simulate_numpy(in_force, sizes, MONTHS, SEED + run) for run in range(RUNS)]
    names = [OTHER_NAMES.get(name, name) for name in COMPARED]
    return np.array(
        [[np.nanmean(run[name]) if not np.isnan(run[name]).all() else np.nan for name in names] for run in runs]
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore:Mean of empty slice")
def test_that_runs_are_distributed_alike(case: str) -> None:
    """Means within 4.5 standard errors, in 12 x 28 comparisons; spreads that chance could have made different."""
    here, there = means_by_engine(case), means_by_the_other(case)
    for place, name in enumerate(COMPARED):
        ours, others = here[:, place], there[:, place]
        if np.isnan(ours).all() and np.isnan(others).all():
            continue
        assert not np.isnan(ours).any(), name
        error = np.sqrt(ours.var(ddof=1) / RUNS + others.var(ddof=1) / RUNS)
        difference = ours.mean() - others.mean()
        assert abs(difference) <= MOST_ERRORS * error + ROUNDING, (
            f"{name}: {ours.mean():.6g} here, {others.mean():.6g} there"
        )
        if error > ROUNDING:
            ratio = ours.var(ddof=1) / others.var(ddof=1)
            tails = f_distribution.cdf(ratio, RUNS - 1, RUNS - 1), f_distribution.sf(ratio, RUNS - 1, RUNS - 1)
            assert min(tails) > SMALLEST_PROBABILITY, f"{name}: variance {ratio:.2f} times that of the other"
