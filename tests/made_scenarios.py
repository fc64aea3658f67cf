"""Scenarios made in Python for tests, and settings that take the model apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from model.arrays import ACTION, GENERATION, LANES, N_OFFICIAL_FIELDS, AdministrationArrays
from model.parameters import Parameters, replaced
from model.policy import setting_of
from model.scenario import Change, ListedJurisdiction, Scenario, Text
from model.simulate import Job
from model.state import OfficialState

# Nobody differs from anybody.
IDENTICAL = {
    f"population.{name}_sd": 0.0
    for name in ("competence", "loss_aversion", "public_service_motivation", "ambition", "integrity")
}
# Innovation or inaction, nothing else.
BINARY = {f"behaviour.{action}_open": 0.0 for action in ("routine", "filed_innovation", "self_dealing")}
# Nobody learns from a case, of innovating, or from others' conduct.
NO_LEARNING = {
    "behaviour.weight_own": 0.0,
    "behaviour.weight_peer": 0.0,
    "behaviour.weight_national": 0.0,
    "work.learning_max": 0.0,
}
NO_CONFORMITY = {"behaviour.conformity": 0.0}
NO_HABIT = {"behaviour.habit": 0.0}
NO_URGENCY = {"work.urgency": 0.0}
# Nothing is ever done negligently, so that no care is needed.
NO_NEGLIGENCE = {"work.negligence": 0.0, "work.routine_failure": 0.0}
# Careers do not matter: drive is motivation alone, so that a bar on promotion or an age changes nothing.
NO_CAREER = {"population.ambition_mean": 0.0, "population.ambition_sd": 0.0}
SAME_PLACES = {"work.complexity_spread": 0.0}
# From the second month on nobody is old enough to leave, unless removed.
NOBODY_RETIRES = Change(1, None, 0, {"career.ceiling_age": 120.0, "career.retirement_age": 120.0})

_NO_TEXT = Text("made for a test", "测试用")


def made_scenario(
    settings: Mapping[str, float] | None = None,
    officials: int = 1000,
    n_jurisdictions: int = 20,
    months: int = 120,
    changes: Iterable[Change] = (),
) -> Scenario:
    """Return a scenario with these settings in place of the defaults."""
    parameters = replaced(Parameters(), dict(settings or {}))
    sizes = (officials, n_jurisdictions, months)
    return Scenario("made", _NO_TEXT, _NO_TEXT, (), parameters, *sizes, (), tuple(changes))


def listed_scenario(
    sizes: Iterable[int],
    local: Iterable[Mapping[str, float]],
    settings: Mapping[str, float] | None = None,
    months: int = 120,
    changes: Iterable[Change] = (),
) -> Scenario:
    """Return a scenario with listed jurisdictions of these sizes, each with its own settings."""
    listed = tuple(
        ListedJurisdiction(Text(f"place {number}", f"{number}号"), size, own)
        for number, (size, own) in enumerate(zip(sizes, local, strict=True))
    )
    total = sum(jurisdiction.officials for jurisdiction in listed)
    parameters = replaced(Parameters(), dict(settings or {}))
    return Scenario("made", _NO_TEXT, _NO_TEXT, (), parameters, total, len(listed), months, listed, tuple(changes))


def job_of(scenario: Scenario, seed: int = 1, run: int = 0) -> Job:
    """Return one run of a scenario."""
    return Job(scenario, setting_of(scenario), seed, run)


def _of_officials(job: Job, rows: np.ndarray) -> np.ndarray:
    """Return what stands in rows of blocks, shape (B, LANES), for every official in the order of the posts."""
    layout = job.setting.layout
    filled = [
        rows[layout.first_block[j] : layout.first_block[j + 1]].reshape(-1)[:size]
        for j, size in enumerate(layout.sizes)
    ]
    return np.concatenate(filled).copy()


def officials_of(job: Job, administration: AdministrationArrays) -> dict[str, np.ndarray]:
    """Return the state of all officials, a copy: every field of OfficialState, each (n,) in the order of the posts."""
    fields = administration.officials.reshape(-1, N_OFFICIAL_FIELDS, LANES)
    return {name: _of_officials(job, fields[:, place]) for place, name in enumerate(OfficialState._fields)}


def actions_of(job: Job, administration: AdministrationArrays) -> np.ndarray:
    """Return what every official did in the month that has just ended, (n,)."""
    return _of_officials(job, administration.posts[:, ACTION : ACTION + LANES])


def generations_of(job: Job, administration: AdministrationArrays) -> np.ndarray:
    """Return how many have held every post before its present holder, (n,)."""
    return _of_officials(job, administration.posts[:, GENERATION : GENERATION + LANES])
