"""Selection: bounds that cover, known answers, and that a stance has to be taken."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evidence.counts_file import read_counts_file
from analysis.evidence.data_set import COUNTS, SHIPPED
from analysis.evidence.estimate import Options, estimate_of_counts
from analysis.evidence.selection import Selection, bounds_of, selection_of, share_interval, true_share
from analysis.evidence.tally import Share
from tests.analysis.evidence.made_cases import refusal_of

UNKNOWN = Selection("bounds", (0.0, 1.0))


def published_of(random: np.random.Generator, truth: float, disclosure: float, publicity: float) -> tuple[Share, float]:
    """Return what is published of 300 cases, and the share of cases published."""
    exempt = random.random(300) < truth
    published = random.random(300) < np.where(exempt, disclosure, publicity)
    return Share(int((exempt & published).sum()), int(published.sum())), float(published.mean())


def test_that_nothing_is_known_if_all_may_be_hidden() -> None:
    assert bounds_of(Share(15, 61), UNKNOWN) == (0.0, 1.0)
    assert bounds_of(Share(5, 5), UNKNOWN) == (0.0, 1.0)


def test_that_the_bounds_are_those_of_manski_where_sampling_error_is_gone() -> None:
    low, high = bounds_of(Share(300_000, 1_000_000), Selection("bounds", (0.4, 0.7)))
    assert low == pytest.approx(0.4 * 0.3, abs=1e-3)
    assert high == pytest.approx(0.4 * 0.3 + 0.6, abs=1e-3)


def test_that_bounds_hold_the_truth_in_95_of_100_biased_samples() -> None:
    random = np.random.default_rng(1)
    held = []
    for _ in range(1000):
        truth, disclosure, publicity = random.uniform(0.05, 0.95), *random.uniform(0.05, 1.0, 2)
        share, part = published_of(random, truth, disclosure, publicity)
        low, high = bounds_of(share, Selection("bounds", (part, 1.0)))
        held.append(low <= truth <= high)
    assert np.mean(held) >= 0.95


def test_that_the_model_of_publication_holds_the_truth_where_its_chances_are_right() -> None:
    random = np.random.default_rng(2)
    held = []
    for _ in range(1000):
        truth, disclosure, publicity = random.uniform(0.1, 0.9), *random.uniform(0.2, 1.0, 2)
        share, _ = published_of(random, truth, disclosure, publicity)
        chances = {"disclosure": (disclosure, disclosure), "publicity": (publicity, publicity)}
        low, high = bounds_of(share, Selection("model", **chances))
        held.append(low <= truth <= high)
    assert np.mean(held) >= 0.93  # a Jeffreys interval of 95%, within three binomial errors


def test_that_one_in_seven_published_is_one_half_where_sanctions_are_published_six_times_as_often() -> None:
    assert true_share(1 / 7, publicity=0.6, disclosure=0.1) == pytest.approx(0.5)


def test_that_the_counts_of_korea_give_their_known_answers() -> None:
    found = estimate_of_counts(read_counts_file(SHIPPED / COUNTS), Options(Selection("none"), by="period"))
    rows = found.rates[found.rates["quantity"] == "exempt"].set_index("group")[["share", "low", "high"]]
    assert rows.loc["2018"].tolist() == pytest.approx([0.410, 0.225, 0.615], abs=5e-4)
    assert rows.loc["2023"].tolist() == pytest.approx([0.112, 0.031, 0.259], abs=5e-4)
    assert rows.loc["all"].tolist() == pytest.approx([0.242, 0.138, 0.371], abs=5e-4)


def test_that_nothing_counted_is_nothing_known() -> None:
    middle, low, high = share_interval(Share(0, 0))
    assert np.isnan(middle)
    assert (low, high) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((None, None, None, None), "--selection: is missing, and has no default"),
        (("all", None, None, None), "--selection: found 'all'"),
        (("bounds", None, None, None), "--published: is missing, and --selection bounds needs it"),
        (("bounds", "0.2:0.1", None, None), "--published 0.2:0.1: is no range of shares"),
        (("bounds", "0:0", None, None), "then nothing would have been published"),
        (("bounds", "nan:1", None, None), "is no range of shares"),
        (("none", "0:1", None, None), "--published: does not belong to --selection none"),
        (("model", None, "0.1:0.2", None), "--publicity: is missing"),
    ],
)
def test_that_a_stance_has_to_be_taken_whole(given: tuple[str | None, ...], told: str) -> None:
    assert told in refusal_of(selection_of, *given)


def test_that_a_single_share_is_a_range_of_its_own() -> None:
    assert selection_of("bounds", "0.3", None, None) == Selection("bounds", (0.3, 0.3))
