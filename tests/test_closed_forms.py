"""Closed forms of choice and of norms (model.md, section 9, numbers 1 to 3, 7 and 9): what must come out where the
model can be solved on paper, within the error that chance allows.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit, softmax
from scipy.stats import norm

from model.measures import MEASURES
from model.simulate import months_of_run, simulate
from model.vocabulary import Action, Counts
from tests.closed_forms import (
    MEDIAN_COMPETENCE,
    MOST_ERRORS,
    NO_CAUTION,
    TOSSES,
    People,
    binary_share,
    binomial_error,
    like_everybody,
    rate_of,
    weighed_by,
)
from tests.made_scenarios import (
    BINARY,
    NO_CAREER,
    NO_CONFORMITY,
    NO_HABIT,
    NO_NEGLIGENCE,
    NO_URGENCY,
    SAME_PLACES,
    actions_of,
    generations_of,
    job_of,
    made_scenario,
    officials_of,
)

MOTIVATION = "population.public_service_motivation_mean"
# The only thing that decides is by how much a success is worth more than the effort.
SURE_WORK = {
    **NO_NEGLIGENCE,
    **NO_URGENCY,
    "accountability.certainty": 0.0,
    "accountability.inaction_certainty": 0.0,
    "supervision.red_tape": 0.0,
    "work.force_majeure": 0.0,
    "work.complexity": 0.0,
    "work.ability_weight": 0.0,
}


# --- 1. Logit ------------------------------------------------------------------------------------------------------

SETS_OF_PARAMETERS = {
    "defaults": {},
    "strict": {"accountability.certainty": 0.2, "accountability.severity": 0.5, "exemption.probability": 0.05},
    "lenient": {"exemption.probability": 0.95, "exemption.access": 1.0, "behaviour.credence": 1.0},
    "nobody exempted": {"exemption.probability": 0.0},
    "everybody exempted": {"exemption.probability": 1.0, "exemption.access": 1.0, "behaviour.credence": 1.0},
    "clear list": {"exemption.evidence_complexity": 3.0, "accountability.certainty": 0.2},
    "heavy process": {"exemption.review_burden": 0.5, "supervision.red_tape": 0.5, "behaviour.temperature": 0.6},
    "inaction punished": {"accountability.inaction_certainty": 0.1},
    "motivated": {MOTIVATION: 1.5, "behaviour.temperature": 0.1},
    "all in haste": {"work.urgency": 1.0, "work.haste": 0.4},
    "careless": {"work.care_cost": 5.0, "work.negligence": 0.6},
    "careful": {"work.care_cost": 0.05},
}


@pytest.mark.parametrize("name", SETS_OF_PARAMETERS)
def test_that_identical_officials_innovate_as_often_as_the_logit_says(name: str) -> None:
    """McFadden 1974, without learning, conformity and habit, binary."""
    settings = {**TOSSES, MOTIVATION: 1.0, **SETS_OF_PARAMETERS[name]}
    parameters = made_scenario(settings).parameters
    share = float(binary_share(like_everybody(parameters), parameters))
    found = rate_of(settings, "innovation_rate", 20_000, 24)
    assert abs(found - share) < MOST_ERRORS * binomial_error(share, 20_000 * 24)
    assert 0.001 < share < 0.999


TRAIT_SPREADS = {
    "competence": ({"population.competence_sd": 3.0}, lambda z: expit(0.4 + 3.0 * z)),
    "loss_aversion": (
        {"population.loss_aversion_sd": 0.8, "accountability.certainty": 0.2},
        lambda z: 1.955 * np.exp(0.8 * z - 0.8**2 / 2),
    ),
    "drive": ({"population.public_service_motivation_sd": 0.8}, lambda z: max(1.0 + 0.8 * z, 0.0)),
}


@pytest.mark.parametrize("trait", TRAIT_SPREADS)
def test_that_officials_who_differ_innovate_as_often_as_the_trait_averaged_logit_says(trait: str) -> None:
    """The integral of the logit over the distribution of the trait, one trait at a time, in the first month."""
    n = 400_000
    spread, value_at = TRAIT_SPREADS[trait]
    settings = {**TOSSES, MOTIVATION: 1.0, **spread}
    parameters = made_scenario(settings).parameters

    def share(z: float) -> float:
        return float(binary_share(like_everybody(parameters)._replace(**{trait: value_at(z)}), parameters))

    averaged = quad(lambda z: share(z) * norm.pdf(z), -9.0, 9.0, points=[-1.0 / 0.8], limit=200)[0]
    found = rate_of(settings, "innovation_rate", n, 1)
    assert abs(found - averaged) < MOST_ERRORS * binomial_error(averaged, n)
    assert abs(averaged - share(0.0)) > 5 * binomial_error(averaged, n)  # the spread makes a difference at all


# --- 2. Critical exemption -----------------------------------------------------------------------------------------

# All honest causes look alike and the document is believed in full, so that e^ is the exemption probability.
BELIEVED = {
    **TOSSES,
    **NO_NEGLIGENCE,
    **NO_URGENCY,
    "exemption.evidence_force_majeure": 2.0,
    "exemption.evidence_ability": 2.0,
    "exemption.access": 1.0,
    "exemption.remedy": 0.0,
    "exemption.review_burden": 0.0,
    "behaviour.credence": 1.0,
    "accountability.certainty": 0.2,
}
CRITICAL = {
    "fairly sure": {MOTIVATION: 1.0},
    "severe": {MOTIVATION: 1.3, "accountability.severity": 0.5},
    "very sure": {MOTIVATION: 1.6, "accountability.certainty": 0.5},
    "sharp": {MOTIVATION: 1.0, "behaviour.temperature": 0.1},
}


@pytest.mark.parametrize("name", CRITICAL)
def test_that_half_innovate_at_the_critical_exemption(name: str) -> None:
    """1 - (sound * drive - effort - red_tape * detection - U_inaction) / ((1 - sound) * a^ * L)."""
    officials, months = 20_000, 12
    settings = {**BELIEVED, **CRITICAL[name]}
    parameters = made_scenario(settings).parameters
    weighed = weighed_by(like_everybody(parameters), parameters)
    sound, risk = float(weighed.sound), float(weighed.risk)
    gain = sound * parameters.population.public_service_motivation_mean - 0.4 - 0.1 * 0.1
    critical = 1 - (gain - float(weighed.inaction)) / risk
    assert 0.05 < critical < 0.95

    def excess(exemption: float) -> float:
        return rate_of({**settings, "exemption.probability": exemption}, "innovation_rate", officials, months) - 0.5

    found = brentq(excess, 0.0, 1.0, xtol=1e-6)
    slope = 0.25 * risk / parameters.behaviour.temperature
    assert abs(found - critical) < MOST_ERRORS * binomial_error(0.5, officials * months) / slope


SHELTERED = {
    **BINARY,
    **NO_CAUTION,
    "exemption.probability": 1.0,
    "exemption.access": 1.0,
    "exemption.review_burden": 0.0,
    "behaviour.credence": 1.0,
    "accountability.certainty": 0.3,
}


def test_that_where_every_case_is_let_off_severity_is_irrelevant() -> None:
    """At X = 1 and without a burden of review: not one number of a run of the binary model changes."""
    runs = [
        simulate(made_scenario({**SHELTERED, "accountability.severity": severity}, 400, 8, 60), 2).values
        for severity in (0.0, 0.317, 1.0)
    ]
    np.testing.assert_array_equal(runs[0], runs[1])
    np.testing.assert_array_equal(runs[0], runs[2])
    assert runs[0][:, :, MEASURES.index("cases")].sum() > 0


def test_that_where_some_are_sanctioned_severity_is_not_irrelevant() -> None:
    mild, hard = (
        rate_of({**BELIEVED, MOTIVATION: 1.0, "accountability.severity": severity}, "innovation_rate", 5000, 12)
        for severity in (0.1, 0.5)
    )
    assert mild > hard + 0.01


# --- 3. Social interaction -----------------------------------------------------------------------------------------

# (h, c, temperature), and how many solutions there are: with h = 0, three if c / (2 * temperature) > 1, else one.
INTERACTIONS = [
    ((0.0, 0.3, 0.25), 1),
    ((0.0, 0.45, 0.25), 1),
    ((0.0, 0.6, 0.25), 3),
    ((0.0, 0.8, 0.25), 3),
    ((0.0, 0.3, 0.1), 3),
    ((0.05, 0.6, 0.2), 3),
    ((-0.1, 0.9, 0.25), 3),
    ((0.3, 0.6, 0.25), 1),
    ((-0.2, 0.5, 0.4), 1),
]


def norms(advantage: float, conformity: float, temperature: float) -> list[float]:
    """Return the solutions of m = logistic((h + c * (2 * m - 1)) / temperature), ascending."""

    def excess(m: float) -> float:
        return float(expit((advantage + conformity * (2 * m - 1)) / temperature)) - m

    grid = np.linspace(0.0, 1.0, 2000)  # an even number of points, so that none falls on 1/2
    return [brentq(excess, low, high, xtol=1e-14) for low, high in pairwise(grid) if excess(low) * excess(high) < 0]


@pytest.mark.parametrize(("interaction", "n_solutions"), INTERACTIONS)
def test_that_norms_are_the_solutions_of_brock_and_durlauf(
    interaction: tuple[float, float, float], n_solutions: int
) -> None:
    """From a start at 0.01 the lowest norm comes about, from one at 0.99 the highest (Brock and Durlauf 2001)."""
    advantage, conformity, temperature = interaction
    solutions = norms(advantage, conformity, temperature)
    assert len(solutions) == n_solutions
    if advantage == 0.0:
        assert (len(solutions) == 3) == (conformity / (2 * temperature) > 1)
    officials, months, settled = 30_000, 160, 100
    # With work that always succeeds, h is what a success is worth less the effort: 1 + h - 1.
    settings = {
        **TOSSES,
        **SURE_WORK,
        MOTIVATION: 1.0 + advantage,
        "work.innovation_effort": 1.0,
        "behaviour.conformity": conformity,
        "behaviour.temperature": temperature,
    }
    for start, norm_expected in ((0.01, solutions[0]), (0.99, solutions[-1])):
        scenario = made_scenario({**settings, "behaviour.initial_innovation_share": start}, officials, 1, months)
        found = simulate(scenario, 1).values[0][-settled:, MEASURES.index("innovation_rate")].mean()
        # Shares carry on from month to month with the slope of the map at the norm, so their mean varies more.
        carried_on = norm_expected * (1 - norm_expected) * 2 * conformity / temperature
        error = binomial_error(norm_expected, officials * settled) / (1 - carried_on)
        assert abs(found - norm_expected) < MOST_ERRORS * error
    assert (solutions[-1] - solutions[0] > 0.2) == (n_solutions == 3)


# --- 7. Neutrality -------------------------------------------------------------------------------------------------


def test_that_without_certainty_nobody_is_ever_sanctioned_for_a_failure() -> None:
    job = job_of(made_scenario({"accountability.certainty": 0.0, "accountability.severity": 0.9}, months=120))
    unpursued = 0
    for administration, measures in months_of_run(job, 1):
        total = Counts(*administration.total)
        assert total.honest_cases_unfiled == total.honest_cases_filed == total.negligence_cases == 0
        assert measures[MEASURES.index("sanctions_failures")] == 0.0
        assert total.circulars == total.admonitions == total.disciplines == total.organisational_removals == 0
        unpursued += total.unpursued
    assert unpursued > 0


@pytest.mark.parametrize("name", SETS_OF_PARAMETERS)
def test_that_without_noise_everybody_takes_the_better_action(name: str) -> None:
    settings = {**BINARY, **SAME_PLACES, **NO_CONFORMITY, **NO_HABIT, **NO_CAREER, MOTIVATION: 1.0}
    settings |= SETS_OF_PARAMETERS[name] | {
        "behaviour.temperature": 1e-6,
        "population.public_service_motivation_sd": 0.8,
    }
    settings["work.urgency"] = float(settings.get("work.urgency", 0.0) == 1.0)
    scenario = made_scenario(settings, 5000, 1, 1)
    job = job_of(scenario)
    administration, _ = next(months_of_run(job, 1))
    traits = officials_of(job, administration)
    people = People(traits["competence"], traits["loss_aversion"], traits["public_service_motivation"])
    weighed = weighed_by(people, scenario.parameters, is_urgent=settings["work.urgency"] == 1.0)
    better = weighed.innovation > weighed.inaction
    stays = generations_of(job, administration) == 0
    np.testing.assert_array_equal((actions_of(job, administration) == Action.INNOVATION)[stays], better[stays])
    assert 0 < better.sum() < len(better)


# --- 9. No free duplicates -----------------------------------------------------------------------------------------

# Filing costs nothing and brings nothing.
WORTHLESS_FILING = {
    **TOSSES,
    MOTIVATION: 1.0,
    "exemption.evidence_filing": 0.0,
    "exemption.filing_cost": 0.0,
}
FILING_OPEN = {"behaviour.filed_innovation_open": 1.0}
ROUTINE_OPEN = {"behaviour.routine_open": 1.0}


@pytest.mark.parametrize("others", [{}, ROUTINE_OPEN], ids=["inaction alone", "routine too"])
def test_that_a_worthless_way_to_innovate_brings_no_more_innovation_where_ways_are_all_one(
    others: dict[str, float],
) -> None:
    settings = {**WORTHLESS_FILING, **NO_URGENCY, **others, "behaviour.nesting": 1e-6}
    closed, opened = (rate_of({**settings, **filing}, "innovation_rate", 20_000, 24) for filing in ({}, FILING_OPEN))
    filed = rate_of({**settings, **FILING_OPEN}, "filed_share", 20_000, 24)
    # Under the same draws hardly anybody does otherwise: ln(2) * nesting * temperature is what the second way is worth.
    assert abs(opened - closed) < 1e-5
    assert filed == pytest.approx(0.5, abs=0.01)


def test_that_without_nesting_a_worthless_way_makes_a_three_way_logit() -> None:
    settings = {**WORTHLESS_FILING, **NO_URGENCY, "behaviour.nesting": 1.0}
    parameters = made_scenario(settings).parameters
    weighed = weighed_by(like_everybody(parameters), parameters)
    utilities = np.array([weighed.inaction, weighed.innovation, weighed.innovation])
    share = float(1.0 - softmax(utilities / parameters.behaviour.temperature)[0])
    found = rate_of({**settings, **FILING_OPEN}, "innovation_rate", 20_000, 24)
    assert abs(found - share) < MOST_ERRORS * binomial_error(share, 20_000 * 24)
    closed = rate_of(settings, "innovation_rate", 20_000, 24)
    assert found > closed + 0.05


def test_that_between_the_two_ends_a_duplicate_counts_as_far_as_ways_are_unlike() -> None:
    """With two equal ways the nest weighs 2 to the power of the nesting times either."""
    settings = {**WORTHLESS_FILING, **NO_URGENCY, **FILING_OPEN}
    parameters = made_scenario(settings).parameters
    weighed = weighed_by(like_everybody(parameters), parameters)
    for nesting in (0.2, 0.5, 0.8):
        advantage = (weighed.innovation - weighed.inaction) / parameters.behaviour.temperature
        share = float(expit(advantage + nesting * np.log(2.0)))
        found = rate_of({**settings, "behaviour.nesting": nesting}, "innovation_rate", 20_000, 24)
        assert abs(found - share) < MOST_ERRORS * binomial_error(share, 20_000 * 24)


def test_that_the_median_official_of_these_tests_has_the_median_competence() -> None:
    assert like_everybody(made_scenario(TOSSES).parameters).competence == MEDIAN_COMPETENCE
