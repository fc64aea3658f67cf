"""Observed figures and sources: each row has a source, and the model's numbers are those of the data."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from model.parameters import (
    ACCOUNTABILITY_SHARES,
    LADDER_FREEZES_MONTHS,
    MISCONDUCT_SHARES,
    N_RUNGS,
    REMOVAL_RUNG,
    Parameters,
    about,
    parameter_paths,
)
from model.scenario import find_scenario, shipped_scenarios

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
FILES = sorted(path.name for path in DATA.glob("*.csv"))
KINDS = {"study", "statistic", "law"}
CHECKED = {"own text", "secondary text", "remembered"}
MARKS = {"own text", "secondary text", "derived"}
BY_CONSTRUCTION = "by construction"  # of a stylised fact that no source is claimed for
FIELDS = {"author", "year", "title", "published", "doi", "found_at", "kind", "checked", "note"}


def sources() -> dict[str, dict[str, Any]]:
    """Return every source by its key."""
    return tomllib.loads((ROOT / "model" / "sources.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of observed figures."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def keys_of(row: dict[str, str]) -> list[str]:
    """Return the keys of the sources of a row."""
    return row["source"].split("; ")


def single(name: str) -> dict[str, str]:
    """Return the row of a figure that stands alone."""
    return next(row for row in rows("single_figures.csv") if row["name"] == name)


# --- Sources ---


def test_that_every_source_says_who_of_what_kind_how_checked_and_why() -> None:
    for key, source in sources().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", key), key
        assert {"author", "kind", "checked", "note"} <= set(source) <= FIELDS, key
        assert source["kind"] in KINDS, key
        assert source["checked"] in CHECKED, key
        assert source["note"].endswith((".", '".')), key
        assert isinstance(source.get("year", 2000), int), key
        assert re.fullmatch(r"10\.\d+/\S+", source.get("doi", "10.1/x")), key


def test_that_every_source_of_a_parameter_exists() -> None:
    named = {about(path).source for path in parameter_paths()}
    assert named - {"assumption", "judgement"} <= set(sources())
    assert not {"assumption", "judgement"} & set(sources())


def test_that_every_source_named_in_the_text_of_the_parameters_exists() -> None:
    text = (ROOT / "model" / "parameters.py").read_text(encoding="utf-8")
    named = set(re.findall(r"# (?:[a-z ,]*?)\b([a-z]+_\d{4}(?:_[a-z]+)?)\b", text))
    assert {"ccdi_2023", "ccdi_2016_reply"} <= named <= set(sources())


def test_that_every_source_is_used_somewhere() -> None:
    used = {key for name in shipped_scenarios() for key in find_scenario(name).references}
    used |= {key for name in FILES for row in rows(name) for key in keys_of(row)}
    used |= {about(path).source for path in parameter_paths()}
    forms_of_the_model = {
        "mcfadden_1974",
        "mcfadden_1978",
        "train_2009",
        "green_swets_1966",
        "olsen_2015",
        "brock_durlauf_2001",
        "edmonds_et_al_2019",
        "baumeister_et_al_2001",
        "dunbar_1993",
        "granovetter_1978",
        "roth_erev_1995",
        "simon_1955",
        "sunstein_2002",
    }
    background = {
        "three_distinctions_2016",
        "tu_gong_2022_motivation",
        "chen_keng_zhang_2023",
        "chen_peng_2022",
        "four_forms_2016",
        "zhang_wang_2022",
    }
    no_sources = {"assumption", "judgement", BY_CONSTRUCTION}
    assert set(sources()) == used - no_sources | forms_of_the_model | background


def test_that_every_reference_of_a_scenario_has_its_reason_beside_it() -> None:
    for name, path in shipped_scenarios().items():
        for key in find_scenario(name).references:
            assert re.search(rf'"{key}",  # \S.{{20,}}', path.read_text(encoding="utf-8")), (name, key)


# --- Observed figures ---


@pytest.mark.parametrize("name", FILES)
def test_that_every_row_is_whole_and_has_a_source_that_exists(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        assert None not in row
        assert None not in row.values()
        assert set(keys_of(row)) <= set(sources()) or keys_of(row) == [BY_CONSTRUCTION], row


@pytest.mark.parametrize("name", [name for name in FILES if name != "stylised_facts.csv"])
def test_that_every_figure_says_how_it_was_checked_and_none_is_only_remembered(name: str) -> None:
    for row in rows(name):
        marks = {value for column, value in row.items() if column.endswith("mark")}
        assert marks
        assert marks <= MARKS, row
        if {sources()[key]["checked"] for key in keys_of(row)} == {"secondary text"}:
            assert "own text" not in marks, row


@pytest.mark.parametrize("name", FILES)
def test_that_the_readme_names_the_file_and_its_sources(name: str) -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    (line,) = [line for line in readme.split("\n") if line.startswith(f"| `{name}`")]
    if name != "stylised_facts.csv":
        assert set(re.findall(r"`([a-z_]+_\d{4}\w*)`", line)) == {key for row in rows(name) for key in keys_of(row)}


def test_that_the_ladder_of_misconduct_has_the_shares_of_2023() -> None:
    observed = [row for row in rows("four_forms.csv") if row["period"] == "2023"]
    assert [int(row["rung"]) for row in observed] == list(range(N_RUNGS))
    assert tuple(float(row["share"]) for row in observed) == MISCONDUCT_SHARES


def test_that_the_provincial_inspection_adds_up_and_has_the_shape_of_the_ladder_of_accountability() -> None:
    measures = [int(row["person_times"]) for row in rows("accountability_ladder.csv")]
    assert sum(measures) == 624
    circular, admonition, sanction, judiciary = (n / sum(measures) for n in measures)
    assert [round(1000 * n / sum(measures)) for n in measures] == [396, 303, 295, 6]
    # It does not tell removals from other sanctions: their share is an assumption, that of both together is not.
    observed = (circular, admonition, sanction + judiciary)
    of_model = (*ACCOUNTABILITY_SHARES[: REMOVAL_RUNG - 1], sum(ACCOUNTABILITY_SHARES[REMOVAL_RUNG - 1 :]))
    assert of_model == pytest.approx(observed, abs=0.005)


def test_that_the_base_rates_are_those_the_readme_tells() -> None:
    counts = {row["name"]: float(row["value"]) for row in rows("base_rates.csv")}
    years = sorted(name[-4:] for name in counts if name.startswith("punished_elsewhere"))
    officials = [counts[f"punished_{year}"] - counts[f"punished_elsewhere_{year}"] for year in years]
    per_100 = [round(100 * n / counts["civil_servants"], 1) for n in officials]
    forms = counts["first_form_2023"] / counts["other_forms_2023"]
    held = 100 * counts["cadres_held_accountable_2019"] / counts["civil_servants"]
    readme = " ".join((DATA / "README.md").read_text(encoding="utf-8").split())
    assert f"{min(per_100)} to {max(per_100)} a year per 100 ({years[0]} to {years[-1]}" in readme
    assert f"{forms:.1f} times the other three together" in readme
    assert f"{held:.1f} per 100 in 2019" in readme


def test_that_the_shares_of_each_period_add_up_to_one_but_for_rounding() -> None:
    periods = {row["period"] for row in rows("four_forms.csv")}
    assert len(periods) == 4
    for period in periods:
        shares = [float(row["share"]) for row in rows("four_forms.csv") if row["period"] == period]
        assert sum(shares) == pytest.approx(1.0, abs=0.0011)


def test_that_the_default_severities_are_the_mean_rung_of_failures_and_more_than_that_of_misconduct() -> None:
    defaults = Parameters().accountability
    means = [
        sum(rung * share for rung, share in enumerate(of)) / 3 for of in (ACCOUNTABILITY_SHARES, MISCONDUCT_SHARES)
    ]
    assert defaults.severity == pytest.approx(means[0], abs=0.0005)
    assert defaults.misconduct_severity > means[1]


def test_that_the_freeze_after_a_disciplinary_sanction_is_observed_and_an_admonitions_is_shorter() -> None:
    observed = {float(row["freeze_months"]) for row in rows("promotion_freezes.csv")}
    circular, admonition, discipline, _ = LADDER_FREEZES_MONTHS
    assert discipline in observed
    assert circular < admonition < min(observed)


def test_that_korea_granted_from_0_107_to_0_409_of_the_requests_and_the_exemption_rate_can_take_both() -> None:
    granted = {int(row["year"]): float(row["share_granted"]) for row in rows("korea_requests_granted.csv")}
    assert granted == {2018: 0.409, 2023: 0.107}
    plausible = about("exemption.probability").plausible
    assert plausible is not None
    assert plausible[0] <= min(granted.values()) <= max(granted.values()) <= plausible[1]
    for row in rows("korea_requests_granted.csv"):
        assert round(int(row["granted"]) / int(row["requested"]), 3) == float(row["share_granted"])


def test_that_the_scenario_after_korea_begins_and_ends_at_the_shares_granted() -> None:
    granted = {int(row["year"]): float(row["share_granted"]) for row in rows("korea_requests_granted.csv")}
    scenario = find_scenario("rule_out_of_use")
    assert scenario.parameters.exemption.probability == round(granted[2018], 2)
    assert scenario.changes[0].settings["exemption.probability"] == round(granted[2023], 2)


def test_that_exempted_cases_in_korea_fell_every_year_from_their_peak_in_2018() -> None:
    cases = {int(row["year"]): int(row["exempted_cases"]) for row in rows("korea_exempted_cases.csv")}
    falling = [n for year, n in cases.items() if year >= 2018]
    assert falling == sorted(falling, reverse=True) == [27, 24, 21, 16, 9, 4]
    assert cases[2017] < cases[2018]


def test_that_cases_in_korea_are_those_granted_and_those_without_a_request() -> None:
    granted = {row["year"]: int(row["granted"]) for row in rows("korea_requests_granted.csv")}
    (last,) = [row for row in rows("korea_exempted_cases.csv") if row["year"] == "2023"]
    assert int(last["ex_officio"]) + granted["2023"] == int(last["exempted_cases"])


def test_that_the_default_loss_aversion_is_the_mean_of_the_estimates() -> None:
    figure = single("loss_aversion")
    path = "population.loss_aversion_mean"
    assert float(figure["value"]) == Parameters().population.loss_aversion_mean
    low, high = float(figure["low"]), float(figure["high"])
    assert about(path).plausible == (round(low, 1), round(high, 1))


def test_that_intervals_hold_their_figures() -> None:
    assert 0 < float(single("experiments_not_rolled_out")["value"]) < 1
    assert all(float(row["low"]) < float(row["high"]) for row in rows("defensive_administration_italy.csv"))


def test_that_the_stylised_facts_have_names_of_their_own() -> None:
    facts = rows("stylised_facts.csv")
    assert len({row["name"] for row in facts}) == len(facts)
    assert all(row["fact"] and row["sign_or_size"] for row in facts)
