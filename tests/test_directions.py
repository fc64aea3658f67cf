"""Push a lever, expect a sign: what theory says a lever does, it does, beyond what chance could.

Every test compares two policies run by run under common random numbers and asks that the 95% interval of the paired
difference lies on one side of 0. The name states the theory.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np
from scipy.stats import t

from model.measures import MEASURES
from model.scenario import Change
from model.simulate import simulate, window_means
from tests.made_scenarios import made_scenario

RUNS = 16
OFFICIALS, JURISDICTIONS, MONTHS = 600, 12, 72
# The windows over which runs are compared: what comes of a policy in the end.
WINDOW_MONTHS = 36


@functools.cache
def _runs(settings: frozenset[tuple[str, float]]) -> np.ndarray:
    scenario = made_scenario(dict(settings), OFFICIALS, JURISDICTIONS, MONTHS)
    return window_means(simulate(scenario, RUNS).values, WINDOW_MONTHS)


def interval(policy: np.ndarray, base: np.ndarray) -> tuple[float, float]:
    """Return the 95% interval of the mean paired difference of the values of runs, (runs,) each."""
    differences = (policy - base)[~np.isnan(policy - base)]
    n = differences.size
    half = t.ppf(0.975, n - 1) * differences.std(ddof=1) / np.sqrt(n)
    return differences.mean() - half, differences.mean() + half


def effect(measure: str, lever: Mapping[str, float], base: Mapping[str, float] | None = None) -> tuple[float, float]:
    """Return the interval of what a lever does to a measure, on top of the defaults or of another base."""
    below = dict(base or {})
    policies = (_runs(frozenset({**below, **lever}.items())), _runs(frozenset(below.items())))
    place = MEASURES.index(measure)
    return interval(policies[0][:, place], policies[1][:, place])


def assert_raises(measure: str, lever: Mapping[str, float], base: Mapping[str, float] | None = None) -> None:
    low, high = effect(measure, lever, base)
    assert low > 0.0, f"{dict(lever)} should raise {measure}, found {low:.4g} to {high:.4g}"


def assert_lowers(measure: str, lever: Mapping[str, float], base: Mapping[str, float] | None = None) -> None:
    low, high = effect(measure, lever, base)
    assert high < 0.0, f"{dict(lever)} should lower {measure}, found {low:.4g} to {high:.4g}"


# --- Accountability ------------------------------------------------------------------------------------------------


def test_that_surer_accountability_chills_innovation_as_deterrence_theory_says() -> None:
    surer = {"accountability.certainty": 0.12}
    assert_lowers("innovation_rate", surer)
    assert_raises("perceived_accountability", surer)
    assert_raises("lazy_prevalence", surer)


def test_that_accountability_disciplines_as_the_theory_of_moral_hazard_says() -> None:
    """Holmström 1979: what is sanctioned more surely or harder is done with more care, and fails less by negligence."""
    for harsher in ({"accountability.certainty": 0.12}, {"accountability.severity": 0.5}):
        assert_raises("care", harsher)
        assert_raises("routine_care", harsher)
        assert_lowers("failures_negligence", harsher)


def test_that_harder_sanctions_chill_innovation_as_deterrence_theory_says() -> None:
    assert_lowers("innovation_rate", {"accountability.severity": 0.5})


def test_that_strictness_with_private_gain_deters_it_as_the_economics_of_crime_says() -> None:
    """Becker 1968."""
    mild = {"accountability.misconduct_severity": 0.2}
    assert_raises("self_dealing_share", mild)
    assert_lowers("public_value", mild)
    assert_lowers("self_dealing_share", {"accountability.misconduct_severity": 0.9})


def test_that_publicity_of_sanctions_spreads_fear_as_learning_from_what_is_published_says() -> None:
    quiet = {"accountability.publicity": 0.3}
    assert_lowers("perceived_accountability", quiet)
    assert_raises("perceived_exemption", quiet)
    assert_raises("innovation_rate", quiet)


def test_that_punishing_inaction_buys_routine_more_than_innovation_as_the_theory_of_blame_avoidance_says() -> None:
    punished = {"accountability.inaction_certainty": 0.04}
    assert_lowers("inaction_rate", punished)
    assert_lowers("lazy_prevalence", punished)
    assert_raises("sanctions_inaction", punished)
    low, _ = effect("routine_rate", punished)
    _, high = effect("innovation_rate", punished)
    assert low > high


def test_that_a_dearer_inaction_is_done_less_as_deterrence_theory_says() -> None:
    assert_lowers("inaction_rate", {"accountability.inaction_loss": 10.0})


def test_that_a_bar_on_promotion_takes_away_what_to_work_for_as_tournament_theory_says() -> None:
    """Lazear and Rosen 1981: without the bar those called to account for inaction work again sooner."""
    assert_lowers("inaction_rate", {"accountability.inaction_freeze_months": 0.0})


# --- Exemption -----------------------------------------------------------------------------------------------------


def test_that_tolerance_of_failure_encourages_innovation_as_the_theory_of_exploration_says() -> None:
    """Manso 2011."""
    assert_raises("innovation_rate", {"exemption.probability": 0.8})


def test_that_access_to_exemption_encourages_innovation_as_expected_utility_says() -> None:
    assert_raises("actual_exemption", {"exemption.access": 1.0})
    assert_raises("innovation_rate", {"exemption.access": 1.0})


def test_that_a_remedy_corrects_wrongful_denials_as_the_theory_of_two_errors_says() -> None:
    assert_raises("actual_exemption", {"exemption.remedy": 0.5})
    assert_raises("innovation_rate", {"exemption.remedy": 0.5})


def test_that_disclosure_builds_trust_as_the_theory_of_observational_learning_says() -> None:
    seen = {"exemption.disclosure": 0.9}
    assert_raises("perceived_exemption", seen)
    assert_lowers("perceived_accountability", seen)
    assert_raises("innovation_rate", seen)


def test_that_filing_spreads_where_it_is_better_evidence_or_cheaper_as_signalling_theory_says() -> None:
    assert_raises("filed_share", {"exemption.evidence_filing": 2.0})
    assert_raises("filed_share", {"exemption.filing_cost": 0.0})
    assert_raises("innovation_rate", {"exemption.filing_cost": 0.0})


def test_that_the_burden_of_review_deters_as_the_theory_of_process_as_punishment_says() -> None:
    assert_lowers("innovation_rate", {"exemption.review_burden": 0.5})


def test_that_leniency_shelters_private_gain_and_negligence_as_signal_detection_theory_says() -> None:
    """Leniency moves the threshold for honest and dishonest alike (Green and Swets 1966)."""
    lenient = {"exemption.probability": 0.95}
    assert_raises("self_dealing_share", lenient)
    assert_raises("wrongful_exemptions", lenient)
    assert_lowers("care", lenient)
    assert_lowers("public_value", lenient)


CLEAR_LIST = {
    "exemption.evidence_force_majeure": 4.0,
    "exemption.evidence_complexity": 3.0,
    "exemption.evidence_ability": 2.0,
}


def test_that_a_clear_list_tells_the_honest_apart_as_signal_detection_theory_says() -> None:
    """At a burden of proof that is held, more of the honest are exempted and no more of the guilty."""
    assert_raises("actual_exemption", CLEAR_LIST)
    assert_raises("innovation_rate", CLEAR_LIST)
    assert_raises("public_value", CLEAR_LIST)
    lenient = {"exemption.probability": 0.95, "work.self_dealing_gain": 2.0}
    assert_lowers("wrongful_exemptions", CLEAR_LIST, lenient)
    assert_lowers("self_dealing_share", CLEAR_LIST, lenient)


def test_that_negligence_that_looks_honest_is_done_more_as_the_theory_of_moral_hazard_says() -> None:
    blurred = {"exemption.evidence_negligence": 1.0}
    assert_lowers("care", blurred)
    assert_raises("failures_negligence", blurred)


def test_that_cautious_reviewers_exempt_less_where_the_public_is_angry_as_the_theory_of_blame_avoidance_says() -> None:
    cautious = {"exemption.caution": 3.0}
    assert_lowers("nerve", cautious)
    assert_lowers("actual_exemption", cautious)
    assert_lowers("innovation_rate", cautious)


def test_that_what_is_put_right_is_resented_less_as_the_theory_of_service_recovery_says() -> None:
    corrected = {"exemption.correction": 1.0}
    assert_raises("public_tolerance", corrected)
    assert_raises("public_value", corrected)


# --- Supervision ---------------------------------------------------------------------------------------------------


def test_that_detection_deters_private_gain_as_the_economics_of_crime_says() -> None:
    """Becker 1968."""
    assert_lowers("self_dealing_share", {"supervision.detection": 0.5})
    assert_raises("self_dealing_share", {"work.self_dealing_gain": 3.0})


def test_that_red_tape_deters_innovation_as_transaction_cost_theory_says() -> None:
    assert_lowers("innovation_rate", {"supervision.red_tape": 0.5})


# --- Guidance and work ---------------------------------------------------------------------------------------------


def test_that_local_flexibility_evens_out_innovation_as_its_design_says() -> None:
    """Where the rate follows the risk, places differ less in what they dare."""
    assert_lowers("innovation_dispersion", {"guidance.flexibility": 1.0}, {"work.complexity_spread": 0.3})


def test_that_places_know_more_and_favour_their_own_as_the_theory_of_decentralisation_says() -> None:
    """Oates 1972 for knowledge; Bardhan and Mookherjee 2000 for capture."""
    flexible = {"guidance.flexibility": 1.0}
    assert_raises("actual_exemption", {"guidance.local_knowledge": 1.0}, flexible)
    assert_raises("public_value", {"guidance.local_knowledge": 1.0}, flexible)
    assert_raises("self_dealing_share", {"guidance.local_favour": 1.0}, flexible)
    assert_lowers("public_value", {"guidance.local_favour": 1.0}, flexible)


def test_that_harder_tasks_fail_more_and_are_tried_less_as_expected_utility_says() -> None:
    harder = {"work.complexity": 0.55}
    assert_lowers("success_rate", harder)
    assert_lowers("innovation_rate", harder)
    assert_lowers("success_rate", {"work.force_majeure": 0.2})
    assert_lowers("success_rate", {"work.ability_weight": 0.6})


def test_that_urgent_times_see_less_tried_and_more_failed_as_the_theory_of_time_pressure_says() -> None:
    urgent = {"work.urgency": 0.5}
    assert_lowers("success_rate", urgent)
    assert_lowers("filed_share", urgent)
    assert_lowers("innovation_rate", urgent)
    assert_lowers("success_rate", {"work.haste": 0.4})


def test_that_dearer_care_is_taken_less_as_expected_utility_says() -> None:
    assert_lowers("care", {"work.care_cost": 1.5})
    assert_raises("failures_negligence", {"work.care_cost": 1.5})
    assert_lowers("routine_care", {"work.routine_care_cost": 0.3})
    assert_raises("routine_failures", {"work.routine_care_cost": 0.3})


def test_that_trying_teaches_as_the_theory_of_learning_by_doing_says() -> None:
    assert_raises("success_rate", {"work.learning_max": 0.9})
    assert_lowers("success_rate", {"work.learning_half": 24.0})


def test_that_what_is_learned_elsewhere_evens_out_success_as_diffusion_theory_says() -> None:
    assert_lowers("innovation_dispersion", {"work.diffusion": 1.0}, {"work.learning_max": 0.9})


def test_that_a_better_paid_routine_crowds_out_innovation_as_the_theory_of_multitasking_says() -> None:
    """Holmström and Milgrom 1991."""
    rewarded = {"work.routine_reward": 0.5}
    assert_raises("routine_rate", rewarded)
    assert_lowers("innovation_rate", rewarded)
    assert_lowers("routine_rate", {"work.routine_effort": 0.4})


def test_that_effort_deters_as_expected_utility_says() -> None:
    assert_lowers("innovation_rate", {"work.innovation_effort": 0.6})


# --- Behaviour -----------------------------------------------------------------------------------------------------


def test_that_conformity_drives_places_apart_as_the_theory_of_social_interaction_says() -> None:
    """Brock and Durlauf 2001: the social multiplier makes small differences large."""
    assert_raises("innovation_dispersion", {"behaviour.conformity": 0.6}, {"behaviour.conformity": 0.0})


def test_that_habit_keeps_the_lazy_lazy_as_the_theory_of_habit_formation_says() -> None:
    """Becker and Murphy 1988: what was done before is done again."""
    assert_raises("lazy_persistence", {"behaviour.habit": 0.6})
    assert_raises("lazy_prevalence", {"behaviour.habit": 0.6})


def test_that_unlike_ways_to_innovate_add_to_innovation_as_random_utility_theory_says() -> None:
    """McFadden 1978: the more unlike the ways, the more each draws people of its own."""
    assert_raises("innovation_rate", {"behaviour.nesting": 1.0})


def test_that_losses_loom_larger_as_prospect_theory_says() -> None:
    averse = {"population.loss_aversion_mean": 2.6}
    assert_lowers("innovation_rate", averse)
    assert_raises("care", averse)
    assert_raises("innovation_rate", {"population.loss_aversion_mean": 1.0})


def test_that_bad_news_weighs_more_as_the_theory_of_negativity_bias_says() -> None:
    """Baumeister et al. 2001."""
    assert_lowers("perceived_exemption", {"behaviour.negativity": 3.0})


def test_that_credence_in_the_document_raises_trust_as_the_theory_of_credible_commitment_says() -> None:
    assert_raises("perceived_exemption", {"behaviour.credence": 1.0})
    assert_raises("innovation_rate", {"behaviour.credence": 1.0})


def test_that_who_hears_of_more_people_fears_more_as_the_availability_heuristic_says() -> None:
    """Tversky and Kahneman 1973: sanctions are published, exemptions seldom are."""
    assert_raises("perceived_accountability", {"behaviour.circle": 500.0})


def test_that_a_stronger_prior_is_moved_less_by_cases_as_bayesian_learning_says() -> None:
    """The more cases a prior is worth, the nearer belief stays to what is announced, here below what is heard of."""
    undisclosed = {"exemption.disclosure": 0.0}
    assert_lowers("perceived_accountability", {"behaviour.prior_strength": 31.0}, undisclosed)


def test_that_who_has_more_to_hope_for_innovates_more_as_career_concerns_theory_says() -> None:
    assert_raises("innovation_rate", {"population.ambition_mean": 1.1})
    assert_lowers("innovation_rate", {"career.ceiling_age": 45.0})


def test_that_public_service_motivation_raises_innovation_and_value_as_the_theory_of_intrinsic_motives_says() -> None:
    motivated = {"population.public_service_motivation_mean": 0.7}
    assert_raises("innovation_rate", motivated)
    assert_raises("care", motivated)
    assert_raises("public_value", motivated)


def test_that_integrity_keeps_from_private_gain_as_theories_of_moral_cost_say() -> None:
    assert_lowers("self_dealing_share", {"population.integrity_mu": 3.0})


def test_that_competence_brings_success_and_with_it_innovation_as_expected_utility_says() -> None:
    assert_raises("success_rate", {"population.competence_mu": 1.2})
    assert_raises("innovation_rate", {"population.competence_mu": 1.2})


def test_that_where_innovation_is_the_norm_more_of_it_is_done_as_the_theory_of_threshold_cascades_says() -> None:
    """Granovetter 1978: with strong conformity the start decides."""
    conforming = {"behaviour.conformity": 0.8}
    tried = {"behaviour.initial_innovation_share": 0.99}
    untried = {**conforming, "behaviour.initial_innovation_share": 0.01}
    assert_raises("innovation_rate", tried, untried)


# --- The public ----------------------------------------------------------------------------------------------------


def test_that_a_tolerant_public_protects_who_tries_as_the_theory_of_blame_avoidance_says() -> None:
    """Weaver 1986, Hood 2011."""
    tolerant = {"public.tolerance": 0.8}
    assert_lowers("perceived_accountability", tolerant)
    assert_raises("innovation_rate", tolerant)


def test_that_a_public_that_resents_failure_loses_its_tolerance_as_negativity_bias_says() -> None:
    resentful = {"public.loss_failure": 0.2}
    assert_lowers("public_tolerance", resentful)
    assert_lowers("nerve", resentful)
    assert_raises("public_tolerance", {"public.gain_success": 0.2})


def test_that_a_public_that_tells_honest_failure_apart_is_more_tolerant_as_attribution_theory_says() -> None:
    """Weiner 1985: blame follows what could have been helped."""
    objective = {"public.objectivity": 0.9}
    assert_raises("public_tolerance", objective)
    assert_raises("innovation_rate", objective)


# --- Time ----------------------------------------------------------------------------------------------------------


def test_that_a_longer_memory_makes_fear_outlast_a_campaign_as_the_theory_of_scarring_says() -> None:
    """The innovation lost in the two years after a crackdown is lifted, as a share of what there was without it."""
    campaign = Change(12, 36, 0, {"accountability.certainty": 0.2, "accountability.severity": 0.5})
    lost = []
    for half_life in (6.0, 60.0):
        memory = {"behaviour.memory_half_life_months": half_life}
        with_it, without = (
            simulate(made_scenario(memory, OFFICIALS, JURISDICTIONS, 60, changes), RUNS).values
            for changes in ([campaign], [])
        )
        place = MEASURES.index("innovation_rate")
        after = [values[:, 36:, place].mean(axis=1) for values in (without, with_it)]
        lost.append(1.0 - after[1] / after[0])
    assert interval(lost[1], lost[0])[0] > 0.0
    assert lost[0].mean() > 0.0
