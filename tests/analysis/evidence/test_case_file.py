"""Case files: what is read, what is refused, and that no file ends in a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.evidence.case_file import read_case_file
from analysis.evidence.coded_file import EvidenceError
from analysis.evidence.counts_file import read_counts_file
from analysis.evidence.data_set import SHIPPED
from analysis.evidence.dates import plain_date
from analysis.evidence.estimate import Options, estimate_of_cases
from analysis.evidence.selection import Selection
from analysis.evidence.text_file import read_text_file
from tests.analysis.evidence.made_cases import COLUMNS, ROW, file_of_rows, refusal_of, text_of_rows

N_MANGLED = 2000
OPTIONS = Options(Selection("bounds", (0.1, 1.0)), "sanctioned")


# --- What is read ---


def test_that_what_is_not_told_and_what_does_not_apply_are_kept_apart(tmp_path: Path) -> None:
    file = read_case_file(file_of_rows(tmp_path, [{"filed": "", "rung": "NA"}]))
    assert file.rows[0]["filed"] == ""
    assert file.rows[0]["rung"] == "na"


def test_that_a_byte_order_mark_windows_lines_and_full_width_signs_are_taken_as_usual(tmp_path: Path) -> None:
    text = text_of_rows([{"date": "２０２３－０７", "rung": "２", "outcome": "sanctioned"}])
    path = tmp_path / "cases.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))
    (row,) = read_case_file(path).rows
    assert (row["date"], row["rung"], row["case_id"]) == ("2023-07", "2", "one")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2023", "2023"),
        ("2023-7", "2023-07"),
        ("2023/7/1", "2023-07-01"),
        ("2023年7月1日", "2023-07-01"),
        ("2023-07-01 00:00:00", "2023-07-01"),
        ("45108", "2023-07-01"),
        ("20230701", "2023-07-01"),
    ],
)
def test_that_dates_are_read_as_coders_and_spreadsheets_write_them(written: str, read: str) -> None:
    assert plain_date(written) == read


@pytest.mark.parametrize(
    "written", ["", "last year", "2023-13", "2023-02-30", "23", "7/1/2023", "1234567", "20231301", "12345678", "٢٠٢٣"]
)
def test_that_what_is_no_date_is_none(written: str) -> None:
    assert plain_date(written) is None


def test_that_yes_and_no_may_be_written_as_digits_or_in_chinese(tmp_path: Path) -> None:
    rows = [{"case_id": "a", "filed": "1"}, {"case_id": "b", "filed": "否"}]
    assert [row["filed"] for row in read_case_file(file_of_rows(tmp_path, rows)).rows] == ["yes", "no"]


def test_that_unknown_columns_are_kept_and_named(tmp_path: Path) -> None:
    file = read_case_file(file_of_rows(tmp_path, [{"mood": "calm"}], (*COLUMNS, "mood")))
    assert file.unknown == ("mood",)
    assert file.rows[0]["mood"] == "calm"


def test_that_parquet_is_read_like_csv(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    pd.DataFrame([ROW | {"rung": None}]).to_parquet(path)
    assert read_case_file(path).rows[0]["outcome"] == "exempt"


# --- What is refused, in one message ---


@pytest.mark.parametrize(
    "column",
    [
        "name",
        "姓名",
        "姓 名",
        "Official",
        "ＮＡＭＥ",
        "Full-Name",
        "names",
        "id_number",
        "ID Number",
        "IDNumber",
        "被问责人姓名",
        "身份证号",
    ],
)
def test_that_a_column_with_names_of_persons_is_refused(tmp_path: Path, column: str) -> None:
    path = file_of_rows(tmp_path, [{column: "x"}], (*COLUMNS, column))
    assert "this file must hold no names of persons; remove the column" in refusal_of(read_case_file, path)


def test_that_all_problems_are_told_at_once_with_file_line_and_column(tmp_path: Path) -> None:
    rows = [{"outcome": "exempted"}, {"case_id": "two", "date": "soon"}, {"case_id": "three", "invented": ""}]
    path = file_of_rows(tmp_path, rows)
    first, second, third = refusal_of(read_case_file, path).splitlines()
    assert first.startswith(f'{path}, line 2, outcome: found "exempted"; did you mean "exempt"? allowed are ')
    assert second.startswith(f'{path}, line 3, date: found "soon"; allowed is a date; write YYYY')
    assert third == f"{path}, line 4, invented: is empty; write yes or no"


def test_that_the_line_is_right_where_a_text_has_several_lines(tmp_path: Path) -> None:
    rows = [{"deed": "one\ntwo\nthree"}, {"case_id": "two", "cause": "luck"}]
    assert ", line 5, cause: " in refusal_of(read_case_file, file_of_rows(tmp_path, rows, (*COLUMNS, "deed")))


def test_that_a_case_coded_twice_by_one_coder_is_refused(tmp_path: Path) -> None:
    message = refusal_of(read_case_file, file_of_rows(tmp_path, [{}, {}]))
    assert 'line 3, case_id: "one" was coded by "A" on line 2 already; remove one of the two' in message


def test_that_a_missing_column_is_named_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(text_of_rows([{}]).replace("outcome", "outcomes", 1), encoding="utf-8")
    message = refusal_of(read_case_file, path)
    assert '"outcome": this column is missing, and is required; is "outcomes" meant? Then rename it' in message


def test_that_a_deed_of_more_than_200_characters_is_refused(tmp_path: Path) -> None:
    message = refusal_of(read_case_file, file_of_rows(tmp_path, [{"deed": "x" * 201}], (*COLUMNS, "deed")))
    assert "has 201 characters; allowed are 200; shorten it, and name no person" in message


def test_that_a_rung_of_an_exempted_case_is_refused(tmp_path: Path) -> None:
    assert "has no sanction, so no rung" in refusal_of(read_case_file, file_of_rows(tmp_path, [{"rung": "2"}]))


def test_that_another_encoding_and_other_separators_are_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(text_of_rows([{"source": "来源"}]).encode("gb18030"))
    assert "line 2, column 9: the text is not UTF-8; save it as CSV UTF-8" in refusal_of(read_case_file, path)
    path.write_text(text_of_rows([{}]).replace(",", ";"), encoding="utf-8")
    assert "the columns are not separated by commas" in refusal_of(read_case_file, path)


def test_that_empty_columns_and_rows_at_the_end_of_a_spreadsheet_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    lines = text_of_rows([{}, {"case_id": "two"}]).splitlines()
    path.write_text("\r\n".join([*(f"{line},," for line in lines), "," * 11, "  "]) + "\r\n", encoding="utf-8-sig")
    assert [row["case_id"] for row in read_case_file(path).rows] == ["one", "two"]
    path.write_text("\n".join([f"{lines[0]},,", f"{lines[1]},,stray"]) + "\n", encoding="utf-8")
    refused = refusal_of(read_case_file, path)
    assert "line 1, column 11: has no name; name it or remove it" in refused
    assert "twice" not in refused


def test_that_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    assert "there is no file" in refusal_of(read_case_file, tmp_path / "none.csv")
    assert "cannot be read" in refusal_of(read_case_file, tmp_path)


def test_that_more_than_a_hundred_faults_are_counted(tmp_path: Path) -> None:
    rows = [{"case_id": str(n), "cause": "luck"} for n in range(150)]
    lines = refusal_of(read_case_file, file_of_rows(tmp_path, rows)).splitlines()
    assert len(lines) == 101
    assert lines[-1].endswith("and 50 more of this kind; correct these first")


# --- Mangled ---


def refusal(do: Callable[[], object]) -> str | None:
    """Return the message with which something is refused; None if it is not."""
    try:
        do()
    except EvidenceError as error:
        return str(error)
    return None


def mangled(content: bytes, luck: random.Random) -> bytes:
    """Return a file in which one to four things went wrong."""
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(content) + 1)
        end = min(len(content), at + luck.randrange(1, 60))
        what = luck.randrange(8)
        junk = bytes(luck.randrange(256) for _ in range(luck.randrange(1, 12)))
        lines = content.split(b"\n")
        if what == 0:
            content = content[:at] + content[end:]
        elif what == 1:
            content = content[:at] + junk + content[at:]
        elif what == 2:
            content = (
                content[:at]
                + luck.choice([b'"', b",", b"\n", b"\r", b"\0", b";", b"\t", b"\xef\xbb\xbf"])
                + content[at:]
            )
        elif what == 3:
            luck.shuffle(lines)
            content = b"\n".join(lines)
        elif what == 4:
            content = content[:at]
        elif what == 5:
            content = content.replace(luck.choice([b"yes", b"exempt", b",", b"2023", b"A"]), junk, luck.randint(1, 3))
        elif what == 6:
            content = b"\n".join([*lines, *lines[luck.randrange(len(lines)) :]])
        else:
            words = ["姓名", "９９９９９９９９９９９", "1e400", "-1", "NaN", "=SUM(A1)", "²", "٣", "x" * 300]
            content = content[:at] + luck.choice(words).encode() + content[at:]
    return content


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cases", "counts", "texts"])
def test_that_two_thousand_mangled_files_end_in_a_result_or_in_one_message(tmp_path: Path, kind: str) -> None:
    readers = {"cases": read_case_file, "counts": read_counts_file, "texts": read_text_file}
    whole = (SHIPPED / f"{kind}.csv").read_bytes()
    original = b"\n".join(whole.split(b"\n")[:25]) + b"\n"
    luck = random.Random(1)
    path = tmp_path / f"{kind}.csv"
    n_refused = 0
    for _ in range(N_MANGLED):
        path.write_bytes(mangled(original, luck))
        message = refusal(lambda: readers[kind](path))
        n_refused += message is not None
        assert message is None or (str(path) in message and len(message) < 40_000)
    assert 0 < n_refused < N_MANGLED


@pytest.mark.slow
def test_that_mangled_cases_that_are_read_can_be_estimated_or_are_told_not_to_be(tmp_path: Path) -> None:
    original = text_of_rows([{"case_id": str(n), "outcome": o} for n, o in enumerate(["exempt", "sanctioned"] * 6)])
    luck = random.Random(2)
    path = tmp_path / "cases.csv"
    n_estimated = 0
    for _ in range(200):
        path.write_bytes(mangled(original.encode(), luck))
        message = refusal(lambda: estimate_of_cases(read_case_file(path), OPTIONS))
        n_estimated += message is None
        assert message != ""
    assert n_estimated > 0
