"""The generated documents are up to date and complete, and what model.md says of the code is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.publication.reference_tables import documents, measure_formulas
from model.measures import MEASURES
from model.parameters import (
    ACCOUNTABILITY_SHARES,
    HABIT_MONTHS,
    HISTORY_MONTHS,
    LADDER_FREEZES_MONTHS,
    LADDER_LOSSES,
    LAZY_MONTHS,
    MISCONDUCT_SHARES,
    MOST_COMPLEXITY,
    NEWCOMER_AGES,
    parameter_paths,
)
from model.scenario import find_scenario
from model.scenario.checks import source_keys

ROOT = Path(__file__).parent.parent
MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
RULES = (ROOT / "docs" / "model_decision_rules.md").read_text(encoding="utf-8")
NAMED = re.compile(r"\[[^\]]*\]\(\.\./(model/[^)]*\.py)\):((?:\s+`\w+`,?)+)")


def code_named() -> list[tuple[str, str]]:
    """Return the file and the name of everything that model.md and its second part say stands in the code."""
    found = NAMED.findall(MODEL + RULES)
    return [(path, name) for path, names in found for name in re.findall(r"`(\w+)`", names)]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_that_the_generated_documents_are_up_to_date(path: Path) -> None:
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    assert written == documents()[path], "run: python -m analysis.publication.reference_tables"


def test_that_every_parameter_has_a_line() -> None:
    text = documents()[ROOT / "docs" / "parameters.md"]
    sections = dict(re.findall(r"^## [^\n]*`(\w+)`$(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL))
    named = [f"{table}.{name}" for table, lines in sections.items() for name in re.findall(r"^\| `(\w+)`", lines, re.M)]
    assert tuple(named) == parameter_paths()


def test_that_every_measure_has_a_line_with_its_formula() -> None:
    text = documents()[ROOT / "docs" / "measures.md"]
    assert tuple(re.findall(r"^\| (?:\*\*)?`(\w+)`", text, re.M)) == MEASURES
    assert tuple(measure_formulas()) == MEASURES
    assert measure_formulas()["trust_gap"] == "actual_exemption - perceived_exemption"


@pytest.mark.parametrize(("path", "name"), code_named())
def test_that_what_model_md_names_stands_in_the_code(path: str, name: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^(?:def|class) {name}\b", text, re.M), f"{path} has no {name}"


def test_that_model_md_names_every_function_of_the_rules() -> None:
    named = set(code_named())
    # What only serves the lane loop, or another rule of the same file, is no part of the theory.
    of_no_theory = {"is_of_consequence", "variance_of_rung", "of_innovating", "by_way"}
    for path in sorted((ROOT / "model" / "rules").glob("*.py")):
        for name in re.findall(r"^def ([a-z]\w*)", path.read_text(encoding="utf-8"), re.M):
            assert (f"model/rules/{path.name}", name) in named or name in of_no_theory, f"{path.name}: {name}"


def test_that_every_section_the_code_refers_to_is_there() -> None:
    sections = set(re.findall(r"^#+ (\d+(?:\.\d+)?)[. ]", MODEL, re.M))
    for path in [*(ROOT / "model").rglob("*.py"), *(ROOT / "analysis").rglob("*.py")]:
        for reference in re.findall(r"\(model\.md, (?:section )?([\d., and]*\d)", path.read_text(encoding="utf-8")):
            missing = set(re.findall(r"\d+(?:\.\d+)?", reference)) - sections
            assert not missing, f"{path.name} refers to {missing}"


def test_that_every_source_key_in_the_documents_exists() -> None:
    for path in (ROOT / "docs").rglob("*.md"):
        keys = re.findall(r"`([a-z_]+_(?:19|20)\d\d(?:_[a-z]+)?)`", path.read_text(encoding="utf-8"))
        assert set(keys) <= set(source_keys()), f"{path.name}: {set(keys) - set(source_keys())}"


@pytest.mark.parametrize(
    "numbers", [ACCOUNTABILITY_SHARES, MISCONDUCT_SHARES, LADDER_LOSSES, LADDER_FREEZES_MONTHS], ids=str
)
def test_that_the_ladders_in_model_md_are_those_of_the_code(numbers: tuple[float, ...]) -> None:
    (section,) = re.findall(r"^#+ [^\n]*[Ll]adders[^\n]*$(.*?)(?=^## )", MODEL, re.M | re.S)
    stated = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", section)}
    assert {number for number in numbers if number > 0} <= stated


def test_that_the_tables_of_the_ladders_have_every_rung_of_the_code() -> None:
    text = documents()[ROOT / "docs" / "parameters.md"]
    rows = re.findall(r"^\| [^|]+ \| ([\d.]+) \| ([\d.]+) \| (?:[\d.]+|leaves the post) \|$", text, re.M)
    shares, losses = zip(*((float(share), float(loss)) for share, loss in rows), strict=True)
    assert shares == (*ACCOUNTABILITY_SHARES, *MISCONDUCT_SHARES)
    assert losses == (*LADDER_LOSSES, *LADDER_LOSSES)


def test_that_the_numbers_model_md_states_are_those_of_the_code() -> None:
    youngest, oldest = NEWCOMER_AGES
    baseline = find_scenario("baseline")
    for stated in (
        f"uniform on [{youngest:.0f}, {oldest:.0f})",
        f"last {HISTORY_MONTHS} months",
        f"last {HABIT_MONTHS} months",
        f"more than {LAZY_MONTHS} of",
        f"{MOST_COMPLEXITY}",
        f"{baseline.officials:,} officials in {baseline.n_jurisdictions} jurisdictions",
        f"{baseline.months} months",
    ):
        assert stated in " ".join(MODEL.split()), stated
