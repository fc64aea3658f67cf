"""The seven closed forms of model.md, section 9: what must come out where the model can be solved on paper.

Every comparison is in units of the error that chance allows. With fixed seeds the tests are repeatable; the bound of
4.5 standard errors leaves an honest model a chance of one in 100,000 to fail when a seed is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit, ndtr, ndtri
from scipy.stats import norm

from model.measures import MEASURES
from model.parameters import LADDER_LOSSES, LADDER_SHARES, Parameters
from model.simulate import months_of_run, simulate
from model.vocabulary import Action, Counts
from tests.made_scenarios import (
    BINARY,
    IDENTICAL,
    NO_CAREER,
    NO_LEARNING,
    NOBODY_RETIRES,
    SAME_PLACES,
    actions_of,
    job_of,
    made_scenario,
    officials_of,
)

Settings = Mapping[str, float]
MOST_ERRORS = 4.5
RUNGS = np.arange(4)
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


def rate_of(settings: Settings, name: str, officials: int, months: int) -> float:
    """Return a measure's mean over one run of one jurisdiction."""
    values = simulate(made_scenario(settings, officials, 1, months), 1).values[0]
    return float(values[:, MEASURES.index(name)].mean())


def total_of(settings: Settings, names: list[str], officials: int, months: int) -> np.ndarray:
    """Return the sums of some measures over one run of one jurisdiction."""
    values = simulate(made_scenario(settings, officials, 1, months), 1).values[0]
    return values[:, [MEASURES.index(name) for name in names]].sum(axis=0)


def binomial_error(probability: float, n: float) -> float:
    return float(np.sqrt(probability * (1 - probability) / n))


def ladder_of(severity: float) -> np.ndarray:
    """Return the observed ladder tilted to this severity (section 6)."""

    def at(tilt: float) -> np.ndarray:
        weights = np.array(LADDER_SHARES) * np.exp(tilt * RUNGS)
        return weights / weights.sum()

    if severity in (0.0, 1.0):
        return np.equal(RUNGS, 3 * severity).astype(float)
    return at(brentq(lambda tilt: at(tilt) @ RUNGS - 3 * severity, -50.0, 50.0, xtol=1e-14))


def exemption_of(parameters: Parameters, evidence: float) -> float:
    """Return the probability X that an honest failure with this strength of evidence ends exempt (section 5)."""
    exemption = parameters.exemption
    at_once = ndtr(evidence - exemption.evidence_complexity + ndtri(exemption.probability))
    remedy = exemption.remedy if exemption.probability > 0 else 0.0
    return float(exemption.access * (at_once + (1 - at_once) * remedy))


def binary_terms(
    parameters: Parameters, competence: np.ndarray | float, loss_aversion: np.ndarray | float, drive: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Return B - U_inaction and risk (section 4.4) of officials without any past, where nobody conforms."""
    accountability, work, public = parameters.accountability, parameters.work, parameters.public
    success = (1 - work.force_majeure) * (1 - work.complexity) * (1 - work.ability_weight * (1 - competence))
    pursued = (1 - success) * accountability.certainty * (1 - public.tolerance_weight * public.tolerance)
    risk = pursued * loss_aversion * (ladder_of(accountability.severity) @ LADDER_LOSSES)
    gain = success * drive - work.innovation_effort - parameters.supervision.red_tape * parameters.supervision.detection
    burden = pursued * parameters.exemption.review_burden * loss_aversion
    inaction = -loss_aversion * accountability.inaction_certainty * accountability.inaction_loss
    return gain - burden - inaction, risk


def binary_advantage(
    parameters: Parameters, competence: np.ndarray | float, loss_aversion: np.ndarray | float, drive: np.ndarray | float
) -> np.ndarray:
    """Return by how much innovation is worth more than inaction to officials without any past."""
    evidence = parameters.exemption.evidence_complexity
    # e^ * u is credence times the exemption of an unfiled case, unless nobody is exempted at all.
    believed = parameters.behaviour.credence * exemption_of(parameters, evidence)
    base, risk = binary_terms(parameters, competence, loss_aversion, drive)
    return np.asarray(base - risk * (1 - believed))


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


# --- 4. Disclosure -------------------------------------------------------------------------------------------------

DISCLOSURES = [(0.5, 0.1, 0.6), (0.4, 0.3, 0.9), (0.7, 0.05, 1.0), (0.3, 0.8, 0.8), (0.5, 0.0, 0.6), (0.2, 1.0, 0.1)]


def believed_in_the_long_run(exemption: float, disclosure: float, publicity: float) -> float:
    return exemption * disclosure / (exemption * disclosure + (1 - exemption) * publicity)


def test_that_half_exempted_but_seldom_disclosed_looks_like_one_in_seven() -> None:
    assert believed_in_the_long_run(0.5, 0.1, 0.6) == pytest.approx(0.14, abs=0.005)


@pytest.mark.parametrize(("exemption", "disclosure", "publicity"), DISCLOSURES)
def test_that_officials_come_to_believe_the_exemption_that_is_disclosed(
    exemption: float, disclosure: float, publicity: float
) -> None:
    """With long memory, no prior and no negativity: e * D / (e * D + (1 - e) * P)."""
    causes_alike = {f"exemption.evidence_{cause}": 2.0 for cause in ("force_majeure", "ability")}
    settings = {
        **BINARY,
        **causes_alike,
        "exemption.probability": exemption,
        "exemption.disclosure": disclosure,
        "exemption.access": 1.0,
        "exemption.remedy": 0.0,
        "accountability.publicity": publicity,
        "accountability.severity": 0.0,
        "behaviour.prior_strength": 1e-9,
        "behaviour.memory_half_life_months": 1e9,
        "behaviour.negativity": 1.0,
        "behaviour.weight_own": 0.0,
        "behaviour.temperature": 100.0,
    }
    scenario = made_scenario(settings, 20_000, 1, 60, [NOBODY_RETIRES])
    values = simulate(scenario, 1).values[0]
    found = values[-1, MEASURES.index("perceived_exemption")]
    n_cases = values[:-1, MEASURES.index("cases")].sum()
    expected = believed_in_the_long_run(exemption, disclosure, publicity)
    slope = disclosure * publicity / (exemption * disclosure + (1 - exemption) * publicity) ** 2
    assert abs(found - expected) <= MOST_ERRORS * slope * binomial_error(exemption, n_cases) + 1e-6
    actual = values[:, MEASURES.index("exemptions")].sum() / values[:, MEASURES.index("cases")].sum()
    assert abs(actual - exemption) < MOST_ERRORS * binomial_error(exemption, n_cases)


# --- 5. Ladder -----------------------------------------------------------------------------------------------------

RUNG_MEASURES = ["reminders", "light_sanctions", "heavy_sanctions", "dismissals"]


@pytest.mark.parametrize("severity", [0.0, 0.05, 0.159, 0.3, 0.6, 0.9, 1.0])
def test_that_sanctions_fall_on_the_rungs_as_the_tilted_ladder_says(severity: float) -> None:
    settings = {"accountability.severity": severity, "exemption.probability": 0.0, "work.routine_failure": 1.0}
    settings["behaviour.temperature"] = 100.0
    rungs = total_of(settings, RUNG_MEASURES, 20_000, 24)
    shares = ladder_of(severity)
    for n_on_rung, share in zip(rungs, shares, strict=True):
        assert abs(n_on_rung / rungs.sum() - share) <= MOST_ERRORS * binomial_error(share, rungs.sum()) + 1e-12
    assert rungs.sum() > 50_000


def test_that_the_default_severity_gives_the_shares_of_the_discipline_commission() -> None:
    """CCDI 2023: 63.8, 28.6, 3.7 and 3.9%, to 1e-3."""
    np.testing.assert_allclose(ladder_of(0.159), [0.638, 0.286, 0.037, 0.039], atol=1e-9)
    rungs = total_of({"exemption.probability": 0.0, "behaviour.temperature": 100.0}, RUNG_MEASURES, 100_000, 120)
    assert rungs.sum() > 1e6
    np.testing.assert_allclose(rungs / rungs.sum(), [0.638, 0.286, 0.037, 0.039], atol=1e-3)


# --- 6. Classification ---------------------------------------------------------------------------------------------

ONLY_CAUSE = {
    "force_majeure": {"work.force_majeure": 1.0},
    "complexity": {"work.force_majeure": 0.0, "work.complexity": 0.95, "work.ability_weight": 0.0},
    "ability": {"work.force_majeure": 0.0, "work.complexity": 0.0, "work.ability_weight": 1.0},
}
RULES = {
    "default rule": {},
    "clear list": {"exemption.evidence_force_majeure": 4.0, "exemption.evidence_ability": 2.5, "exemption.access": 1.0},
    "strict, many appeals": {"exemption.probability": 0.05, "exemption.remedy": 0.5},
    "nobody": {"exemption.probability": 0.0, "exemption.remedy": 0.5},
    "everybody": {"exemption.probability": 1.0},
}


def frequency(settings: Settings, part: str, whole: str) -> tuple[float, float]:
    """Return how often a case ended one way, and how many cases there were."""
    scenario = made_scenario({**settings, **SAME_PLACES, "accountability.severity": 0.0}, 20_000, 1, 12)
    job = job_of(scenario)
    counts = sum(administration.total.copy() for administration, _ in months_of_run(job, 1))
    totals = Counts(*counts)._asdict()
    return totals[part] / totals[whole], float(totals[whole])


@pytest.mark.parametrize("is_filed", [False, True])
@pytest.mark.parametrize("cause", ONLY_CAUSE)
@pytest.mark.parametrize("rule", RULES)
def test_that_honest_failures_are_exempted_as_often_as_their_evidence_says(
    rule: str, cause: str, is_filed: bool
) -> None:
    # Innovating is worth far more than anything else, and filing costs nothing or too much.
    settings = {**ONLY_CAUSE[cause], **RULES[rule], "behaviour.self_dealing_open": 0.0, "behaviour.conformity": 0.0}
    settings |= {"work.innovation_effort": 0.0, "accountability.inaction_loss": 100.0, "behaviour.routine_open": 0.0}
    settings |= {"accountability.inaction_certainty": 1.0, "behaviour.filed_innovation_open": float(is_filed)}
    if is_filed:
        settings |= {"exemption.filing_cost": 0.0, "behaviour.temperature": 1e-6}
    parameters = made_scenario(settings).parameters
    evidence = getattr(parameters.exemption, f"evidence_{cause}") + is_filed * parameters.exemption.evidence_filing
    expected = exemption_of(parameters, evidence)
    found, n_cases = frequency(settings, "honest_exemptions", "honest_cases")
    assert n_cases > 5000
    assert abs(found - expected) <= MOST_ERRORS * binomial_error(expected, n_cases) + 1e-12


@pytest.mark.parametrize("rule", RULES)
def test_that_private_gain_is_wrongly_exempted_as_often_as_noise_passes_for_evidence(rule: str) -> None:
    settings = {**RULES[rule], "work.self_dealing_gain": 100.0}
    exemption = made_scenario(settings).parameters.exemption
    expected = exemption.access * float(ndtr(ndtri(exemption.probability) - exemption.evidence_complexity))
    found, n_cases = frequency(settings, "wrongful_exemptions", "self_dealing_cases")
    assert n_cases > 5000
    assert abs(found - expected) <= MOST_ERRORS * binomial_error(expected, n_cases) + 1e-12


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
