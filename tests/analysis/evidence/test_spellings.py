"""Files as coders, spreadsheets and other programs write them."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from analysis.evidence.case_file import read_case_file
from analysis.evidence.codebook import case_columns
from analysis.evidence.coded_file import Row
from analysis.evidence.counts_file import read_counts_file
from analysis.evidence.data_set import CASES, SHIPPED
from analysis.evidence.names_of_persons import likely_names
from analysis.evidence.spellings import value_of_label, whole_number
from analysis.evidence.text_file import read_text_file
from tests.analysis.evidence.made_cases import ROW, file_of_rows, refusal_of


def test_that_values_may_be_written_as_they_are_called_in_either_language(tmp_path: Path) -> None:
    rows = [{"level": "县级", "cause": "能力", "outcome": "免责"}, {"case_id": "2", "cause": "Private gain"}]
    first, second = read_case_file(file_of_rows(tmp_path, rows, (*ROW, "level"))).rows
    assert (first["level"], first["cause"], first["outcome"]) == ("county", "ability", "exempt")
    assert second["cause"] == "self_dealing"


@pytest.mark.parametrize("column", [column for column in case_columns().values() if column.kind == "choice"])
def test_that_no_two_values_of_a_column_are_called_the_same(column: object) -> None:
    values = column.values  # type: ignore[attr-defined]
    for value, names in values.items():
        assert [value_of_label(name, values) for name in (value, *names.values())] == [value] * 3


@pytest.mark.parametrize("name", ["Consensus", "CONSENSUS", "consensus"])
def test_that_adjudicated_codings_are_known_however_the_coder_is_written(tmp_path: Path, name: str) -> None:
    (row,) = read_case_file(file_of_rows(tmp_path, [{"coder": name}])).rows
    assert row["coder"] == "consensus"


@pytest.mark.parametrize(
    ("written", "read"),
    [("007", "7"), ("25.0", "25"), ("1,025", "1025"), ("0,1", "0,1"), ("2.5", "2.5"), ("²", "²"), ("", "")],
)
def test_that_whole_numbers_are_read_as_spreadsheets_write_them(written: str, read: str) -> None:
    assert whole_number(written) == read


def test_that_counts_may_have_gaps_thousands_and_chinese_words(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    head = "place,cause,filed,decided,exempt,source,invented\n"
    path.write_text(head + '湖北,复杂性,是,"1,025",６.0,year book,否\n', encoding="utf-8")
    (row,) = read_counts_file(path).rows
    assert (row["cause"], row["filed"], row["decided"], row["exempt"]) == ("complexity", "yes", "1025", "6")


def test_that_numbers_of_a_table_with_gaps_are_whole_and_no_number_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    rungs = pa.array([2.0, math.nan])  # as numpy has them, with no number where there is none
    table = pa.Table.from_pandas(pd.DataFrame([ROW | {"outcome": "sanctioned"}, ROW | {"case_id": "two"}]))
    parquet.write_table(table.set_column(table.column_names.index("rung"), "rung", rungs), path)
    assert [row["rung"] for row in read_case_file(path).rows] == ["2", ""]


def test_that_coded_texts_are_read_in_the_same_forms(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    head = "document,coder,source,seen,invented,remedy\n"
    path.write_text(head + "a,consensus,s,Whole,否,２\na,Consensus,s,whole,no,1\n", encoding="utf-8-sig")
    assert '"a" is coded twice by "consensus"' in refusal_of(read_text_file, path)
    path.write_text(head + "a,A,s,Whole,否,2.0\n", encoding="utf-8")
    (row,) = read_text_file(path).rows
    assert (row["seen"], row["invented"], row["remedy"]) == ("whole", "no", "2")


@pytest.mark.parametrize(
    "deed", ["张三同志先行审批", "李某某未批先建", "由王XX签字", "Approved by Mr. Zhang Wei early"]
)
def test_that_what_looks_like_a_name_is_found(deed: str) -> None:
    ((line, column, _),) = likely_names([Row(7, {"deed": deed})])
    assert (line, column) == (7, "deed")


def test_that_offices_and_the_shipped_cases_do_not_look_like_names() -> None:
    deeds = [
        "一名局长先行审批",
        "于某地块先行开工",
        "擅自为对方某企业垫资",
        "兼任某职务",
        "A county head approved a road early",
    ]
    assert not likely_names([Row(2, {"deed": deed}) for deed in deeds])
    assert not likely_names(read_case_file(SHIPPED / CASES).rows)
