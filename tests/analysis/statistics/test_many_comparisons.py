"""P values and their adjustment are those of the textbooks and of SciPy; ratios of sums count every event alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.errors import ExperimentError
from analysis.statistics.many_comparisons import adjusted, adjusted_for_many, p_values
from analysis.statistics.paired_effects import intervals_of
from analysis.statistics.ratios import ratios_of_sums


def effects_of(values: np.ndarray) -> pd.DataFrame:
    found = intervals_of(values)
    return pd.DataFrame({"difference": found.mean, "low": found.low, "high": found.high, "n": found.n})


def test_that_p_is_that_of_the_t_test() -> None:
    values = np.random.default_rng(1).normal(0.3, 1.0, size=(12, 6))
    np.testing.assert_allclose(p_values(effects_of(values)), stats.ttest_1samp(values, 0.0).pvalue, rtol=1e-9)


def test_that_holm_and_benjamini_hochberg_are_theirs() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005])
    np.testing.assert_allclose(adjusted(p, "holm"), [0.03, 0.06, 0.06, 0.02])
    np.testing.assert_allclose(adjusted(p, "benjamini_hochberg"), stats.false_discovery_control(p))
    many = np.random.default_rng(2).uniform(size=200)
    np.testing.assert_allclose(adjusted(many, "benjamini_hochberg"), stats.false_discovery_control(many))
    assert (adjusted(many, "holm") <= 1.0).all()
    with pytest.raises(ExperimentError, match="no adjustment"):
        adjusted(p, "bonferoni")  # type: ignore[arg-type]


def test_that_rows_without_an_interval_do_not_count_and_certain_ones_are_certain() -> None:
    values = np.array([[0.0, 1.0, np.nan, 0.1], [0.0, 1.0, np.nan, 0.3], [0.0, 1.0, 5.0, -0.1]])
    found = adjusted_for_many(effects_of(values))
    assert found["p"].tolist()[:2] == [1.0, 0.0]
    assert np.isnan(found["p_adjusted"][2])
    np.testing.assert_allclose(found["p_adjusted"][3], min(1.0, 2 * found["p"][3]))


def test_that_a_ratio_of_sums_counts_every_innovation_alike() -> None:
    months = pd.DataFrame(
        {
            "scenario": "baseline",
            "run": 0,
            "month": range(4),
            "jurisdiction": "all",
            "innovation_rate": [0.5, 0.1, 0.0, 0.4],
            "routine_rate": [0.5, 0.5, 0.5, 0.5],
            "self_dealing_share": [0.2, 1.0, np.nan, 0.0],
            **{name: [0.5] * 4 for name in ("filed_share", "success_rate", "care", "routine_care")},
        }
    )
    (row,) = ratios_of_sums(months).to_dict("records")
    assert row["self_dealing_share"] == pytest.approx((0.2 + 1.0 + 0.0) / 3)
    assert row["self_dealing_share_of_sums"] == pytest.approx((0.2 * 0.5 + 1.0 * 0.1) / 1.0)
    (last,) = ratios_of_sums(months, 1).to_dict("records")
    assert last["self_dealing_share_of_sums"] == 0.0
