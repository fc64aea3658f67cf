"""The compiled engine against an implementation by another hand, with random numbers of its own: over whole runs all
measures must have the same means.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.numpy_defaults import DEFAULTS
from model.parameters import about, parameter_paths
from model.scenario import Change
from tests.docking import (
    EVERYTHING,
    FALSE_ALARM,
    RUNS,
    Case,
    disagreements,
    engine_means,
    numpy_means,
    values_of,
)
from tests.made_scenarios import made_scenario

N_RANDOM = 6
SWITCHES = ("behaviour.routine_open", "behaviour.filed_innovation_open", "behaviour.self_dealing_open")
AGES = ("career.ceiling_age", "career.retirement_age")
CRACKDOWN = Change(24, 40, 0, {"accountability.certainty": 0.4, "accountability.severity": 0.9})
REFORM = Change(6, None, 24, {"exemption.probability": 0.9, "exemption.disclosure": 0.9, "work.complexity": 0.5})
PROVINCES = (
    {"exemption.probability": 0.7, "work.complexity": 0.25, "public.tolerance": 0.6},
    {"accountability.certainty": 0.5, "accountability.publicity": 0.4, "work.care_cost": 0.3},
    {"exemption.evidence_filing": 2.0, "behaviour.circle": 200.0, "career.retirement_age": 62.0},
    {"work.complexity": 0.55, "behaviour.self_dealing_open": 0.0, "population.competence_mu": 1.2},
)


def random_policy(number: int) -> Case:
    """Return a case anywhere within the plausible ranges, every action but two open or not."""
    luck = np.random.default_rng(number)
    ranges = {path: about(path).plausible for path in parameter_paths() if path not in SWITCHES}
    settings = {path: float(luck.uniform(*known)) for path, known in sorted(ranges.items()) if known}
    settings |= {switch: float(luck.random() < 0.7) for switch in SWITCHES}
    ages = (luck.uniform(45, 58), luck.uniform(58, 65))
    return Case(settings | dict(zip(AGES, map(float, ages), strict=True)))


# Where a term shows that is drowned elsewhere.
CORNERS: dict[str, dict[str, float]] = {
    "own cases alone": {
        "behaviour.weight_peer": 0.0,
        "behaviour.weight_national": 0.0,
        "behaviour.memory_half_life_months": 2.0,
    },
    "cases elsewhere alone": {
        "behaviour.weight_own": 0.0,
        "behaviour.weight_peer": 0.0,
        "behaviour.weight_national": 1.0,
    },
    "short careers": {"career.ceiling_age": 30.0, "career.retirement_age": 33.0},
    "a public that is won over": {
        "public.tolerance": 0.3,
        "public.gain_success": 0.5,
        "public.reversion": 0.02,
        "exemption.caution": 3.0,
    },
    "self-dealing that pays": {
        "work.self_dealing_gain": 4.0,
        "supervision.detection": 0.5,
        "accountability.misconduct_severity": 0.05,
        "exemption.probability": 0.8,
        "population.integrity_mu": -1.0,
    },
    "light sanctions, soon believed": {"accountability.severity": 0.02, "behaviour.prior_strength": 2.0},
    "flexible where tasks differ much": {
        "exemption.probability": 0.5,
        "work.complexity": 0.5,
        "work.complexity_spread": 0.45,
        "work.force_majeure": 0.0,
        "work.ability_weight": 0.1,
    },
    "filed cases known by experience": {
        "exemption.evidence_filing": 3.0,
        "accountability.certainty": 0.6,
        "behaviour.prior_strength": 1.0,
        "behaviour.weight_peer": 3.0,
    },
    "routine alone is worth anything": {
        **{path: 0.0 for path in EVERYTHING if path.startswith("value.")},
        "value.routine": 10.0,
        "work.routine_failure": 0.3,
        "work.routine_care_cost": 3.0,
    },
}
# Sanctions suddenly heavier, and known by experience: what is thought of them follows late.
LIGHT = {"accountability.severity": 0.05, "behaviour.prior_strength": 2.0, "behaviour.weight_peer": 2.0}
HEAVIER = Change(12, None, 0, {"accountability.severity": 0.6})
CASES: dict[str, Case] = {
    "defaults": Case({}),
    "everything on": Case(EVERYTHING),
    "everything on, for a time harsher": Case(EVERYTHING, changes=(CRACKDOWN,)),
    "sanctions suddenly heavier": Case(EVERYTHING | LIGHT, changes=(HEAVIER,)),
    "reform phased in": Case({}, changes=(REFORM,)),
    "two actions only": Case(dict.fromkeys(SWITCHES, 0.0)),
    "four provinces of different sizes": Case(EVERYTHING, (60, 140, 300, 500), PROVINCES),
    "everybody exempted": Case({"exemption.probability": 1.0, "exemption.access": 1.0}),
    "nobody exempted": Case(EVERYTHING | {"exemption.probability": 0.0, "guidance.flexibility": 0.0}),
    **{name: Case(EVERYTHING | settings) for name, settings in CORNERS.items()},
    **{f"random policy {number}": random_policy(number) for number in range(N_RANDOM)},
}


def test_that_both_implementations_have_the_same_parameters_and_defaults() -> None:
    of_engine = values_of(made_scenario().parameters)
    assert of_engine.keys() == DEFAULTS.keys()
    different = {path: value for path, value in of_engine.items() if not np.array_equal(value, DEFAULTS[path], True)}
    assert not different


# A case takes seconds: a few of every kind always, all of them where slow tests are asked for.
ALWAYS = (
    "defaults",
    "everything on, for a time harsher",
    "reform phased in",
    "four provinces of different sizes",
    "self-dealing that pays",
    "filed cases known by experience",
    "random policy 0",
)
SLOW_CASES = [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.slow) for name in CASES]


@pytest.mark.parametrize("name", SLOW_CASES)
def test_that_means_are_the_same(name: str) -> None:
    """Differences within intervals that hold all at once, in all cases, but for one time in a thousand."""
    here, there = engine_means(CASES[name]), numpy_means(CASES[name])
    assert len(here) == len(there) == RUNS
    assert set(here) == set(there)
    assert not disagreements(here, there, 1 - FALSE_ALARM / (len(CASES) * there.shape[1]))
