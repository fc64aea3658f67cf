"""Every mechanism of model.md, section 7, has its switch, and at its neutral value the mechanism is off."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from model.measures import MEASURES
from model.parameters import Parameters, about, mechanisms, parameter_paths, replaced, row_of, value_at
from model.policy import setting_of
from model.reasons import Reasons, reasons_of
from model.rules.career import horizon
from model.rules.decision import BY_DEFAULT
from model.rules.evidence import news_of
from model.rules.utility import Circumstances
from model.scenario.schema import settable_paths
from model.simulate import months_of_run, simulate
from model.state import National, OfficialState
from model.vocabulary import N_COUNTS, Counts
from tests.made_scenarios import job_of, made_scenario, officials_of

# The paragraph "Mechanism switches" of section 7, in its order.
LISTED = (
    "learning_from_cases",
    "conformity",
    "habit",
    "negativity",
    "disclosure",
    "learning_by_doing",
    "public_loop",
    "care",
    "remedy",
    "filing",
    "self_dealing",
    "review_burden",
    "urgency",
    "nesting",
    "career_horizon",
    "loss_aversion",
    "heterogeneity",
    "flexibility",
)
# What does nothing once a mechanism is off, though it does something while it is on.
IDLE_WITHOUT: dict[str, list[dict[str, float]]] = {
    "learning_from_cases": [
        {"behaviour.circle": 400.0},
        {"behaviour.negativity": 3.0},
        {"behaviour.memory_half_life_months": 6.0},
        {"behaviour.prior_strength": 31.0},
        {"accountability.publicity": 0.3},
        {"exemption.disclosure": 0.9},
    ],
    "conformity": [{"behaviour.initial_innovation_share": 0.9}],
    "learning_by_doing": [{"work.learning_half": 24.0}, {"work.diffusion": 0.9}],
    "public_loop": [
        {"public.tolerance": 0.8},
        {"public.objectivity": 0.9},
        {"public.loss_failure": 0.2},
        {"public.gain_success": 0.2},
        {"public.reversion": 0.2},
    ],
    "care": [{"work.care_cost": 1.5}, {"work.routine_care_cost": 0.3}],
    "filing": [{"exemption.filing_cost": 0.0}, {"exemption.evidence_filing": 2.0}],
    "self_dealing": [{"work.self_dealing_gain": 3.0}, {"accountability.misconduct_severity": 0.2}],
    "urgency": [{"work.haste": 0.4}],
    "flexibility": [{"guidance.local_knowledge": 1.0}, {"guidance.local_favour": 1.0}],
}
ON: dict[str, dict[str, float]] = {"flexibility": {"guidance.flexibility": 0.5}}
# Measures that say how the world is, not what anybody does: they may move where nobody listens.
SPECTATORS = {"public_loop": {"public_tolerance"}}
LIVELY = {"accountability.certainty": 0.2}
OFFICIAL = OfficialState(0.6, 2.0, 0.4, 0.8, 0.6, 40.0, 0.0, 1.0, 2.0, 1.0, 2.0, 2.0, 1.0, 7.0)
HERE = Circumstances(0.03, 0.35, 0.25, 0.05, 0.1, 3.0, 0.1, 4.0, 0.3, 0.4, 0.03, 0.9, 0.5, 0.3, 0.2, 1.0)


def neutral(mechanism: str, parameters: Parameters | None = None) -> dict[str, float]:
    """Return the settings that switch a mechanism off, a path standing for the value of that parameter."""
    base = parameters or Parameters()
    settings = mechanisms()[mechanism].items()
    return {path: value_at(base, value) if isinstance(value, str) else value for path, value in settings}


def values_with(settings: Mapping[str, float], mechanism: str = "") -> np.ndarray:
    """Return the measures of a run, (months, measures), without those that a mechanism leaves to themselves."""
    values = simulate(made_scenario({**LIVELY, **settings}, 200, 5, 24), 1).values[0]
    kept = [place for place, name in enumerate(MEASURES) if name not in SPECTATORS.get(mechanism, ())]
    return values[:, kept]


def reasons_without(mechanism: str) -> Reasons:
    """Return the reasons of an official where a mechanism is off."""
    parameters = replaced(Parameters(), neutral(mechanism))
    return reasons_of(OFFICIAL, HERE, np.array(row_of(parameters)), 0.99, BY_DEFAULT)


def test_that_every_mechanism_of_the_model_has_a_switch() -> None:
    assert set(mechanisms()) == set(LISTED)
    assert len(LISTED) == 18


def test_that_switches_are_parameters_at_values_they_may_have() -> None:
    for mechanism, settings in mechanisms().items():
        assert set(settings) <= set(parameter_paths())
        for path, value in neutral(mechanism).items():
            low, high = about(path).bounds
            assert low <= value <= high, f"{mechanism}: {path}"


@pytest.mark.parametrize("mechanism", LISTED)
def test_that_a_mechanism_can_be_switched_off_in_a_scenario(mechanism: str) -> None:
    paths = {path for path in mechanisms()[mechanism] if not path.endswith("_open")}
    assert paths <= set(settable_paths("scenario"))
    assert setting_of(made_scenario(neutral(mechanism))).months == 120


@pytest.mark.parametrize("mechanism", sorted(set(LISTED) - {"flexibility"}))
def test_that_by_default_every_mechanism_but_flexibility_is_on(mechanism: str) -> None:
    assert not np.array_equal(values_with(neutral(mechanism)), values_with({}), equal_nan=True)


@pytest.mark.parametrize("mechanism", IDLE_WITHOUT)
def test_that_without_a_mechanism_what_belongs_to_it_does_nothing(mechanism: str) -> None:
    off, on = neutral(mechanism), ON.get(mechanism, {})
    for push in IDLE_WITHOUT[mechanism]:
        without = values_with(off, mechanism)
        np.testing.assert_array_equal(values_with({**off, **push}, mechanism), without, err_msg=str(push))
        with_it = values_with(on, mechanism)
        assert not np.array_equal(values_with({**on, **push}, mechanism), with_it, equal_nan=True), push


@pytest.mark.parametrize(("mechanism", "term"), [("conformity", "conformity"), ("habit", "habit"), ("care", "care")])
def test_that_without_a_mechanism_its_gain_is_nothing(mechanism: str, term: str) -> None:
    assert not any(getattr(reasons_without(mechanism).terms, term))


@pytest.mark.parametrize(("mechanism", "term"), [("review_burden", "review"), ("care", "negligence")])
def test_that_without_a_mechanism_its_cost_is_nothing(mechanism: str, term: str) -> None:
    assert not any(getattr(reasons_without(mechanism).terms, term))


@pytest.mark.parametrize(("mechanism", "action"), [("filing", "filed_innovation"), ("self_dealing", "self_dealing")])
def test_that_an_action_that_is_switched_off_has_no_probability(mechanism: str, action: str) -> None:
    assert getattr(reasons_without(mechanism).probabilities, action) == pytest.approx(0.0, abs=1e-200)


def test_that_without_nesting_the_choice_is_a_plain_logit() -> None:
    reasons = reasons_without("nesting")
    weights = np.exp(np.array(reasons.utilities) / Parameters().behaviour.temperature)
    np.testing.assert_allclose(reasons.probabilities, weights / weights.sum(), rtol=1e-12)


def test_that_without_care_nobody_fails_by_negligence() -> None:
    values = simulate(made_scenario({**LIVELY, **neutral("care")}, 200, 5, 24), 1).values[0]
    for name in ("failures_negligence", "routine_failures"):
        assert not values[:, MEASURES.index(name)].any()


def test_that_without_remedy_an_appeal_changes_nothing() -> None:
    """X is access times what reviewers recognise: 0.8 * 0.4 for complexity."""
    job = job_of(made_scenario({**neutral("remedy"), "work.complexity_spread": 0.0}, 20, 1, 1))
    administration, _ = next(months_of_run(job, 1))
    assert administration.tables[0, 2] == pytest.approx(0.8 * 0.4)


def test_that_without_negativity_good_news_and_bad_weigh_alike_and_with_disclosure_as_publicity_are_as_well_known() -> (
    None
):
    """With both off, as many exemptions as sanctions make exemption one half."""
    parameters = replaced(Parameters(), {**neutral("negativity"), **neutral("disclosure")})
    half = Counts(*[0] * N_COUNTS)._replace(
        officials=50,
        honest_cases_unfiled=6,
        honest_exemptions_unfiled=3,
        honest_cases_filed=4,
        honest_exemptions_filed=2,
    )
    news = news_of(half, National(*[0.0] * 6), parameters)
    assert news.exemption_seen_unfiled == pytest.approx(news.exemption_denied_unfiled)
    assert news.exemption_seen_filed == pytest.approx(news.exemption_denied_filed)
    biased = news_of(half, National(*[0.0] * 6), Parameters())
    assert biased.exemption_denied_unfiled > 2 * biased.exemption_seen_unfiled


def test_that_disclosure_follows_publicity_where_that_is_otherwise_than_by_default() -> None:
    parameters = replaced(Parameters(), {"accountability.publicity": 0.5})
    assert neutral("disclosure", parameters) == {"exemption.disclosure": 0.5}


def test_that_without_the_career_horizon_hope_lasts_until_retirement() -> None:
    career = replaced(Parameters(), neutral("career_horizon")).career
    assert {horizon(age, 0.0, career) for age in np.linspace(28.0, 59.99, 50)} == {1.0}
    assert horizon(56.0, 0.0, Parameters().career) == 0.5


@pytest.mark.parametrize(("mechanism", "spread"), [("heterogeneity", 1), ("loss_aversion", 100)])
def test_that_without_spread_all_are_alike_and_without_loss_aversion_a_loss_weighs_as_much_as_a_gain(
    mechanism: str, spread: int
) -> None:
    job = job_of(made_scenario(neutral(mechanism), 100, 1, 1))
    states = officials_of(job, next(months_of_run(job, 1))[0])
    for trait in ("competence", "public_service_motivation", "ambition", "integrity"):
        assert spread - 20 <= len(set(states[trait])) <= spread
    assert len(set(states["loss_aversion"])) == 1
    if mechanism == "loss_aversion":
        assert states["loss_aversion"][0] == pytest.approx(1.0)
