"""What is told of the matrix: in docs/robustness.md, on the command line, in both languages."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from analysis.command_line.words.structure import print_structure
from analysis.documents import document_path, document_paths
from analysis.evidence.fact_comparisons import FACTS, RISES, Comparison
from analysis.evidence.stylised_facts import FACTS_FILE
from analysis.evidence.tried_policies import PolicyRuns
from analysis.structure.answers import OF_STRUCTURE, answers_of
from analysis.structure.document import DOCUMENT, document, everywhere, main
from analysis.structure.matrix import Matrix, matrix_of
from analysis.structure.structures import DEFAULT, structure_of
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language

PAGE = document_path(DOCUMENT, "en")


def planted(name: str) -> Callable[[PolicyRuns], list[Comparison]]:
    """Return a fact of this name with three findings: everywhere, by default only, nowhere."""

    def fact(runs: PolicyRuns) -> list[Comparison]:
        spread = np.linspace(-0.001, 0.001, runs.number)
        is_default = not runs.beside.get("decision.rule")
        means = {"care": 0.1, "routine care": 0.1 if is_default else -0.1, "innovation": 0.0}
        return [Comparison(what, "sign", "points", RISES, mean + spread) for what, mean in means.items()]

    fact.__name__ = name
    return fact


@pytest.fixture(scope="module")
def found() -> Matrix:
    other = structure_of("reinforcement", "complete")
    return matrix_of([DEFAULT, other], 20, is_tipping_wanted=True, facts=[planted("harshness_disciplines")])


def test_that_answers_tell_what_survives_what_fails_and_what_was_never_found(found: Matrix) -> None:
    kept, lost, never = answers_of(found, OF_STRUCTURE)
    assert kept.survives_everywhere
    assert not lost.survives_everywhere
    assert [cell.structure.name for cell in lost.others["fails"]] == ["reinforcement"]
    assert not never.is_found
    assert list(never.others) == ["not found by default"]


def test_that_the_document_says_so_in_words_and_numbers(found: Matrix) -> None:
    text, words = document(found, "en"), words_in("en")
    assert "**Under every rule and every network 1 of 2 findings survive:**" in text
    assert "\n- harder sanctions: more care in innovating\n" in everywhere(found, words)
    assert "- harder sanctions: more care in routine: fails under reinforcement" in text
    assert "so that nothing can survive:\n\n- harder sanctions: less innovation\n" in text
    assert "| harder sanctions: more care in innovating | +10.0 [+10.0, +10.0] | ✓ +10.0" in text
    assert re.search(r"more care in routine, `reinforcement`: fails from weight 0\.\d\d on", text)


def test_that_the_document_says_the_same_in_chinese(found: Matrix) -> None:
    text, words = document(found, "zh"), words_in("zh")
    assert "**在每一种规则和每一种网络下，2 条结论中有 1 条成立：**" in text
    kept, lost, never = (words.text(f"structure.findings.harshness_disciplines.{number}") for number in (1, 2, 3))
    assert f"\n- {kept}\n" in everywhere(found, words)
    assert f"- {lost}：在“强化学习”下不成立" in text
    assert f"因而谈不上成立：\n\n- {never}\n" in text
    assert re.search(rf"{lost}，`reinforcement`：权重达到 0\.\d\d 起不成立", text)
    numbers = re.compile(r"[+-]\d+\.\d+")
    assert numbers.findall(text) == numbers.findall(document(found, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_command_line_says_so_in_both_languages(found: Matrix, language: Language) -> None:
    words, printed = words_in(language), io.StringIO()
    print_structure(Console(file=printed, width=200), found, words)
    text = printed.getvalue()
    for number in (1, 2, 3):
        assert words.text(f"structure.findings.harshness_disciplines.{number}") in text
    assert words.text("structure.verdicts.fails") in text
    assert words.text("choices.decision.rule.reinforcement") in text
    assert words.text("structure.luck") in text
    assert words.text("structure.by_default").format(runs=20) in text
    assert words.text("structure.effects.points").format(effect="+10.0 [+10.0, +10.0]") in text
    (one,) = found.tippings
    for effect in (one.effect_above, one.effect_below):
        assert f"{100 * effect.mean:+.1f} [" in text


@pytest.mark.slow
def test_that_every_finding_has_words_in_both_languages() -> None:
    for fact in FACTS:
        signs = [comparison for comparison in fact(PolicyRuns(2)) if comparison.role == "sign"]
        for language in LANGUAGES:
            known = words_in(language).texts
            there = [path for path in known if path.startswith(f"structure.findings.{fact.__name__}.")]
            assert len(there) == len(signs), (fact.__name__, language)


@pytest.mark.slow
def test_that_the_document_is_up_to_date() -> None:
    before = {path: path.read_text(encoding="utf-8") for path in document_paths(DOCUMENT).values()}
    main()
    for path, text in before.items():
        assert path.read_text(encoding="utf-8") == text, "run: python -m analysis.structure.document"


def test_that_every_fact_has_the_name_that_the_table_of_facts_gives_it() -> None:
    facts = pd.read_csv(FACTS_FILE).set_index("name")["fact"]
    texts = words_in("en").texts
    named = {
        path.removeprefix("robustness.facts."): texts[path] for path in texts if path.startswith("robustness.facts.")
    }
    assert named == dict(facts)


def listed_under(heading: str) -> list[str]:
    """Return the items of the list below a line of docs/robustness.md."""
    below = PAGE.read_text(encoding="utf-8").split(heading)[1].lstrip("*:\n")
    return [
        item.removeprefix("- ") for item in itertools.takewhile(lambda line: line.startswith("- "), below.split("\n"))
    ]


def test_that_what_the_readme_says_in_a_line_is_what_the_document_says() -> None:
    document_text = PAGE.read_text(encoding="utf-8")
    readme = " ".join((PAGE.parents[1] / "README.md").read_text(encoding="utf-8").split())
    (told,) = re.findall(r"(\d+ of \d+) findings survive every decision rule and network, as that", readme)
    heading = f"Under every rule and every network {told} findings survive:"
    assert heading in document_text
    assert "harsher accountability buys care and costs innovation" in readme
    survivors = listed_under(heading)
    assert len(survivors) == int(told.split()[0])
    care = [f"harder sanctions: more care in {what}" for what in ("innovating", "routine")]
    assert {*care, "harder sanctions: less innovation"} <= set(survivors)
    assert "that tolerance must be seen needs those who learn from others' cases" in readme
    (lost,) = re.findall(r"- tolerance seen does more than tolerance on paper: (.*)", document_text.split("## How")[0])
    assert "fails under reinforcement" in lost
    assert lost.count("fails") == 1, "only those who learn from their own cases alone do without what is seen"
