"""The coded data that come with the project: whole, without names, linked as promised, and as the documents say."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from analysis.evidence.agreement import alpha_of
from analysis.evidence.codebook import case_columns, items
from analysis.evidence.coded_file import OF_PERSONS
from analysis.evidence.counted_rates import forms, rates, rungs_after_inspection
from analysis.evidence.data_set import (
    CASES,
    HOSTS,
    PROVISIONS,
    SHIPPED,
    TEXTS,
    TOTALS,
    DataSet,
    cases_by,
    filled,
    provisions,
    provisions_by,
    read_data_set,
)
from analysis.evidence.document import answer_sentences, cases_table
from analysis.evidence.documents import documents
from analysis.evidence.findings_in_words import agreement_of_texts
from analysis.evidence.labels import group_label
from analysis.words import words_in
from tests.analysis.evidence.made_cases import refusal_of

ROOT = SHIPPED.parents[1]
FILES = sorted(path.name for path in SHIPPED.glob("*.csv"))


@pytest.fixture(scope="module")
def data() -> DataSet:
    """Return the data set that comes with the project."""
    return read_data_set()


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


# --- Whole, and as the data sheet says ---


def test_that_there_are_as_many_texts_cases_and_counts_as_the_data_sheet_says(data: DataSet) -> None:
    sheets = [(SHIPPED / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
    for sheet in sheets:
        told = dict(re.findall(r"^\| `(\w+\.csv)` \|.*\| (\d+) \|$", sheet, re.M))
        assert told == {name: str(len(rows(SHIPPED / name))) for name in FILES}
    assert data.cases.n_cases == 93
    assert len(data.texts.documents) == 131


def test_that_no_file_has_a_column_for_names_of_persons() -> None:
    for name in FILES:
        columns = set(rows(SHIPPED / name)[0])
        assert not (columns - {"name"} if name == HOSTS else columns) & OF_PERSONS, name


def test_that_addresses_lead_only_to_hosts_of_a_kind_that_may_be_linked_and_all_others_are_named_in_words() -> None:
    kinds = {row["host"]: row["kind"] for row in rows(SHIPPED / HOSTS)}
    for name in (TEXTS, CASES, TOTALS):
        for row in rows(SHIPPED / name):
            if row["source_url"]:
                assert re.match(r"https?://([^/\s]+)/", row["source_url"])[1] in kinds, row  # type: ignore[index]
                assert " " not in row["source_url"]
            else:
                assert row["source"].endswith("read on a mirror, 2026"), row


def test_that_an_address_of_an_unknown_host_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "mine")
    path = tmp_path / "mine" / CASES
    path.write_text(path.read_text(encoding="utf-8").replace("www.southcn.com", "mirror.example"), encoding="utf-8")
    message = refusal_of(read_data_set, tmp_path / "mine")
    assert f'{path}, line 2, source_url: "mirror.example" is no host in hosts.csv' in message
    assert "name the source in words and leave the address out" in message


def test_that_absent_is_said_only_of_texts_read_whole(data: DataSet) -> None:
    for row in data.texts.rows:
        if row["seen"] != "whole":
            assert all(row[item] != "0" for item in data.texts.items), row["document"]


def test_that_nothing_shipped_is_marked_as_invented_and_the_examples_all_are(data: DataSet) -> None:
    assert not data.is_invented
    for name in ("cases_invented.csv", "texts_invented.csv"):
        assert {row["invented"] for row in rows(ROOT / "data" / "examples" / name)} == {"yes"}


# --- What they tell ---


def test_that_not_told_stays_apart_from_no(data: DataSet) -> None:
    found = provisions(data)
    assert found["filing_in_advance"] == (3, 46, 82)
    assert found["filing_in_advance"].bounds == (pytest.approx(3 / 131), pytest.approx(85 / 131))
    for provision in found.values():
        assert provision.n == len(data.texts.documents)


@pytest.mark.parametrize("by", ["level", "year", "domain"])
def test_that_the_groups_of_texts_add_up_to_all(data: DataSet, by: str) -> None:
    groups = provisions_by(data, by)
    for item in PROVISIONS:
        sums = tuple(map(sum, zip(*(found[item] for found in groups.values()), strict=True)))
        assert sums == provisions(data)[item]


def test_that_cases_by_cause_and_by_place_add_up_to_all(data: DataSet) -> None:
    for column in ("cause", "place"):
        assert cases_by(data, column).to_numpy().sum() == data.cases.n_cases
    outcomes = cases_by(data, "cause").sum()
    assert outcomes.to_dict() == {"exempt": 15, "mitigated": 9, "sanctioned": 37, "clarified": 26, "not_told": 6}


def test_that_what_the_cases_do_not_tell_is_said(data: DataSet) -> None:
    assert filled(data, ("filed", "days_to_decision", "later_career")) == {
        "filed": (4, 93),
        "days_to_decision": (0, 93),
        "later_career": (8, 93),
    }
    assert "told in 4 of 93 cases" in answer_sentences(data, words_in("en"))[-1]


def test_that_punished_officials_of_2023_are_2_7_of_100_and_7_4_with_the_first_form(data: DataSet) -> None:
    (rate,) = [rate for rate in rates(data.totals) if rate.year == "2023"]
    assert rate.sanctions == pytest.approx(100 * (610_000 - 417_000) / 7_160_000)
    assert rate.all_measures == pytest.approx(rate.sanctions * (1 + 1096 / (492 + 64 + 66)))


def test_that_the_shares_of_the_four_forms_add_up_to_one(data: DataSet) -> None:
    found = forms(data.totals)
    assert len(found) == 5
    assert all(sum(one.shares) == pytest.approx(1.0) for one in found)


def test_that_the_measures_after_the_inspection_of_hunan_are_624(data: DataSet) -> None:
    assert sum(rungs_after_inspection(data.totals, "hunan-2018-provincial-inspection").values()) == 624


def test_that_the_second_coder_agrees_with_alpha_0_84_and_never_disagrees_where_both_tell(data: DataSet) -> None:
    table, (pooled, n) = agreement_of_texts(data)
    assert n == 288
    assert pooled == pytest.approx(0.844, abs=0.005)
    alphas = table.set_index("column")["alpha"]
    assert alphas["conditions"] == pytest.approx(-0.193, abs=5e-4)
    assert alphas["policy_unclear"] == pytest.approx(0.343, abs=5e-4)
    assert alphas["career_protected"] == pytest.approx(0.830, abs=5e-4)
    assert set(alphas.nsmallest(4).index) == {"conditions", "policy_unclear", "is_trial", "first_try"}
    assert alpha_of([["1", "1"], ["0", "0"]], "nominal") == 1.0


# --- Adding a row needs no code ---


def test_that_a_row_more_is_read_counted_and_told_without_any_change_of_code(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    listed = rows(folder / TEXTS)
    more = {**listed[0], "document": "new-text", "filing_in_advance": "2", "level": "village", "year": "2026"}
    with (folder / TEXTS).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(listed[0]), lineterminator="\n").writerow(more)
    found = read_data_set(folder)
    assert provisions(found)["filing_in_advance"].named == 4
    assert provisions_by(found, "level")["village"]["filing_in_advance"].named == 1
    assert "132 texts were coded" in answer_sentences(found, words_in("en"))[0]


def test_that_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    assert "has no texts.csv; a data set has" in refusal_of(read_data_set, tmp_path)


# --- Documents and words ---


def test_that_the_generated_documents_are_up_to_date() -> None:
    for path, text in documents().items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: python -m analysis.evidence.documents"


def test_that_every_place_and_rung_is_called_something_in_chinese(data: DataSet) -> None:
    chinese = words_in("zh")
    rows = [row.values for row in (*data.texts.rows, *data.cases.rows)] + list(data.totals)
    places = {row["place"] for row in rows if row["place"]}
    named = {place: group_label(chinese, "place", place) for place in places}
    assert not [place for place, name in named.items() if name.isascii()]
    rungs = rungs_after_inspection(data.totals, "hunan-2018-provincial-inspection")
    assert not [rung for rung in rungs if group_label(chinese, "category", rung).isascii()]
    _, by_place = cases_table(data, chinese, "place")
    assert "湖北" in {row[0] for row in by_place}


def test_that_every_column_value_and_item_has_a_text_in_both_languages() -> None:
    for column in case_columns().values():
        assert column.texts["en"]
        assert column.texts["zh"]
        assert all(label["en"] and label["zh"] for label in column.values.values())
    for item in items().values():
        assert item.titles["zh"]
        assert item.definitions["en"]
        assert item.definitions["zh"]
