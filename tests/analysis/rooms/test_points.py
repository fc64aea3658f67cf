"""Points are the model's utilities: their mean over the draws is a hundred times the utility at true probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.rooms.points import points_of, sure_points
from model.draws import CaseLuck, MonthLuck
from model.faced import CAME, FACED
from model.month import circumstances_of, policy_tables_of
from model.parameters import Parameters, replaced, row_of
from model.reasons import reasons_of
from model.rules.decision import BY_DEFAULT
from model.rules.exemption import HonestExemption, mean_honest_exemption
from model.rules.outcome import care_taken, consequence_of, exempt_probability, outcome_of
from model.rules.outlook import lost_by_negligence
from model.rules.utility import Circumstances, terms_of, utilities_of
from model.state import Country, JurisdictionState, National, OfficialState, PolicyTables
from model.vocabulary import Action, Cause

DRAWS = 5_000
STANDARD_ERRORS = 4.0
parameters_drawn = st.fixed_dictionaries(
    {
        "accountability.certainty": st.floats(0.1, 0.9),
        "accountability.severity": st.floats(0.1, 0.5),
        "accountability.inaction_certainty": st.floats(0.01, 0.2),
        "exemption.probability": st.floats(0.1, 0.9),
        "exemption.review_burden": st.floats(0.0, 0.5),
        "exemption.caution": st.floats(0.0, 2.0),
        "work.negligence": st.floats(0.1, 0.8),
        "work.complexity": st.floats(0.1, 0.7),
        "work.routine_failure": st.floats(0.0, 0.3),
        "public.tolerance": st.floats(0.1, 0.9),
    }
)


def luck_of(generator: np.random.Generator) -> tuple[MonthLuck, CaseLuck]:
    return MonthLuck(*generator.random(4)), CaseLuck(*generator.random(4))


def true_utility(
    official: OfficialState, action: int, here: Circumstances, tables: PolicyTables, parameters: Parameters, care: float
) -> float:
    """Return the utility at loss aversion 1, conformity 0, habit 0 and true probabilities, with the care given."""
    unmoved = replaced(parameters, {"behaviour.conformity": 0.0, "behaviour.habit": 0.0})
    plain = official._replace(loss_aversion=1.0)
    outlook = reasons_of(plain, here, np.array(row_of(unmoved)), 0.99, BY_DEFAULT).outlook
    honest = HonestExemption(
        *(
            here.nerve * exempt_probability(c, action, tables)
            for c in (Cause.FORCE_MAJEURE, Cause.COMPLEXITY, Cause.ABILITY)
        )
    )
    exempt = mean_honest_exemption(honest, outlook.complexity, official.competence, parameters.work)
    forgiven = here.nerve * tables.exempt_negligence
    loss, review, work = tables.expected_loss, parameters.exemption.review_burden, parameters.work
    stake = outlook.sound * work.negligence * lost_by_negligence(outlook.drive, here.pursuit, loss, review, forgiven)
    in_routine = work.routine_failure * lost_by_negligence(
        work.routine_reward * outlook.drive, here.pursuit, loss, review, forgiven
    )
    truly = outlook._replace(
        perceived_accountability=here.pursuit,
        perceived_exemption_filed=exempt,
        perceived_exemption_unfiled=exempt,
        feared_loss=loss,
        feared_review=review,
        routine_stake=in_routine,
        filed_stake=stake,
        unfiled_stake=stake,
        routine_care=care,
        filed_care=care,
        unfiled_care=care,
    )
    return utilities_of(terms_of(plain, truly, here, unmoved))[action]


@given(
    values=parameters_drawn,
    action=st.sampled_from([Action.INACTION, Action.ROUTINE, Action.INNOVATION, Action.FILED_INNOVATION]),
    competence=st.floats(0.2, 0.9),
    ambition=st.floats(0.2, 2.0),
    loss_aversion=st.floats(1.0, 3.0),
    seed=st.integers(0, 1000),
)
@settings(max_examples=6, deadline=None)
def test_the_mean_of_points_is_a_hundred_times_the_true_utility(
    values: dict[str, float], action: Action, competence: float, ambition: float, loss_aversion: float, seed: int
) -> None:
    parameters = replaced(Parameters(), values)
    complexity = parameters.work.complexity
    tables = policy_tables_of(parameters, complexity, Country(complexity, parameters.exemption.probability))
    jurisdiction = JurisdictionState(0.3, 0.4, 0.3, parameters.public.tolerance, 1.0, 0.0, 0.0)
    here = circumstances_of(jurisdiction, National(1.0, 0.0, 0.0, 0.0, 0.0, 0.0), tables, parameters)
    official = OfficialState(
        competence, loss_aversion, 0.4, ambition, 0.8, 40.0, 0.0, 1.0, 2.0, 0.5, 0.5, 0.5, 0.5, 5.0
    )
    reasons = reasons_of(official, here, np.array(row_of(parameters)), 0.99, BY_DEFAULT)
    faced = np.zeros((DRAWS, len(FACED)))
    faced[:, 1 : 1 + len(official)] = official
    sees = FACED.index("sees_drive")
    faced[:, sees : sees + len(reasons.outlook)] = reasons.outlook
    came, generator = np.zeros((DRAWS, len(CAME))), np.random.default_rng(seed)
    care = care_taken(int(action), reasons.outlook)
    for row in came:
        luck, luck_of_case = luck_of(generator)
        outcome = outcome_of(int(action), reasons.outlook, parameters, luck._replace(urgency=0.99))
        consequence = consequence_of(int(action), outcome, here, tables, parameters, luck_of_case)
        row[:] = [0, action, outcome, 0, care, *consequence, 0.0]
    points = points_of(faced, came, parameters)
    expected = 100.0 * true_utility(official, int(action), here, tables, parameters, care)
    assert abs(points.mean() - expected) <= STANDARD_ERRORS * points.std() / np.sqrt(DRAWS) + 1e-9


def test_what_is_sure_is_what_a_month_without_luck_brings() -> None:
    faced = np.zeros((4, len(FACED)))
    faced[:, FACED.index("sees_drive")] = 1.2
    came = np.zeros((4, len(CAME)))
    came[:, CAME.index("action")] = range(4)
    came[:, CAME.index("rung")] = -1
    points = points_of(faced, came, Parameters())
    assert points == pytest.approx(sure_points(faced[0], Parameters()))
