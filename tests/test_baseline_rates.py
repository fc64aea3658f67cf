"""Base rates: the baseline lies where officials are counted to meet with measures, and the document tells it."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evidence.baseline_rates import (
    BAND,
    DOCUMENT,
    FORMAL,
    INFORMAL,
    BaseRates,
    base_rates,
    counted_rates,
    document,
    failings,
)
from model.measures import MEASURES


@pytest.fixture(scope="module")
def rates() -> BaseRates:
    """Return the base rates of as many runs as the document tells."""
    return base_rates()


def test_that_the_baseline_lies_within_the_base_rates(rates: BaseRates, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        low, high = BAND
        print(
            f"\nbase rates: {rates.all_measures.mean():.2f} measures per 100 officials and year ({low:g} to {high:g}); "
            f"{rates.passed_per_pursued.mean():.1f} failures pass for each that is pursued"
        )
    assert failings(rates) == []


def test_that_measures_are_formal_or_informal_and_add_up(rates: BaseRates) -> None:
    assert set(FORMAL) | set(INFORMAL) <= set(MEASURES)
    assert not set(FORMAL) & set(INFORMAL)
    np.testing.assert_allclose(rates.formal + rates.informal, rates.all_measures)
    np.testing.assert_allclose(rates.for_failures + rates.for_misconduct + rates.for_inaction, rates.all_measures)


def test_that_a_baseline_outside_of_what_was_counted_is_named(rates: BaseRates) -> None:
    assert "outside 2 to 10" in failings(rates._replace(all_measures=10.0 * rates.all_measures))[0]
    assert failings(rates._replace(passed=rates.pursued)) == ["more failures are pursued than pass in some run"]
    assert "**Not so: more failures are pursued" in document(rates._replace(passed=rates.pursued))


def test_that_formal_sanctions_counted_lie_within_what_is_asked_of_the_baseline() -> None:
    counted = counted_rates()
    assert len(counted) >= 5
    assert counted["per_100"].between(*BAND).all()


def test_that_the_document_of_base_rates_is_up_to_date(rates: BaseRates) -> None:
    assert document(rates) == DOCUMENT.read_text(encoding="utf-8"), (
        "renew it: python -m analysis.evidence.baseline_rates"
    )
