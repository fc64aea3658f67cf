"""Estimates: from a file to shares, a posterior, a scenario and an experiment; and the mark of invented data."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, binom, norm

from analysis.design.experiment_file import read_experiment
from analysis.evidence.case_file import read_case_file
from analysis.evidence.charts import charts_of_estimate
from analysis.evidence.counts_file import read_counts_file
from analysis.evidence.data_set import CASES, SHIPPED
from analysis.evidence.estimate import Options, estimate_of_cases, estimate_of_counts, verdict_of_contraction
from analysis.evidence.estimate_document import notes_of_estimate
from analysis.evidence.evidence_folder import draws_of, write_evidence
from analysis.evidence.ladder import SEVERITY, ladder_of, severity_draws
from analysis.evidence.review import ACCESS, PROBABILITY, REMEDY, evidence_of, parameters_of_review
from analysis.evidence.selection import DISCLOSURE, Selection
from analysis.execution.sweep import sweep
from analysis.publication.bundle import bundle
from analysis.publication.export import export
from analysis.publication.report import report
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.parameters import about
from model.scenario import find_scenario, read_scenario, scenario_toml, with_settings
from model.scenario.serialisation import SCHEMA
from tests.analysis.evidence.made_cases import ROW, file_of_rows, many, refusal_of
from tests.made_experiments import made_experiment, silent

INVENTED = Path(__file__).parents[3] / "data" / "examples" / "cases_invented.csv"
CLARITY = evidence_of("complexity")
NONE = Options(Selection("none"))


def share(found: object, quantity: str, way: str = "sanctioned") -> tuple[int, int]:
    """Return how many of how many were exempted, as the table of shares says."""
    rates: pd.DataFrame = found.rates  # type: ignore[attr-defined]
    (row,) = rates[(rates["quantity"] == quantity) & (rates["mitigated_as"] == way)].to_dict("records")
    return row["k"], row["n"]


# --- What is counted ---


def test_that_mitigated_cases_count_both_ways_by_default(tmp_path: Path) -> None:
    rows = [*many(3, 5), *[{"case_id": f"m{n}", "outcome": "mitigated"} for n in range(2)]]
    found = estimate_of_cases(read_case_file(file_of_rows(tmp_path, rows)), NONE)
    assert share(found, "exempt.complexity") == (3, 10)
    assert share(found, "exempt.complexity", "exempt") == (5, 10)
    one = estimate_of_cases(read_case_file(file_of_rows(tmp_path, rows)), NONE._replace(mitigated="exempt"))
    assert set(one.rates["mitigated_as"]) == {"exempt"}


def test_that_false_accusations_and_causes_without_a_row_are_told_and_left_out(tmp_path: Path) -> None:
    rows = [*many(2, 2), {"case_id": "f", "cause": "accusation_false", "outcome": "clarified"}]
    rows += many(3, 0, cause="procedure")
    file = read_case_file(file_of_rows(tmp_path, rows))
    found = estimate_of_cases(file, NONE._replace(mitigated="sanctioned"))
    assert share(found, "exempt") == (5, 7)
    assert share(found, "exempt.complexity") == (2, 4)
    assert found.tallies["sanctioned"].other == {"accusation_false": 1, "procedure": 3}
    counted = estimate_of_cases(file, NONE._replace(mitigated="sanctioned", counted_as=(("procedure", "complexity"),)))
    assert share(counted, "exempt.complexity") == (5, 7)


def test_that_a_case_for_which_nobody_asked_bears_on_access_and_is_no_denial(tmp_path: Path) -> None:
    rows = [*many(2, 2), *many(0, 6, applied="no")]
    found = estimate_of_cases(read_case_file(file_of_rows(tmp_path, rows)), NONE._replace(mitigated="sanctioned"))
    assert share(found, "exempt.complexity") == (2, 4)
    assert found.tallies["sanctioned"].applied == (4, 10)


def test_that_what_was_left_undone_is_set_apart_as_inaction_unless_it_is_recounted(tmp_path: Path) -> None:
    rows = [*many(2, 2, act="act"), *many(0, 3, act="omission"), *many(0, 4, act="omission", cause="negligence")]
    file = read_case_file(file_of_rows(tmp_path, rows, (*ROW, "act")))
    found = estimate_of_cases(file, NONE)
    assert (share(found, "exempt.complexity"), share(found, "exempt.negligence")) == ((2, 4), (0, 4))
    assert found.tallies["sanctioned"].other == {"inaction": 3}
    recounted = estimate_of_cases(file, NONE._replace(counted_as=(("inaction", "ability"),)))
    assert share(recounted, "exempt.ability") == (0, 3)


def test_that_a_column_on_which_coders_do_not_agree_is_left_out_unless_it_is_accepted() -> None:
    file = read_case_file(INVENTED)
    found = estimate_of_cases(file, NONE)
    assert found.left_out == ("filed",)
    assert share(found, "exempt.complexity.filed") == (0, 0)
    accepted = estimate_of_cases(file, NONE._replace(accept=("filed",)))
    assert accepted.left_out == ()
    assert share(accepted, "exempt.complexity.filed")[1] > 0


def test_that_the_invented_cases_are_as_their_readme_says() -> None:
    file = read_case_file(INVENTED)
    found = estimate_of_cases(file, NONE)
    assert file.n_cases == 120
    assert len(file.rows) == 240
    assert found.ties["outcome"] == 2
    alphas = found.agreement.set_index("column")["alpha"]
    assert alphas["filed"] == pytest.approx(0.6, abs=0.05)
    assert (alphas.drop(["filed", "act"]) > 0.8).all()


def test_that_shares_by_place_add_up_to_all() -> None:
    found = estimate_of_cases(read_case_file(INVENTED), NONE._replace(by="place"))
    rows = found.rates[(found.rates["quantity"] == "exempt") & (found.rates["mitigated_as"] == "sanctioned")]
    groups = rows.set_index("group")["n"]
    assert groups.drop("all").sum() == groups["all"]


def test_that_the_shipped_cases_tell_nothing_of_the_review_if_all_may_be_hidden() -> None:
    found = estimate_of_cases(read_case_file(SHIPPED / CASES), Options(Selection("bounds", (0.0, 1.0))))
    own = found.quantities[found.quantities["quantity"].isin(parameters_of_review())]
    assert set(own["verdict"]) == {"not_told"}
    bounds = found.rates[found.rates["quantity"] == "exempt"]
    assert bounds["bound_low"].tolist() == [0.0, 0.0]
    assert bounds["bound_high"].tolist() == [1.0, 1.0]


def test_that_five_published_cases_that_were_all_exempt_leave_everything_open(tmp_path: Path) -> None:
    found = estimate_of_cases(
        read_case_file(file_of_rows(tmp_path, many(5, 0))), Options(Selection("bounds", (0.0, 1.0)), "sanctioned")
    )
    (row,) = found.rates[found.rates["quantity"] == "exempt"].to_dict("records")
    assert row["k"] / row["n"] == 1.0
    assert (row["bound_low"], row["bound_high"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (NONE._replace(accept=("deed",)), "--accept deed: is no column that estimates use"),
        (NONE._replace(counted_as=(("luck", "ability"),)), "--count luck=ability: write a cause of the codebook"),
        (NONE._replace(counted_as=(("procedure", "luck"),)), "--count procedure=luck"),
    ],
)
def test_that_a_choice_that_makes_no_sense_is_refused(options: Options, told: str) -> None:
    assert told in refusal_of(estimate_of_cases, read_case_file(INVENTED), options)


def test_that_a_file_without_a_decided_case_is_refused(tmp_path: Path) -> None:
    file = read_case_file(file_of_rows(tmp_path, [{"outcome": "pending"}]))
    assert "no case in it has an outcome" in refusal_of(estimate_of_cases, file, NONE)


def test_that_verdicts_follow_the_contraction() -> None:
    verdicts = [verdict_of_contraction(contraction) for contraction in (0.9, 0.8, 0.5, 0.3, 0.29, -0.1, float("nan"))]
    assert verdicts == ["told", "told", "in_part", "in_part", "not_told", "not_told", "fixed"]


def test_that_the_ladder_of_many_sanctions_has_their_shares_and_mean_rung() -> None:
    ladder = ladder_of((4000, 3000, 2500, 500))
    assert ladder.shares[0] == pytest.approx([0.40, 0.30, 0.25, 0.05], abs=0.002)
    assert ladder.severity[0] == pytest.approx((0.3 + 0.5 + 0.15) / 3, abs=0.005)


def test_that_the_severity_of_all_sanctions_lies_within_what_was_not_published_leaves_open() -> None:
    rungs = (4000, 3000, 2500, 500)
    counted = severity_draws(rungs, Selection("none"), 2000, 1)
    assert counted.mean() == pytest.approx(0.317, abs=0.005)
    half = severity_draws(rungs, Selection("bounds", (0.5, 1.0)), 2000, 1)
    assert (half.min(), half.max()) == pytest.approx((0.317 / 2, 0.317 / 2 + 0.5), abs=0.01)
    unknown = severity_draws(rungs, Selection("bounds", (0.0, 1.0)), 2000, 1)
    assert np.quantile(unknown, [0.25, 0.5, 0.75]) == pytest.approx([0.25, 0.5, 0.75], abs=0.02)


def test_that_sanctions_for_private_gain_are_not_on_the_ladder_of_failures(tmp_path: Path) -> None:
    rows = [*many(0, 3, rung="1"), *many(0, 2, rung="3", cause="self_dealing")]
    found = estimate_of_cases(read_case_file(file_of_rows(tmp_path, rows)), NONE)
    assert found.ladder == (0, 3, 0, 0)
    rates = found.rates.set_index("quantity")
    assert (rates["k"]["rung.1"], rates["n"]["rung.1"], rates["k"]["rung.3"]) == (3, 3, 0)
    assert rates["share"]["rung.1"] == pytest.approx(beta.median(4, 3))


def test_that_access_remedy_filing_and_disclosure_are_told_with_their_bounds(tmp_path: Path) -> None:
    told = {"appealed": "yes", "appeal_result": "exempt", "filed": "yes"}
    rows = [*many(4, 0, published="yes"), *many(2, 0, published="no"), *many(0, 3, **told), *many(0, 1, filed="")]
    columns = (*ROW, "published", "appealed", "appeal_result")
    file = read_case_file(file_of_rows(tmp_path, rows, columns))
    rates = estimate_of_cases(file, Options(Selection("bounds", (0.5, 1.0)))).rates.set_index("quantity")
    shares = {name: (rates["k"][name], rates["n"][name]) for name in (ACCESS, REMEDY, "filed_share", DISCLOSURE)}
    assert shares == {ACCESS: (10, 10), REMEDY: (3, 3), "filed_share": (3, 9), DISCLOSURE: (4, 6)}
    assert rates["share"][DISCLOSURE] == pytest.approx(beta.median(4.5, 2.5))
    assert rates["bound_low"]["filed_share"] == pytest.approx(0.5 * beta.ppf(0.025, 3.5, 7.5))  # the open one not filed
    assert rates["bound_high"]["filed_share"] == pytest.approx(1 - 0.5 * (1 - beta.ppf(0.975, 4.5, 6.5)))


def test_that_published_cases_alone_tell_nothing_of_disclosure(tmp_path: Path) -> None:
    file = read_case_file(file_of_rows(tmp_path, many(4, 2, published="yes"), (*ROW, "published")))
    assert estimate_of_cases(file, NONE).rates.set_index("quantity")["n"][DISCLOSURE] == 0


def test_that_every_draw_is_another_where_no_case_was_mitigated(tmp_path: Path) -> None:
    found = estimate_of_cases(read_case_file(file_of_rows(tmp_path, many(10, 20))), NONE)
    assert list(found.tallies) == ["sanctioned"]
    draws = draws_of(found, 200)
    assert len(draws.drop_duplicates()) == len(draws) == 200


def test_that_counts_tell_the_share_filed_and_which_causes_have_no_row(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    head = "cause,filed,decided,exempt,rung_0,rung_3,source,invented\n"
    rows = "complexity,yes,30,20,0,0,s,no\nability,no,10,2,5,3,s,no\nability,,7,1,0,0,s,no\nprocedure,,9,4,0,0,s,no\n"
    path.write_text(head + rows + "self_dealing,,5,0,0,5,s,no\n", encoding="utf-8")
    (tally,) = estimate_of_counts(read_counts_file(path), NONE).tallies.values()
    assert (tally.filed, tally.not_told, tally.other) == ((30, 40), {"filed": 7}, {"procedure": 9})
    assert tally.rungs == (5, 0, 0, 3)
    as_complexity = NONE._replace(counted_as=(("procedure", "complexity"),))
    (tally,) = estimate_of_counts(read_counts_file(path), as_complexity).tallies.values()
    assert (tally.other, tally.exempt["complexity", ""]) == ({}, (4, 9))


def test_that_the_posterior_is_that_of_a_grid(tmp_path: Path) -> None:
    rows = [*many(14, 16), *many(2, 23, cause="self_dealing")]
    found = estimate_of_cases(read_case_file(file_of_rows(tmp_path, rows)), NONE).quantities.set_index("quantity")
    rate, clarity = np.meshgrid((np.arange(400) + 0.5) / 400, 0.5 + 3.5 * (np.arange(400) + 0.5) / 400)
    criterion = (
        clarity / 2 + 2 * (1 - norm.ppf(rate)) / clarity
    )  # section 5 of docs/model.md, at the clarity 2 the rate
    exempt, own = norm.cdf(clarity - criterion), norm.cdf(-criterion)
    likelihood = binom.pmf(14, 30, exempt) * binom.pmf(2, 25, own)
    for name, values in ((PROBABILITY, rate), (CLARITY, clarity), ("chance.self_dealing", own)):
        order = np.argsort(values, axis=None)
        steps = np.cumsum(likelihood.ravel()[order]) / likelihood.sum()
        ends = values.ravel()[order][np.searchsorted(steps, [0.5, 0.025, 0.975])]
        assert found.loc[name, ["estimate", "low", "high"]].tolist() == pytest.approx(ends, abs=0.06), name


# --- What is written ---


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an estimate from the invented cases."""
    folder = tmp_path_factory.mktemp("evidence")
    options = Options(Selection("bounds", (0.1, 0.6)))
    return write_evidence(estimate_of_cases(read_case_file(INVENTED), options), folder, 50, "made by a test").folder


def test_that_draws_are_points_of_an_experiment_that_can_be_swept(written: Path) -> None:
    draws = pd.read_csv(written / "draws.csv")
    assert set(draws) == {*parameters_of_review(), SEVERITY}
    assert len(draws) == 50
    for path in draws:
        low, high = about(path).bounds
        assert draws[path].between(low, high).all()
    specification = read_experiment(written / "experiment.toml")
    assert len(specification.design.listed) == 50
    assert {PROBABILITY, ACCESS, REMEDY} <= {factor.path for factor in specification.factors}


def test_that_the_scenario_says_where_it_comes_from_and_changes_nothing_by_that(written: Path) -> None:
    scenario = read_scenario(written / "scenario.toml")
    told = dict(scenario.provenance)
    assert told["made_by"] == "cases estimate"
    assert told["selection"] == "bounds --published 0.1:0.6"
    assert told["published"] == "0.1:0.6"
    assert (told["rows"], told["cases"], told["invented"]) == (240, 120, True)
    summary = json.loads((written / "summary.json").read_text(encoding="utf-8"))
    assert summary["provenance"]["sha256"] == told["sha256"]
    assert summary["left_out"] == ["filed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_everything_made_of_published_cases_as_if_they_were_all_says_so(
    language: Language, tmp_path: Path
) -> None:
    words = words_in(language)
    file = read_case_file(file_of_rows(tmp_path, [*many(3, 0), *many(0, 4, rung="1")]))
    found = estimate_of_cases(file, NONE)
    told = words.text("estimate.none")
    assert told in notes_of_estimate(found, words)
    for draw in charts_of_estimate(found, words).values():
        assert any(told.rstrip(".。") in text.get_text().replace("\n", " ") for text in draw().texts)
    folder = write_evidence(found, tmp_path / "out", 20, "made by a test").folder
    assert told in getattr(read_scenario(folder / "scenario.toml").question, language)


def test_that_the_same_file_and_seed_give_the_same_bytes(written: Path, tmp_path: Path) -> None:
    options = Options(Selection("bounds", (0.1, 0.6)))
    again = write_evidence(estimate_of_cases(read_case_file(INVENTED), options), tmp_path, 50, "made by a test")
    for path in again.files:
        assert path.read_bytes() == (written / path.name).read_bytes(), path.name


# --- Invented data say so wherever they go ---


def test_that_the_mark_of_invented_data_survives_reading_settings_and_extending(written: Path, tmp_path: Path) -> None:
    scenario = with_settings(read_scenario(written / "scenario.toml"), {ACCESS: 0.5})
    assert scenario.is_invented
    assert scenario.title.en.startswith("Invented data: ")
    (tmp_path / "base.toml").write_text(scenario_toml(scenario), encoding="utf-8")
    titles = '[title]\nen = "Mine"\nzh = "我的"\n[question]\nen = "What?"\nzh = "怎样？"\n'
    text = f'schema = {SCHEMA}\nextends = "base"\n{titles}'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    mine = read_scenario(tmp_path / "mine.toml")
    assert (mine.title.en, mine.title.zh) == ("Invented data: Mine", "虚构数据：我的")


@pytest.mark.slow
def test_that_the_mark_survives_report_bundle_and_export(written: Path, tmp_path: Path) -> None:
    base = with_settings(read_scenario(written / "scenario.toml"), {"size.jurisdictions": 2}, officials=20, months=8)
    experiment = sweep(made_experiment(points=3, base=base), tmp_path / "made", watch=silent())
    export(experiment.folder, tmp_path / "runs.csv")
    assert set(pd.read_csv(tmp_path / "runs.csv")["invented"]) == {"yes"}
    page = report(tmp_path / "made", tmp_path / "report").page.read_text(encoding="utf-8")
    assert "Invented data: From the cases of cases_invented.csv" in page
    assert f"sha256 {dict(base.provenance)['sha256']}" in page
    charts = list((tmp_path / "report" / "figures").glob("*.svg"))
    assert charts
    assert all(str(dict(base.provenance)["sha256"]) in path.read_text(encoding="utf-8") for path in charts)
    shutil.copytree(written, tmp_path / "cases-evidence")
    made = bundle(tmp_path / "made", tmp_path / "made.zip")
    with zipfile.ZipFile(made.file) as archive:
        scenarios = [name for name in archive.namelist() if name.endswith("/scenario/scenario.toml")]
        assert scenarios
        assert all("Invented data: " in archive.read(name).decode() for name in scenarios)
        (coded,) = [name for name in archive.namelist() if "/coded/" in name and not name.endswith("/")]
        assert coded.endswith("/coded/cases_invented.csv")
        assert archive.read(coded) == INVENTED.read_bytes()
        sums = next(archive.read(name).decode() for name in archive.namelist() if name.endswith("SHA256SUMS"))
        assert f"{dict(base.provenance)['sha256']}  coded/cases_invented.csv" in sums


def test_that_a_scenario_of_ones_own_has_no_provenance() -> None:
    assert find_scenario("baseline").provenance == ()
    assert "provenance" not in scenario_toml(find_scenario("baseline"))
