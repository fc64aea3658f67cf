"""Evidence: one's own case, what is heard of others, and forgetting (model.md, 4.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Accountability, Behaviour, Exemption, Parameters
from model.rules.evidence import after_own_case, memory_kept, news_of, remembered
from model.rules.outcome import NO_RUNG, Consequence
from model.state import National, OfficialState
from model.vocabulary import N_COUNTS, Cause, Counts

OFFICIAL = OfficialState(0.6, 2.0, 0.4, 0.8, 0.8, 40.0, 3.0, 1.0, 2.0, 3.0, 4.0, 0.1)
BEHAVIOUR = Behaviour(weight_own=1.0, weight_peer=0.3, weight_national=0.05, negativity=1.5)
PARAMETERS = Parameters(
    accountability=Accountability(publicity=0.9), exemption=Exemption(disclosure=0.3), behaviour=BEHAVIOUR
)
UNPURSUED = Consequence(0, 0, 1, NO_RUNG, Cause.ABILITY, 0.0)
EXEMPT = Consequence(1, 1, 0, NO_RUNG, Cause.COMPLEXITY, 0.0)
SANCTIONED = Consequence(1, 0, 0, 1, Cause.COMPLEXITY, 12.0)
NOTHING_HAPPENED = Counts(*[0] * N_COUNTS)
NO_NEWS_FROM_AFAR = National(0.0, 0.0, 0.0)


def evidence(official: OfficialState) -> tuple[float, ...]:
    return (
        official.accountability_seen,
        official.accountability_spared,
        official.exemption_seen,
        official.exemption_denied,
    )


def test_that_a_failure_left_alone_is_evidence_against_accountability() -> None:
    assert evidence(after_own_case(OFFICIAL, UNPURSUED, BEHAVIOUR)) == (1.0, 3.0, 3.0, 4.0)


def test_that_an_exempted_case_is_evidence_of_accountability_and_of_exemption() -> None:
    assert evidence(after_own_case(OFFICIAL, EXEMPT, BEHAVIOUR)) == (2.0, 2.0, 4.0, 4.0)


def test_that_a_sanction_is_evidence_of_accountability_and_weighs_more_against_exemption() -> None:
    assert evidence(after_own_case(OFFICIAL, SANCTIONED, BEHAVIOUR)) == (2.0, 2.0, 3.0, 4.0 + 1.5)


def test_that_a_sanction_bars_promotion_but_never_shortens_a_longer_bar() -> None:
    assert after_own_case(OFFICIAL, SANCTIONED, BEHAVIOUR).freeze_months == 12.0
    barred = OFFICIAL._replace(freeze_months=20.0)
    assert after_own_case(barred, SANCTIONED, BEHAVIOUR).freeze_months == 20.0
    assert after_own_case(OFFICIAL, EXEMPT, BEHAVIOUR).freeze_months == 3.0


def test_that_a_sanction_for_routine_or_a_call_to_account_teaches_nothing_about_exemption() -> None:
    for consequence in (Consequence(0, 0, 0, 2, 0, 24.0), Consequence(0, 0, 0, NO_RUNG, 0, 6.0)):
        assert evidence(after_own_case(OFFICIAL, consequence, BEHAVIOUR)) == evidence(OFFICIAL)


def test_that_own_cases_count_with_their_weight() -> None:
    unmoved = after_own_case(OFFICIAL, SANCTIONED, Behaviour(weight_own=0.0))
    assert evidence(unmoved) == evidence(OFFICIAL)
    assert after_own_case(OFFICIAL, SANCTIONED, Behaviour(weight_own=2.0)).exemption_denied == 4.0 + 2.0 * 1.5


def test_that_traits_and_habits_do_not_change_with_a_case() -> None:
    after = after_own_case(OFFICIAL, SANCTIONED, BEHAVIOUR)
    assert after[:6] == OFFICIAL[:6]
    assert after.inaction_share == OFFICIAL.inaction_share


def test_that_news_is_what_is_made_known_of_cases_near_and_far() -> None:
    counts = NOTHING_HAPPENED._replace(sanctions_innovation=7, honest_exemptions=4, wrongful_exemptions=1, unpursued=6)
    news = news_of(counts, National(0.0, 5.0, 3.0), PARAMETERS)
    assert news.sanctions == pytest.approx(0.9 * (0.3 * 7 + 0.05 * 5.0))
    assert news.denied == pytest.approx(1.5 * 0.9 * (0.3 * 7 + 0.05 * 5.0))
    assert news.exemptions == pytest.approx(0.3 * (0.3 * 5 + 0.05 * 3.0))
    assert news.spared == pytest.approx(0.3 * 0.3 * 6)


def test_that_sanctions_for_routine_and_inaction_say_nothing_about_innovating() -> None:
    counts = NOTHING_HAPPENED._replace(sanctions_routine=9, sanctions_inaction=9, reminders=9)
    assert tuple(news_of(counts, NO_NEWS_FROM_AFAR, PARAMETERS)) == (0.0, 0.0, 0.0, 0.0)


def test_that_what_is_not_disclosed_is_not_heard() -> None:
    counts = NOTHING_HAPPENED._replace(sanctions_innovation=7, honest_exemptions=4, unpursued=6)
    secret = PARAMETERS._replace(exemption=Exemption(disclosure=0.0))
    news = news_of(counts, National(0.0, 5.0, 3.0), secret)
    assert (news.exemptions, news.spared) == (0.0, 0.0)
    assert news.sanctions > 0.0


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
def test_that_steady_news_settles_at_what_forgetting_lets_stay(heard: float, kept: float) -> None:
    settled = heard / (1.0 - kept)
    assert remembered(settled, heard, kept) == pytest.approx(settled, abs=1e-9)
