"""Every mechanism switched off, one at a time, where all are on: it must matter in the compiled engine and in the
implementation by another hand, in the same direction, and both must still say the same.
"""

from __future__ import annotations

import functools

import pandas as pd
import pytest

from tests.docking import (
    EVERYTHING,
    FALSE_ALARM,
    Case,
    directions,
    disagreements,
    engine_means,
    numpy_means,
)

pytestmark = [
    pytest.mark.slow,
]

ALIKE = ("competence", "loss_aversion", "public_service_motivation", "ambition", "integrity")
# What takes a mechanism, or a term, out.
MECHANISMS: dict[str, dict[str, float]] = {
    "pursuit of failures": {"accountability.certainty": 0.0},
    "rungs of the accountability ladder": {"accountability.severity": 0.0},
    "rungs of the misconduct ladder": {"accountability.misconduct_severity": 0.0},
    "news of sanctions": {"accountability.publicity": 0.0},
    "sanctions for inaction": {"accountability.inaction_certainty": 0.0},
    "loss from a sanction for inaction": {"accountability.inaction_loss": 0.0},
    "bar after a sanction for inaction": {"accountability.inaction_freeze_months": 0.0},
    "exemption": {"exemption.probability": 0.0},
    "access to exemption": {"exemption.access": 1.0},
    "clarity of force majeure": {"exemption.evidence_force_majeure": 0.0},
    "clarity of complexity": {"exemption.evidence_complexity": 2.0},
    "clarity of ability": {"exemption.evidence_ability": 0.0},
    "what negligence looks like": {"exemption.evidence_negligence": 0.0},
    "evidence from filing": {"exemption.evidence_filing": 0.0},
    "cost of filing": {"exemption.filing_cost": 0.0},
    "remedy": {"exemption.remedy": 0.0},
    "correction": {"exemption.correction": 0.0},
    "nerves of reviewers": {"exemption.caution": 0.0},
    "news of exemptions": {"exemption.disclosure": 0.0},
    "burden of review": {"exemption.review_burden": 0.0},
    "detection": {"supervision.detection": 0.0},
    "red tape": {"supervision.red_tape": 0.0},
    "flexibility": {"guidance.flexibility": 0.0},
    "local knowledge": {"guidance.local_knowledge": 0.0},
    "local favour": {"guidance.local_favour": 0.0},
    "urgency": {"work.urgency": 0.0},
    "haste": {"work.haste": 0.0},
    "force majeure": {"work.force_majeure": 0.0},
    "spread of complexity": {"work.complexity_spread": 0.0},
    "ability": {"work.ability_weight": 0.0},
    "negligence": {"work.negligence": 0.0},
    "cost of care": {"work.care_cost": 0.0},
    "failure of routine": {"work.routine_failure": 0.0},
    "cost of care in routine": {"work.routine_care_cost": 0.0},
    "learning by doing": {"work.learning_max": 0.0},
    "reward of routine": {"work.routine_reward": 0.0},
    "effort of routine": {"work.routine_effort": 0.0},
    "effort of innovating": {"work.innovation_effort": 0.0},
    "gain from self-dealing": {"work.self_dealing_gain": 0.0},
    "routine": {"behaviour.routine_open": 0.0},
    "filing": {"behaviour.filed_innovation_open": 0.0},
    "self-dealing": {"behaviour.self_dealing_open": 0.0},
    "start of the norm": {"behaviour.initial_innovation_share": 0.0},
    "nesting": {"behaviour.nesting": 1.0},
    "conformity": {"behaviour.conformity": 0.0},
    "habit": {"behaviour.habit": 0.0},
    "prior": {"behaviour.prior_strength": 30.0},
    "credence": {"behaviour.credence": 1.0},
    "circle": {"behaviour.circle": 0.0},
    "own cases": {"behaviour.weight_own": 0.0},
    "cases of peers": {"behaviour.weight_peer": 0.0},
    "cases elsewhere": {"behaviour.weight_national": 0.0},
    "negativity": {"behaviour.negativity": 1.0},
    "memory": {"behaviour.memory_half_life_months": 1.0},
    "voice of the public": {"public.tolerance_weight": 0.0},
    "objectivity": {"public.objectivity": 1.0},
    "reversion": {"public.reversion": 0.0},
    "gains in tolerance": {"public.gain_success": 0.0},
    "losses of tolerance": {"public.loss_failure": 0.0},
    "end of careers": {"career.ceiling_age": EVERYTHING["career.retirement_age"]},
    "differences among officials": {f"population.{trait}_sd": 0.0 for trait in ALIKE},
    **{f"worth of {path[6:]}": {path: 0.0} for path in EVERYTHING if path.startswith("value.")},
}


@functools.cache
def means_with_everything_on() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the means of every run with all mechanisms on, in both implementations."""
    return engine_means(Case(EVERYTHING)), numpy_means(Case(EVERYTHING))


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_that_a_mechanism_does_the_same(mechanism: str) -> None:
    """A measure moves in both, none in opposite directions, and without the mechanism all means are the same."""
    off = Case(EVERYTHING | MECHANISMS[mechanism])
    here, there = engine_means(off), numpy_means(off)
    here_on, there_on = means_with_everything_on()
    confidence = 1 - FALSE_ALARM / (len(MECHANISMS) * there.shape[1])
    moved_here, moved_there = directions(here, here_on, confidence), directions(there, there_on, confidence)
    in_both = moved_here.keys() & moved_there.keys()
    assert in_both
    assert not {name for name in in_both if moved_here[name] != moved_there[name]}
    assert not disagreements(here, there, confidence)
