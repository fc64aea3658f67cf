"""Every shipped scenario has its question answered with numbers from runs, and no sentence says what is not so."""

from __future__ import annotations

import re

import pytest

from analysis.evidence.scenario_answers import DOCUMENT, ScenarioAnswer, answers, document, filled
from model.scenario import find_scenario, shipped_scenarios


@pytest.mark.parametrize("name", shipped_scenarios())
def test_that_a_scenario_has_an_answer_with_numbers_from_runs(name: str) -> None:
    answer = answers()[name]
    assert re.search(r"{\w+", answer.sentence)
    assert answer.against in shipped_scenarios()


@pytest.mark.slow
def test_that_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m analysis.evidence.scenario_answers"


def test_that_the_document_answers_every_question() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    for name in shipped_scenarios():
        assert f"(`{name}`" in written
        assert f"*{find_scenario(name).question.en}*" in written


def test_that_a_number_is_the_mean_over_runs_or_a_difference_in_points() -> None:
    text = filled("crackdown", ScenarioAnswer("{innovation_rate} {innovation_rate:fall} {care:change}", "baseline", {}))
    assert re.fullmatch(r"\d+\.\d% \d+\.\d \+\d+\.\d", text)


@pytest.mark.parametrize("claim", ["{innovation_rate:rise}", "{care:fall}", "{innovation_rate:hold}"])
def test_that_a_sentence_that_says_what_is_not_so_is_refused(claim: str) -> None:
    with pytest.raises(ValueError, match=r"crackdown: .* says what is not so: the difference is"):
        filled("crackdown", ScenarioAnswer(claim, "baseline", {}))
