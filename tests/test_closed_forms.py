"""Closed forms of choice and of norms (model.md, section 9, numbers 1 to 3 and 7): what must come out where the model
can be solved on paper, within the error that chance allows.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit
from scipy.stats import norm

from model.measures import MEASURES
from model.simulate import months_of_run, simulate
from model.vocabulary import Action, Counts
from tests.closed_forms import MOST_ERRORS, binary_advantage, binary_terms, binomial_error, rate_of
from tests.made_scenarios import (
    BINARY,
    IDENTICAL,
    NO_CAREER,
    NO_LEARNING,
    SAME_PLACES,
    actions_of,
    job_of,
    made_scenario,
    officials_of,
)

NO_CONFORMITY = {"behaviour.conformity": 0.0}
# Two actions, everybody alike, the same every month: each official-month is one more toss of the same coin.
TOSSES = {**BINARY, **IDENTICAL, **NO_LEARNING, **NO_CAREER, **SAME_PLACES, **NO_CONFORMITY}
# The only thing that decides is by how much a success is worth more than the effort.
SURE_WORK = {
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
    "strict": {"accountability.certainty": 1.0, "accountability.severity": 0.5, "exemption.probability": 0.05},
    "lenient": {"exemption.probability": 0.95, "exemption.access": 1.0, "behaviour.credence": 1.0},
    "heavy process": {"exemption.review_burden": 0.5, "supervision.red_tape": 0.5, "behaviour.temperature": 0.6},
    "inaction punished": {"accountability.inaction_certainty": 0.3, "accountability.inaction_loss": 1.0},
    "motivated": {"population.public_service_motivation_mean": 1.5, "behaviour.temperature": 0.1},
}


@pytest.mark.parametrize("name", SETS_OF_PARAMETERS)
def test_that_identical_officials_innovate_as_often_as_the_logit_says(name: str) -> None:
    """McFadden 1974, without learning and conformity, binary."""
    # Motivation carries the drive, so that careers do not matter, nor who is dismissed: all newcomers are alike.
    settings = {**TOSSES, "population.public_service_motivation_mean": 1.0, **SETS_OF_PARAMETERS[name]}
    scenario = made_scenario(settings, 20_000, 1, 24)
    motivation = scenario.parameters.population.public_service_motivation_mean
    share = float(
        expit(
            binary_advantage(scenario.parameters, expit(0.4), 1.955, motivation)
            / scenario.parameters.behaviour.temperature
        )
    )
    found = rate_of(settings, "innovation_rate", 20_000, 24)
    assert abs(found - share) < MOST_ERRORS * binomial_error(share, 20_000 * 24)
    assert 0.001 < share < 0.999


@pytest.mark.parametrize("name", SETS_OF_PARAMETERS)
def test_that_different_officials_innovate_as_often_as_the_logit_of_their_traits_says(name: str) -> None:
    """In the first month, with all traits spread and careers ahead: the mean and the spread of 200,000 coins."""
    n = 200_000
    settings = {**BINARY, **SAME_PLACES, **NO_CONFORMITY, **SETS_OF_PARAMETERS[name]}
    scenario = made_scenario(settings, n, 1, 1)
    job, parameters = job_of(scenario), scenario.parameters
    # The same persons at the end of a month in which nobody could be dismissed.
    harmless = job_of(made_scenario({**settings, "accountability.severity": 0.0}, n, 1, 1))
    administration, _ = next(months_of_run(harmless, 1))
    traits = officials_of(harmless, administration)
    horizon = np.clip((60.0 - (traits["age"] - 1 / 12)) / (60.0 - 52.0), 0.0, 1.0)
    drive = traits["ambition"] * horizon + traits["public_service_motivation"]
    advantage = binary_advantage(parameters, traits["competence"], traits["loss_aversion"], drive)
    share = expit(advantage / parameters.behaviour.temperature)
    stays = traits["age"] > 28.0 + 5.0  # a newcomer of this month is younger, and not the one who chose
    administration, _ = next(months_of_run(job, 1))
    innovated = actions_of(job, administration)[stays] >= Action.INNOVATION
    error = np.sqrt((share[stays] * (1 - share[stays])).sum())
    assert abs(innovated.sum() - share[stays].sum()) < MOST_ERRORS * error


TRAIT_SPREADS = {
    "loss_aversion": ({"population.loss_aversion_sd": 0.6}, lambda z: 1.955 * np.exp(0.6 * z)),
    "public_service_motivation": ({"population.public_service_motivation_sd": 0.8}, lambda z: max(1.4 + 0.8 * z, 0.0)),
    "competence": ({"population.competence_sd": 2.0}, lambda z: expit(0.4 + 2.0 * z)),
}


@pytest.mark.parametrize("trait", TRAIT_SPREADS)
def test_that_with_a_spread_trait_the_innovation_rate_is_the_trait_averaged_logit(trait: str) -> None:
    """The integral of the logit over the distribution of the trait, one trait at a time, in the first month."""
    n = 400_000
    spread, value_at = TRAIT_SPREADS[trait]
    settings = {**TOSSES, "population.public_service_motivation_mean": 1.4, **spread}
    parameters = made_scenario(settings).parameters

    def share(z: float) -> float:
        traits = {"competence": expit(0.4), "loss_aversion": 1.955, "public_service_motivation": 1.4}
        traits[trait] = value_at(z)
        return float(expit(binary_advantage(parameters, *traits.values()) / parameters.behaviour.temperature))

    averaged = quad(lambda z: share(z) * norm.pdf(z), -9.0, 9.0, points=[-1.4 / 0.8], limit=200)[0]
    found = rate_of(settings, "innovation_rate", n, 1)
    assert abs(found - averaged) < MOST_ERRORS * binomial_error(averaged, n)
    assert abs(averaged - share(0.0)) > 5 * binomial_error(averaged, n)  # the spread makes a difference at all


# --- 2. Critical exemption -----------------------------------------------------------------------------------------

# Filing adds no evidence (u = 1) and the document is believed in full, so that e^ is the exemption probability.
BELIEVED = {
    **TOSSES,
    "exemption.evidence_filing": 0.0,
    "exemption.access": 1.0,
    "exemption.remedy": 0.0,
    "behaviour.credence": 1.0,
}
CRITICAL = {
    "defaults": {"population.public_service_motivation_mean": 1.25},
    "severe": {"population.public_service_motivation_mean": 1.5, "accountability.severity": 0.4},
    "sure": {"population.public_service_motivation_mean": 1.4, "accountability.certainty": 1.0},
    "sharp": {"population.public_service_motivation_mean": 1.2, "behaviour.temperature": 0.1},
}


@pytest.mark.parametrize("name", CRITICAL)
def test_that_half_innovate_at_the_critical_exemption(name: str) -> None:
    """The exemption at which innovation and inaction are equally attractive: 1 - (B - U_inaction) / risk."""
    officials, months = 20_000, 12
    settings = {**BELIEVED, **CRITICAL[name]}
    parameters = made_scenario(settings).parameters
    motivation = parameters.population.public_service_motivation_mean
    base, risk = binary_terms(parameters, expit(0.4), 1.955, motivation)
    critical = float(1 - base / risk)
    assert 0.05 < critical < 0.95

    def excess(exemption: float) -> float:
        return rate_of({**settings, "exemption.probability": exemption}, "innovation_rate", officials, months) - 0.5

    found = brentq(excess, 0.0, 1.0, xtol=1e-6)
    slope = 0.25 * float(risk) / parameters.behaviour.temperature
    assert abs(found - critical) < MOST_ERRORS * binomial_error(0.5, officials * months) / slope


def test_that_where_every_case_is_let_off_severity_is_irrelevant() -> None:
    """At X = 1 and without a burden of review: not one number of a run of the binary model changes."""
    sheltered = {"exemption.probability": 1.0, "exemption.access": 1.0, "exemption.review_burden": 0.0}
    sheltered |= {**BINARY, "behaviour.credence": 1.0}
    runs = [
        simulate(made_scenario({**sheltered, "accountability.severity": severity}, 400, 8, 60), 2).values
        for severity in (0.0, 0.159, 1.0)
    ]
    np.testing.assert_array_equal(runs[0], runs[1])
    np.testing.assert_array_equal(runs[0], runs[2])


def test_that_where_some_are_sanctioned_severity_is_not_irrelevant() -> None:
    mild, hard = (
        rate_of({**BELIEVED, "accountability.severity": severity}, "innovation_rate", 5000, 12)
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
        "population.public_service_motivation_mean": 1.0 + advantage,
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


def test_that_without_certainty_nobody_is_ever_sanctioned_for_an_honest_innovation() -> None:
    job = job_of(made_scenario({"accountability.certainty": 0.0, "accountability.severity": 0.9}, months=120))
    for administration, _ in months_of_run(job, 1):
        total = Counts(*administration.total)
        assert total.honest_cases == total.honest_exemptions == 0
        assert total.sanctions_innovation == total.self_dealing_cases - total.wrongful_exemptions
        assert total.unpursued > 0


@pytest.mark.parametrize("name", SETS_OF_PARAMETERS)
def test_that_without_noise_everybody_takes_the_better_action(name: str) -> None:
    settings = {**BINARY, **SAME_PLACES, **NO_CONFORMITY, **SETS_OF_PARAMETERS[name], "behaviour.temperature": 1e-6}
    settings |= NO_CAREER | {"population.public_service_motivation_mean": 1.3, "accountability.severity": 0.0}
    scenario = made_scenario(settings, 5000, 1, 1)
    job = job_of(scenario)
    administration, _ = next(months_of_run(job, 1))
    traits = officials_of(job, administration)
    drive = traits["public_service_motivation"]
    better = binary_advantage(scenario.parameters, traits["competence"], traits["loss_aversion"], drive) > 0
    stays = traits["age"] > 33.0
    np.testing.assert_array_equal((actions_of(job, administration) == Action.INNOVATION)[stays], better[stays])
    assert better.any()
