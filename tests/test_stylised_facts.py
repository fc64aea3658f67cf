"""The stylised facts: all are put to the model, verdicts follow from the comparisons, and the document tells them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.evidence.fact_comparisons import FACTS, HARDER, HARSH, Comparison
from analysis.evidence.stylised_facts import (
    BY_CONSTRUCTION,
    COLUMNS,
    DOCUMENT,
    FACTS_FILE,
    IN_PART,
    IN_SIGN,
    MET,
    MISSED,
    PUT,
    REASONS,
    document,
    stylised_facts,
    verdict_of,
    verdicts,
)
from analysis.evidence.tried_policies import months_until_back, series_under, severity_with_loss, under
from analysis.officials.months import OfficialMonths, gap_while_barred, official_months_of
from model.measures import MEASURES
from model.parameters import Parameters, parameter_paths, value_at
from model.rules.ladder import Ladder, accountability_ladder, expected_loss, misconduct_ladder
from model.scenario import find_scenario
from model.scenario.checks import source_keys
from model.simulate import jobs_of, series_of
from tests.made_scenarios import made_scenario

FEW_RUNS = 3


@pytest.fixture(scope="module")
def few() -> pd.DataFrame:
    """Return the comparisons of a few runs: enough for their form, too few for verdicts."""
    return stylised_facts(FEW_RUNS)


def test_that_every_observed_fact_is_put_to_the_model_and_has_a_known_source() -> None:
    observed = pd.read_csv(FACTS_FILE)
    assert [fact.__name__ for fact in FACTS] == observed["name"].tolist()
    assert list(PUT) == observed["name"].tolist()
    assert set(REASONS) <= set(PUT)
    for sources in observed["source"]:
        assert sources == BY_CONSTRUCTION or set(sources.split("; ")) <= set(source_keys())


def test_that_every_fact_has_a_comparison_that_decides(few: pd.DataFrame) -> None:
    assert tuple(few.columns) == COLUMNS
    for name, of_fact in few.groupby("fact"):
        assert (of_fact["role"] != "information").any(), name
    assert np.isfinite(few[["mean", "low", "high"]]).all(axis=None)
    assert (few["n"] == FEW_RUNS).all()
    deciding = few[few["role"] != "information"]
    assert (deciding["holds"] == (deciding["low"] >= deciding["least"]) & (deciding["high"] <= deciding["most"])).all()


def test_that_whatever_is_not_met_has_a_reason_and_the_document_prints_it(few: pd.DataFrame) -> None:
    everything_fails = few.assign(holds=few["fact"].map(lambda name: name not in REASONS))
    table = verdicts(everything_fails)
    assert set(table.loc[table["verdict"] != MET, "name"]) == set(REASONS)
    text = document(everything_fails)
    for row in table.itertuples():
        assert f"**{row.verdict}**" in text
        assert PUT[row.name] in text
        assert row.reason in text


@pytest.mark.parametrize(
    ("signs", "sizes", "verdict"),
    [
        ([True, True], [True], MET),
        ([True], [], MET),
        ([], [True], MET),
        ([True, True], [True, False], IN_SIGN),
        ([True, False], [True], IN_PART),
        ([True, False], [False], IN_PART),
        ([False], [True], MISSED),
        ([False, False], [], MISSED),
        ([], [False], MISSED),
    ],
)
def test_that_a_verdict_follows_from_signs_and_sizes_whatever_the_information(
    signs: list[bool], sizes: list[bool], verdict: str
) -> None:
    roles = ["sign"] * len(signs) + ["size"] * len(sizes)
    for informed in (True, False):
        table = pd.DataFrame({"role": [*roles, "information"], "holds": [*signs, *sizes, informed]})
        assert verdict_of(table) == verdict


@pytest.mark.parametrize(
    ("path", "ladder"),
    [
        ("accountability.severity", accountability_ladder),
        ("accountability.misconduct_severity", misconduct_ladder),
    ],
)
def test_that_severity_is_raised_to_the_same_expected_sanction(path: str, ladder: Callable[[float], Ladder]) -> None:
    before, after = (
        expected_loss(ladder(severity)) for severity in (value_at(Parameters(), path), severity_with_loss(path, 1.25))
    )
    assert after == pytest.approx(1.25 * before)


def test_that_the_harsh_years_have_the_levers_of_the_crackdown() -> None:
    crackdown, plain = find_scenario("crackdown").parameters, Parameters()
    moved = {path for path in parameter_paths() if value_at(crackdown, path) != value_at(plain, path)}
    assert {path for path in moved if path.startswith("accountability.")} == set(HARSH)
    assert {path: value_at(crackdown, path) for path in HARSH} == HARSH
    assert HARDER.items() < HARSH.items()


def test_that_recovery_is_counted_in_months_and_missing_where_there_is_none() -> None:
    calm, never = under({}), under({"accountability.certainty": 0.5, "accountability.severity": 0.6})
    assert months_until_back(calm, calm, 2, since=24).tolist() == [13.0, 13.0]
    assert np.isnan(months_until_back(never, calm, 2, since=24)).all()


def test_that_official_months_add_up_to_the_measures_of_the_run() -> None:
    (job,) = jobs_of(made_scenario(officials=90, n_jurisdictions=4, months=20), [0])
    months = official_months_of(job, first_month=5)
    assert months.innovates.size == 90 * 15
    rates = months.innovates.reshape(15, 90).mean(axis=1)
    from_engine = next(series_of([job])).measures[5:, MEASURES.index("innovation_rate")]
    np.testing.assert_allclose(rates, from_engine)
    assert months.age.min() >= 28.0
    assert months.age.max() < 60.0
    assert (months.freeze_months > 0).any()


def test_that_persons_are_compared_with_themselves() -> None:
    """Person 7 innovates in 1 of 2 months barred and in 2 of 2 others; person 9 never; person 8 was never barred."""
    person = np.array([7, 7, 7, 7, 8, 8, 9, 9])
    barred = np.array([5.0, 4.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0])
    innovates = np.array([True, False, True, True, True, True, False, False])
    months = OfficialMonths(person, np.full(8, 40.0), barred, innovates)
    assert gap_while_barred(months) == pytest.approx(((0.5 - 1.0) + 0.0) / 2)


def test_that_a_policy_is_run_once_and_compared_run_by_run() -> None:
    policy = under({"accountability.certainty": 0.9})
    assert series_under(policy, FEW_RUNS) is series_under(under({"accountability.certainty": 0.9}), FEW_RUNS)
    comparison = next(iter(FACTS[2](FEW_RUNS)))
    assert isinstance(comparison, Comparison)
    assert comparison.values.shape == (FEW_RUNS,)


@pytest.mark.slow
def test_that_the_document_tells_what_comes_out_now() -> None:
    text = document(stylised_facts())
    assert text == DOCUMENT.read_text(encoding="utf-8"), "renew it: python -m analysis.evidence.stylised_facts"
