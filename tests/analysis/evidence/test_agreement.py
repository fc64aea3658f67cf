"""Agreement: Krippendorff's textbook numbers, by two codes; majorities, ties and disagreements."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from analysis.evidence.agreement import (
    Scale,
    agreement,
    alpha_by_nltk,
    alpha_of,
    codings_of,
    disagreements,
    interval_of_alpha,
    values_used,
)
from analysis.evidence.case_file import read_case_file
from analysis.evidence.charts import agreement_chart
from analysis.evidence.estimate import agreement_of_cases
from analysis.words import words_in
from tests.analysis.evidence.made_cases import file_of_rows

# Krippendorff, Computing Krippendorff's alpha-reliability (2011): four coders, twelve units, with gaps.
_CODED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = [given for unit in zip(*_CODED, strict=True) if len(given := [str(v) for v in unit if v is not None]) > 1]


@pytest.mark.parametrize(("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_that_alpha_is_that_of_the_textbook(scale: Scale, alpha: float) -> None:
    assert alpha_of(UNITS, scale) == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
def test_that_nltk_gives_the_same_alpha(scale: Scale) -> None:
    pytest.importorskip("nltk")
    assert alpha_by_nltk(UNITS, scale) == pytest.approx(alpha_of(UNITS, scale), abs=1e-12)
    random = np.random.default_rng(3)
    for _ in range(20):
        units = [[str(v) for v in random.integers(1, 5, random.integers(2, 4))] for _ in range(30)]
        assert alpha_by_nltk(units, scale) == pytest.approx(alpha_of(units, scale), abs=1e-12)


def test_that_the_chart_draws_the_customary_limits_and_tells_how_many_units_there_are(tmp_path: Path) -> None:
    rows = [{"case_id": str(n), "coder": coder, "filed": "yes" if n % 3 else "no"} for n in range(9) for coder in "AB"]
    table = agreement_of_cases(read_case_file(file_of_rows(tmp_path, rows)), 1, ["filed"])
    chart = agreement_chart(table, "cases.csv", words_in("en"), is_invented=True)
    names, panel = chart.axes
    assert [text.get_text() for text in names.texts] == ["filed (n = 9)"]
    upright = {line.get_xdata()[0] for line in panel.get_lines() if len(set(line.get_xdata())) == 1}
    assert {0.667, 0.8} <= upright


def test_that_coders_who_guess_have_0_in_the_interval_and_equal_coders_have_1() -> None:
    random = np.random.default_rng(1)
    guessed = [[str(v) for v in random.integers(0, 3, 2)] for _ in range(200)]
    low, high = interval_of_alpha(guessed, "nominal", 1)
    assert low < 0.0 < high
    assert alpha_of([[value, value] for value, _ in guessed], "nominal") == 1.0


def test_that_the_interval_does_not_hang_on_the_order_of_units_and_is_that_of_drawing_them_one_by_one() -> None:
    random = np.random.default_rng(5)
    units = [[str(v), str(v if random.random() < 0.7 else random.integers(0, 3))] for v in random.integers(0, 3, 60)]
    found = interval_of_alpha(units, "nominal", 1)
    assert interval_of_alpha(units[::-1], "nominal", 1) == found
    drawn = [alpha_of([units[n] for n in random.integers(0, 60, 60)], "nominal") for _ in range(2000)]
    np.testing.assert_allclose(found, np.quantile(drawn, [0.025, 0.975]), atol=0.03)


def test_that_alpha_of_a_single_value_is_not_known() -> None:
    assert math.isnan(alpha_of([["a", "a"], ["a", "a"]], "nominal"))


def test_that_units_coded_once_do_not_count_and_consensus_is_no_coder(tmp_path: Path) -> None:
    rows = [
        {"case_id": "1", "coder": "A"},
        {"case_id": "1", "coder": "B", "cause": "ability"},
        {"case_id": "1", "coder": "consensus", "cause": "ability"},
        {"case_id": "2", "coder": "A"},
    ]
    file = read_case_file(file_of_rows(tmp_path, rows))
    (found,) = agreement([codings_of(file.rows, "cause", "case_id")]).itertuples()
    assert found.units == 1
    assert values_used(file.rows, ["cause"], "case_id")[0] == {"1": {"cause": "ability"}, "2": {"cause": "complexity"}}


def test_that_the_majority_of_those_who_tell_is_used_and_a_tie_is_not_told(tmp_path: Path) -> None:
    causes = {"1": ("ability", "ability", "complexity"), "2": ("ability", "complexity", ""), "3": ("", "", "ability")}
    rows = [
        {"case_id": case, "coder": coder, "cause": cause}
        for case, given in causes.items()
        for coder, cause in zip("ABC", given, strict=True)
    ]
    file = read_case_file(file_of_rows(tmp_path, rows))
    used, ties = values_used(file.rows, ["cause"], "case_id")
    assert {case: values["cause"] for case, values in used.items()} == {"1": "ability", "2": "", "3": "ability"}
    assert ties == {"cause": 1}


def test_that_disagreements_stand_side_by_side(tmp_path: Path) -> None:
    rows = [{"coder": "A"}, {"coder": "B", "filed": "yes"}]
    table = disagreements(read_case_file(file_of_rows(tmp_path, rows)).rows, ["cause", "filed"], "case_id")
    assert table.to_dict("records") == [{"case_id": "one", "column": "filed", "A": "no", "B": "yes"}]
