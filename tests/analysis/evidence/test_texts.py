"""Policy texts: what is refused, what a word hints at, and how codes become levers."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from analysis.evidence.mapping import codes_of, moved_by, read_mapping, scenario_of_text, settings_of
from analysis.evidence.precode import Dictionary, page_of, precode, read_dictionary, table_of, texts_in
from analysis.evidence.review import criterion
from analysis.evidence.text_file import read_text_file
from analysis.evidence.text_scenario import maps_taken_away
from model.parameters import Parameters, value_at
from tests.analysis.evidence.made_cases import refusal_of

EXAMPLES = Path(__file__).parents[3] / "data" / "examples"
HEAD = "document,coder,source,seen,remedy,invented\n"


@pytest.fixture(scope="module")
def words() -> Dictionary:
    """Return the dictionary that comes with the project."""
    return read_dictionary()


def coded(folder: Path, *rows: str) -> Path:
    """Return the path of a new file of coded texts."""
    path = folder / "coded.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def hits(folder: Path, text: str, words: Dictionary) -> dict[str, bool]:
    """Return the terms found in a text, and whether each may be negated."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    (one,) = precode([path], words)
    return {one.text[hit.start : hit.end]: hit.is_negated for hit in one.hits}


# --- Coded texts ---


def test_that_absent_of_a_text_seen_in_part_is_refused(tmp_path: Path) -> None:
    message = refusal_of(read_text_file, coded(tmp_path, "a,A,here,part,0,no", "b,A,here,whole,0,no"))
    assert message.endswith(
        "line 2, remedy: is 0, but only a part was seen; absent can only be told of a whole text; leave it empty"
    )


def test_that_a_file_whose_codes_are_all_empty_is_refused(tmp_path: Path, words: Dictionary) -> None:
    assert "a suggestion is no code" in refusal_of(read_text_file, coded(tmp_path, "a,A,here,part,,no"))
    table = table_of(precode(texts_in(EXAMPLES / "texts_invented"), words))
    path = tmp_path / "to_code.csv"
    filled = table.assign(coder="A", source="made up", seen="whole", invented="yes")
    filled.to_csv(path, index=False)
    assert "a suggestion is no code" in refusal_of(read_text_file, path)
    filled.assign(remedy="1").to_csv(path, index=False)
    assert read_text_file(path).items


def test_that_a_text_coded_twice_by_one_coder_and_a_value_of_4_are_refused(tmp_path: Path) -> None:
    message = refusal_of(read_text_file, coded(tmp_path, "a,A,here,whole,4,no", "a,A,here,whole,1,no"))
    assert 'line 2, remedy: found "4"; allowed are 0 absent, 1 named' in message
    assert 'line 3, document: "a" is coded twice by "A"' in message


def test_that_a_document_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    file = read_text_file(coded(tmp_path, "county-rules,A,here,whole,1,no"))
    assert 'did you mean "county-rules"?' in refusal_of(codes_of, file, "county-rule")


# --- Pre-coding ---


def test_that_the_longest_term_is_found_and_a_negated_one_is_flagged(tmp_path: Path, words: Dictionary) -> None:
    found = hits(tmp_path, "未经批准不得申诉。可以申诉。以下属于不予容错。", words)
    assert "不予容错" in found
    assert "申诉" in found
    assert hits(tmp_path, "当事人不得申诉", words) == {"申诉": True}
    assert hits(tmp_path, "当事人可以申诉", words) == {"申诉": False}


def test_that_english_terms_are_whole_words_in_any_case(tmp_path: Path, words: Dictionary) -> None:
    assert hits(tmp_path, "The APPEAL was appealing; no appeal followed.", words) == {"APPEAL": False, "appeal": True}


def test_that_suggestions_stand_beside_empty_columns_for_the_codes(words: Dictionary) -> None:
    table = table_of(precode(texts_in(EXAMPLES / "texts_invented"), words)).set_index("document")
    assert table.loc["city_b_zh", "suggested_filing_in_advance"] != ""
    assert set(table["filing_in_advance"]) == {""}


def test_that_a_page_is_escaped_and_fetches_and_runs_nothing(tmp_path: Path, words: Dictionary) -> None:
    path = tmp_path / "text.txt"
    path.write_text('<script src="http://x">申诉</script>', encoding="utf-8")
    (one,) = precode([path], words)
    page = page_of(one, "zh")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert '<mark title="申诉复核">申诉</mark>' in page


def test_that_other_programs_files_and_other_encodings_are_told_what_to_do(tmp_path: Path, words: Dictionary) -> None:
    assert "holds no .txt or .md file" in refusal_of(texts_in, tmp_path)
    path = tmp_path / "text.txt"
    path.write_bytes("可以申诉".encode("gb18030"))
    told = (
        "the text is not UTF-8; save it as plain text in UTF-8, or write its own with --encoding, for example gb18030"
    )
    assert told in refusal_of(precode, [path], words)
    assert precode([path], words, "gb18030")[0].hits
    assert "is no encoding" in refusal_of(precode, [path], words, "klingon")
    (tmp_path / "rules.pdf").write_bytes(b"%PDF")
    assert "rules.pdf: save it as text first" in refusal_of(texts_in, tmp_path)


@pytest.mark.slow
def test_that_ten_megabytes_are_precoded_in_seconds(tmp_path: Path, words: Dictionary) -> None:
    path = tmp_path / "text.txt"
    text = "各级机关应当认真落实本办法的各项规定，切实加强组织领导和监督检查，单位和个人可以依法提出申诉。"
    path.write_text(text * (4_900_000 // len(text.encode())), encoding="utf-8")
    started = time.process_time()
    assert len(precode([path, path], words)[0].hits) > 10_000
    assert time.process_time() - started < 6.0  # three on an idle machine of today


# --- From codes to levers ---


def test_that_a_text_that_only_names_everything_gives_the_defaults_that_the_maps_are_built_on() -> None:
    maps = read_mapping()
    codes = {item: "1" for one in maps for item in one.items if item != "all_conditions_required"}
    for path, value in settings_of(moved_by(maps, codes)).items():
        if path.startswith(("exemption.evidence", "exemption.access", "exemption.filing_cost")):
            assert value == pytest.approx(value_at(Parameters(), path)), path


def test_that_every_map_says_why_in_both_languages() -> None:
    for one in read_mapping():
        assert one.why["en"].isascii()
        assert re.search("[一-鿿]", one.why["zh"]), one.lever


def test_that_the_mean_of_the_items_moves_the_lever_in_proportion_and_missing_items_leave_it() -> None:
    (remedy,) = [one for one in read_mapping() if one.lever == "exemption.remedy"]
    assert remedy.value({"remedy": "2"}) == pytest.approx(0.2)
    assert remedy.value({"remedy": ""}) is None
    (burden,) = [one for one in read_mapping() if one.lever == "exemption.review_burden"]
    assert burden.value({"time_limits": "3", "clarification": "0"}) == pytest.approx((0.2 + 0.05) / 2)


def test_that_strictness_raises_the_criterion_and_filing_that_is_absent_closes_the_action() -> None:
    maps = read_mapping()
    codes = {"all_conditions_required": "2", "filing_in_advance": "0"}
    settings = settings_of(moved_by(maps, codes))
    import numpy as np  # noqa: PLC0415

    clarity = np.array([value_at(Parameters(), "exemption.evidence_complexity")])
    before, after = (criterion(np.array([rate]), clarity) for rate in (0.4, settings["exemption.probability"]))
    assert after - before == pytest.approx(1.0, abs=1e-4)
    scenario = scenario_of_text("mine", "text", moved_by(maps, codes))
    assert scenario.parameters.behaviour.filed_innovation_open == 0.0


def test_that_one_map_is_taken_away_at_a_time() -> None:
    moved = moved_by(read_mapping(), {"remedy": "3", "exemptions_public": "3"})
    points = maps_taken_away(moved)
    assert list(points.columns) == ["exemption.disclosure", "exemption.remedy"]
    default = value_at(Parameters(), "exemption.remedy")
    assert points["exemption.remedy"].tolist() == pytest.approx([0.3, 0.3, default])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("x =", "is no TOML"),
        ("[other]\n", "holds no maps"),
        ('[[map]]\nitems = ["remedy"]\n', "must have the keys items, lever, at_0, at_3, why, source"),
        (
            '[[map]]\nitems = ["remdy"]\nlever = "strictness"\nat_0 = 0\nat_3 = 1\nwhy = ""\nsource = ""\n',
            "did you mean remedy?",
        ),
        (
            '[[map]]\nitems = ["remedy"]\nlever = "exemption.remdy"\nat_0 = 0\nat_3 = 1\nwhy = ""\nsource = ""\n',
            "there is no lever",
        ),
        (
            '[[map]]\nitems = ["remedy"]\nlever = "exemption.remedy"\nat_0 = 0\nat_3 = 2\nwhy = ""\nsource = ""\n',
            "out of bounds",
        ),
        (
            '[[map]]\nitems = ["remedy"]\nlever = "exemption.remedy"\nat_0 = nan\nat_3 = 1\nwhy = ""\nsource = ""\n',
            "allowed is a number",
        ),
    ],
)
def test_that_a_mapping_that_does_not_hold_is_told_where(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(written, encoding="utf-8")
    assert told in refusal_of(read_mapping, path)
