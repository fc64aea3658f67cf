"""Evidence: one's own case, what is heard of others, and forgetting (model.md, 4.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Accountability, Behaviour, Exemption, Parameters
from model.rules.evidence import (
    News,
    after_own_case,
    heard,
    memory_kept,
    national_of,
    news_of,
    remembered,
    sanction_news_of,
)
from model.rules.outcome import NO_RUNG, Consequence
from model.state import National, OfficialState
from model.vocabulary import N_COUNTS, Action, Cause, Counts

OFFICIAL = OfficialState(0.6, 2.0, 0.4, 0.8, 0.8, 40.0, 3.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0)
BEHAVIOUR = Behaviour(circle=150.0, weight_own=1.0, weight_peer=0.2, weight_national=0.01, negativity=1.5)
PARAMETERS = Parameters(
    accountability=Accountability(publicity=0.9), exemption=Exemption(disclosure=0.3), behaviour=BEHAVIOUR
)
NOBODY = Consequence(
    is_failure_case=0,
    is_misconduct=0,
    is_honest=0,
    is_exempt=0,
    is_unpursued=0,
    rung=NO_RUNG,
    cause=int(Cause.COMPLEXITY),
    freeze_months=0.0,
)
UNPURSUED = NOBODY._replace(is_unpursued=1)
EXEMPT = NOBODY._replace(is_failure_case=1, is_honest=1, is_exempt=1)
SANCTIONED = NOBODY._replace(is_failure_case=1, is_honest=1, rung=1, freeze_months=6.0)
NEGLIGENT = NOBODY._replace(is_failure_case=1, cause=int(Cause.NEGLIGENCE), rung=0)
# Fifty officials: five honest cases unfiled, two exempted; three filed, two exempted; two negligent, one exempted.
COUNTS = Counts(*[0] * N_COUNTS)._replace(
    officials=50,
    unpursued=20,
    honest_cases_unfiled=5,
    honest_exemptions_unfiled=2,
    honest_cases_filed=3,
    honest_exemptions_filed=2,
    negligence_cases=2,
    negligence_exemptions=1,
    misconduct_cases=4,
    misconduct_exemptions=1,
    sanctions_inaction=7,
    circulars=2,
    admonitions=1,
    disciplines=2,
    misconduct_fourth_form=3,
)
SANCTIONS = 5 + 3 + 2 - 2 - 2 - 1
LAST = National(
    experience=3.0,
    sanctions=0.04,
    exemptions_filed=0.01,
    exemptions_unfiled=0.02,
    denials_filed=0.005,
    denials_unfiled=0.03,
)
NO_NEWS_FROM_AFAR = National(*[0.0] * 6)


def evidence(official: OfficialState) -> tuple[float, ...]:
    """Return the six counts of evidence: of accountability, then exemption seen and denied, filed and unfiled."""
    return official[OfficialState._fields.index("accountability_seen") : -1]


def after(consequence: Consequence, action: Action = Action.INNOVATION, **behaviour: float) -> OfficialState:
    return after_own_case(OFFICIAL, int(action), consequence, BEHAVIOUR._replace(**behaviour))


# --- One's own case ---


def test_that_a_failure_left_alone_is_evidence_against_accountability() -> None:
    assert evidence(after(UNPURSUED)) == (1.0, 3.0, 3.0, 4.0, 5.0, 6.0)


def test_that_an_exempted_case_is_evidence_of_accountability_and_of_exemption_of_its_kind() -> None:
    assert evidence(after(EXEMPT)) == (2.0, 2.0, 3.0, 4.0, 6.0, 6.0)
    assert evidence(after(EXEMPT, Action.FILED_INNOVATION)) == (2.0, 2.0, 4.0, 4.0, 5.0, 6.0)


def test_that_a_sanction_is_evidence_of_accountability_and_weighs_more_against_exemption_of_its_kind() -> None:
    assert evidence(after(SANCTIONED)) == (2.0, 2.0, 3.0, 4.0, 5.0, 6.0 + 1.5)
    assert evidence(after(SANCTIONED, Action.FILED_INNOVATION)) == (2.0, 2.0, 3.0, 4.0 + 1.5, 5.0, 6.0)


def test_that_negligence_pursued_is_evidence_of_accountability_alone() -> None:
    for consequence in (NEGLIGENT, NEGLIGENT._replace(is_exempt=1, rung=NO_RUNG)):
        for action in (Action.ROUTINE, Action.INNOVATION, Action.FILED_INNOVATION):
            assert evidence(after(consequence, action)) == (2.0, 2.0, 3.0, 4.0, 5.0, 6.0)


def test_that_misconduct_and_a_call_to_account_teach_nothing_about_failing() -> None:
    misconduct = NOBODY._replace(is_misconduct=1, rung=2, freeze_months=18.0)
    assert evidence(after(misconduct, Action.SELF_DEALING)) == evidence(OFFICIAL)
    assert evidence(after(NOBODY._replace(freeze_months=6.0), Action.INACTION)) == evidence(OFFICIAL)


def test_that_a_sanction_bars_promotion_but_never_shortens_a_longer_bar() -> None:
    assert after(SANCTIONED).freeze_months == 6.0
    barred = OFFICIAL._replace(freeze_months=15.0)
    assert after_own_case(barred, int(Action.INNOVATION), SANCTIONED, BEHAVIOUR).freeze_months == 15.0
    assert after(EXEMPT).freeze_months == 3.0


def test_that_own_cases_count_with_their_weight() -> None:
    assert evidence(after(SANCTIONED, weight_own=0.0)) == evidence(OFFICIAL)
    assert after(SANCTIONED, weight_own=2.0).exemption_denied_unfiled == 6.0 + 2.0 * 1.5
    assert after(EXEMPT, weight_own=2.0).exemption_seen_unfiled == 5.0 + 2.0
    assert after(UNPURSUED, weight_own=2.0).accountability_spared == 2.0 + 2.0


def test_that_traits_and_history_do_not_change_with_a_case() -> None:
    found = after(SANCTIONED)
    assert found[:6] == OFFICIAL[:6]
    assert found.inaction_history == OFFICIAL.inaction_history


# --- What is heard of others ---


def test_that_what_is_known_of_all_are_rates_per_official() -> None:
    found = national_of(COUNTS, 3.5)
    assert tuple(found) == pytest.approx((3.5, SANCTIONS / 50, 2 / 50, 2 / 50, 1 / 50, 3 / 50))


def test_that_news_are_rates_times_the_circle_one_hears_of() -> None:
    assert heard(0.1, 0.04, BEHAVIOUR) == pytest.approx(150 * (0.2 * 0.1 + 0.01 * 0.04))


def test_that_news_is_what_is_made_known_of_cases_near_and_far() -> None:
    found = news_of(COUNTS, LAST, PARAMETERS)

    def rate(here: float, elsewhere: float) -> float:
        return 150 * (0.2 * here / 50 + 0.01 * elsewhere)

    exempt_filed, exempt_unfiled = 0.3 * rate(2, 0.01), 0.3 * rate(2, 0.02)
    expected = News(
        accountability_seen=0.9 * rate(SANCTIONS, 0.04) + exempt_filed + exempt_unfiled,
        accountability_spared=0.3 * 150 * 0.2 * 20 / 50,
        exemption_seen_filed=exempt_filed,
        exemption_denied_filed=1.5 * 0.9 * rate(1, 0.005),
        exemption_seen_unfiled=exempt_unfiled,
        exemption_denied_unfiled=1.5 * 0.9 * rate(3, 0.03),
    )
    assert tuple(found) == pytest.approx(tuple(expected))


@given(st.integers(1, 100))
def test_that_news_do_not_depend_on_how_many_officials_there_are(times: int) -> None:
    many = Counts(*(count * times for count in COUNTS))
    assert tuple(news_of(many, LAST, PARAMETERS)) == pytest.approx(tuple(news_of(COUNTS, LAST, PARAMETERS)))
    assert tuple(sanction_news_of(many, PARAMETERS)) == pytest.approx(tuple(sanction_news_of(COUNTS, PARAMETERS)))


def test_that_misconduct_and_inaction_are_no_news_about_failing() -> None:
    counts = COUNTS._replace(misconduct_cases=9, misconduct_exemptions=9, sanctions_inaction=9)
    assert news_of(counts, LAST, PARAMETERS) == news_of(COUNTS, LAST, PARAMETERS)


def test_that_what_is_not_disclosed_is_not_heard() -> None:
    secret = PARAMETERS._replace(exemption=Exemption(disclosure=0.0))
    found = news_of(COUNTS, LAST, secret)
    assert (found.exemption_seen_filed, found.exemption_seen_unfiled, found.accountability_spared) == (0.0, 0.0, 0.0)
    assert found.accountability_seen == pytest.approx(0.9 * 150 * (0.2 * SANCTIONS / 50 + 0.01 * 0.04))


def test_that_what_is_not_published_is_not_heard() -> None:
    silent = PARAMETERS._replace(accountability=Accountability(publicity=0.0))
    found = news_of(COUNTS, LAST, silent)
    assert (found.exemption_denied_filed, found.exemption_denied_unfiled) == (0.0, 0.0)
    assert tuple(sanction_news_of(COUNTS, silent)) == (0.0, 0.0)


def test_that_a_jurisdiction_learns_how_heavy_its_own_sanctions_for_failures_are() -> None:
    found = sanction_news_of(COUNTS, PARAMETERS)
    losses = 2 * 0.5 + 1 * 2.0 + 2 * 6.0
    assert tuple(found) == pytest.approx((0.9 * 150 * 0.2 * losses / 50, 0.9 * 150 * 0.2 * SANCTIONS / 50))


# --- Forgetting ---


def test_that_half_is_forgotten_in_a_half_life() -> None:
    assert memory_kept(24.0) == pytest.approx(2 ** (-1 / 24))
    assert memory_kept(6.0) ** 6 == pytest.approx(0.5)
    assert memory_kept(1e9) == pytest.approx(1.0)
    assert memory_kept(0.01) < 1e-20


def test_that_old_evidence_fades_before_new_evidence_is_added() -> None:
    assert remembered(4.0, 1.5, 0.5) == pytest.approx(4.0 * 0.5 + 1.5)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_that_a_longer_memory_keeps_more(a: float, b: float) -> None:
    assert 0.0 <= memory_kept(min(a, b)) <= memory_kept(max(a, b)) <= 1.0


@given(st.floats(0.0, 100.0), st.floats(0.5, 0.999))
def test_that_steady_news_settles_at_what_forgetting_lets_stay(news: float, kept: float) -> None:
    settled = news / (1.0 - kept)
    assert remembered(settled, news, kept) == pytest.approx(settled, abs=1e-9)
