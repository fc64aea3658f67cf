"""Where harshness pays: weights laid on what was counted are those the model would have taken, and the page is true."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.documents import document_paths
from analysis.evidence.harshness import CERTAINTY, DOCUMENT, OTHERWISE, WEIGHT, best_certainty, document, values_at
from analysis.evidence.tried_policies import baseline_parameters, mean_of, under
from model.parameters import about, parameter_paths

FEW_RUNS = 4


def test_that_a_weight_laid_on_afterwards_gives_the_public_value_of_a_run_with_that_weight() -> None:
    certainties = np.array([0.0, 0.1])
    afterwards = values_at(-4.0, {}, FEW_RUNS, certainties)
    for certainty, values in zip(certainties, afterwards, strict=True):
        policy = under({CERTAINTY: float(certainty), WEIGHT: -4.0})
        np.testing.assert_allclose(values, mean_of("public_value", policy, FEW_RUNS), atol=1e-12)


def test_that_the_stricter_negligence_is_judged_the_more_certainty_is_best() -> None:
    best = [best_certainty(weight, {}, FEW_RUNS).best for weight in (0.0, -1.5, -3.0, -6.0)]
    assert best == sorted(best)
    assert best[0] == 0.0
    assert best[-1] > baseline_parameters().accountability.certainty


def test_that_other_assumptions_are_ends_of_plausible_ranges_or_policies() -> None:
    for settings in OTHERWISE.values():
        assert set(settings) <= set(parameter_paths())
        for path, value in settings.items():
            plausible = about(path).plausible
            assert plausible is not None
            assert plausible[0] <= value <= plausible[1], path


@pytest.mark.slow
def test_that_the_page_on_harshness_is_up_to_date() -> None:
    for language, path in document_paths(DOCUMENT).items():
        assert document(language) == path.read_text(encoding="utf-8"), "renew it: python -m analysis.evidence.harshness"
