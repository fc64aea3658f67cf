"""Whether intervals can be trusted: simulation-based calibration (Talts et al. 2018) with rows of the table left out.

Each row left out is taken for what was observed, so that the truth is known. If intervals are right, the truth lies
below the n-th percentile of its posterior in n of a hundred rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binom, chisquare

from analysis.inference.ranges import Floats, Ranges
from analysis.inference.regression_posterior import learned

N_LEFT_OUT = 400
_PART_LEFT_OUT = 4
BINS = 20
LEAST_P = 0.001  # before the correction for the number of parameters
LEAST_COVERAGE, MOST_COVERAGE = 0.855, 0.945
CHECK_COLUMNS = ("name", "n", "coverage_50", "coverage_90", "p", "is_clean")


@dataclass(frozen=True)
class CalibrationCheck:
    """The ranks of known truths in their posteriors, shape (rows, parameters), and how far the posteriors reached."""

    names: tuple[str, ...]
    ranks: Floats
    farthest: Floats

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each parameter: CHECK_COLUMNS."""
        rows = []
        for name, ranks in zip(self.names, self.ranks.T, strict=True):
            half, most = coverage(ranks, 0.5), coverage(ranks, 0.9)
            p = float(chisquare(histogram(ranks)).pvalue)
            is_clean = p >= LEAST_P / len(self.names) and LEAST_COVERAGE <= most <= MOST_COVERAGE
            rows.append((name, len(ranks), half, most, p, is_clean))
        return pd.DataFrame(rows, columns=list(CHECK_COLUMNS))

    @property
    def histograms(self) -> pd.DataFrame:
        """Return name, bin, count and the ends of the 99% band of every bin of the ranks."""
        low, high = binom.interval(0.99, len(self.ranks), 1.0 / BINS)
        rows = [
            (name, place, int(count), int(low), int(high))
            for name, ranks in zip(self.names, self.ranks.T, strict=True)
            for place, count in enumerate(histogram(ranks))
        ]
        return pd.DataFrame(rows, columns=["name", "bin", "count", "low", "high"])

    @property
    def is_clean(self) -> bool:
        """Tell whether the intervals can be trusted."""
        return bool(self.table["is_clean"].all())


def calibration_check(ranges: Ranges, points: Floats, statistics: Floats, seed: int) -> CalibrationCheck:
    """Return the check with rows of a table left out: points (rows, parameters), statistics with noise."""
    n_left_out = min(N_LEFT_OUT, len(points) // _PART_LEFT_OUT)
    is_left_out = np.zeros(len(points), dtype=bool)
    is_left_out[np.random.default_rng([seed, len(points)]).permutation(len(points))[:n_left_out]] = True
    known = learned(ranges, points[~is_left_out], statistics[~is_left_out])
    found = [known.posterior(row) for row in statistics[is_left_out]]
    ranks = [posterior.ranks(truth) for posterior, truth in zip(found, points[is_left_out], strict=True)]
    return CalibrationCheck(ranges.names, np.array(ranks), np.array([posterior.farthest for posterior in found]))


def coverage(ranks: Floats, level: float) -> float:
    """Return the share of truths in the middle interval of a level."""
    return float(np.mean(np.abs(ranks - 0.5) <= level / 2.0))


def histogram(ranks: Floats) -> Floats:
    """Return how many ranks lie in each bin."""
    counts: Floats = np.histogram(ranks, bins=BINS, range=(0.0, 1.0))[0].astype(np.float64)
    return counts
