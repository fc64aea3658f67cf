"""That the sequential rule stops when it should, and keeps the coverage that it says."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.design.specification import ReplicateUntil
from analysis.design.stopping_rule import half_width_of, more_replications
from analysis.execution.sweep import sweep
from analysis.store.experiment import open_experiment
from tests.made_experiments import made_experiment, silent

Floats = NDArray[np.float64]


def rule_of(half_width: float = 1.0, minimum: int = 10, step: int = 5, maximum: int = 300) -> ReplicateUntil:
    return ReplicateUntil("innovation_rate", half_width, minimum, maximum, step)


def stopped_at(values: Floats, rule: ReplicateUntil) -> int:
    """Return after how many of the values the rule stops."""
    n = 0
    while more := more_replications(values[:n], rule):
        n += more
    return n


def coverage(draws: Floats, true_mean: float, rule: ReplicateUntil) -> tuple[float, float]:
    """Return how often the interval at the end holds the mean, and how often the mean is within the half-width."""
    inside, near = [], []
    for values in draws:
        kept = values[: stopped_at(values, rule)]
        error = abs(kept.mean() - true_mean)
        inside.append(error <= half_width_of(float(kept.std(ddof=1)), len(kept)))
        near.append(error <= rule.half_width)
    return float(np.mean(inside)), float(np.mean(near))


def test_that_the_half_width_is_that_of_students_t() -> None:
    assert half_width_of(2.0, 16) == pytest.approx(stdtrit(15, 0.975) * 2.0 / 4.0)


def test_that_at_least_the_minimum_and_at_most_the_maximum_is_done() -> None:
    rule = rule_of(maximum=23)
    assert more_replications(np.zeros(0), rule) == 10
    assert more_replications(np.zeros(4), rule) == 6
    wide = np.tile([-100.0, 100.0], 12)
    assert [more_replications(wide[:n], rule) for n in (10, 15, 20, 23)] == [5, 5, 3, 0]
    assert more_replications(np.zeros(0), rule_of(minimum=10, maximum=7)) == 7


def test_that_it_stops_only_after_two_narrow_looks_in_a_row() -> None:
    narrow = np.tile([-0.01, 0.01], 20)
    assert more_replications(narrow[:10], rule_of()) == 5
    assert more_replications(narrow[:15], rule_of()) == 0
    late = np.concatenate([np.tile([-3.0, 3.0], 5), np.zeros(40)])
    assert stopped_at(late, rule_of()) == stopped_at(late, rule_of(maximum=1000)) > 15


def test_that_between_two_looks_it_goes_on_to_the_next() -> None:
    assert more_replications(np.zeros(12), rule_of()) == 3


def test_that_missing_values_do_not_count() -> None:
    values = np.full(15, np.nan)
    assert more_replications(values, rule_of()) == 5
    values[:2] = 1.0
    assert more_replications(values, rule_of()) == 0
    assert stopped_at(np.full(300, np.nan), rule_of()) == 300


@pytest.mark.slow
@pytest.mark.parametrize("spread", [0.8, 1.6, 2.5, 4.0])
def test_that_the_rule_keeps_its_coverage_for_bell_shaped_values(spread: float) -> None:
    draws = np.random.default_rng(1).normal(5.0, spread, size=(3000, 300))
    inside, near = coverage(draws, 5.0, rule_of())
    # 93.5 and 94.5% are told; of 3,000 trials two standard errors are 0.9 points.
    assert inside > 0.935 - 0.009
    assert near > 0.945 - 0.009


@pytest.mark.slow
@pytest.mark.parametrize(("minimum", "step", "told"), [(10, 5, (0.88, 0.91)), (20, 10, (0.91, 0.93))])
def test_that_the_rule_keeps_less_for_skewed_values_and_more_with_more_looks(
    minimum: int, step: int, told: tuple[float, float]
) -> None:
    for spread in (1.2, 2.0, 3.5):
        draws = np.random.default_rng(2).exponential(spread, size=(2000, 300))
        inside, near = coverage(draws, spread, rule_of(minimum=minimum, step=step))
        assert inside > told[0] - 0.014
        assert near > told[1] - 0.013


def test_that_a_sweep_follows_the_rule(tmp_path_factory: pytest.TempPathFactory) -> None:
    rule = ReplicateUntil("innovation_rate", 0.03, 4, 40, 2)
    made = made_experiment(points=3, replicate_until=rule, replications=40)
    folder = tmp_path_factory.mktemp("until") / "made"
    sweep(made, folder, watch=silent())
    table = open_experiment(folder).table()
    for _, rows in table.groupby("point"):
        values = rows.sort_values("replication")["innovation_rate"].to_numpy()
        assert more_replications(values, rule) == 0
        assert all(more_replications(values[:n], rule) for n in range(len(values)))
    assert len(table) < 3 * 40
