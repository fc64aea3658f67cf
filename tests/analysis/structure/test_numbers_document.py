"""Whether findings hang on the rules' own numbers: what is said of a planted finding, and that no number is missing."""

from __future__ import annotations

import re

import numpy as np
import pytest

from analysis.documents import document_path
from analysis.evidence.fact_comparisons import RISES, Comparison
from analysis.evidence.tried_policies import PolicyRuns
from analysis.structure.document import OF_NUMBERS
from analysis.structure.matrix import matrix_of
from analysis.structure.numbers_document import numbers_document
from analysis.structure.structures import DEFAULT, own_numbers, structure_of, structures
from model.catalogue import LANGUAGES, Language
from model.parameters import DECISION_RULES, NETWORKS


def harshness_disciplines(runs: PolicyRuns) -> list[Comparison]:
    """Compare what is the same everywhere, and what is gone where reinforcement learns half as fast."""
    spread = np.linspace(-0.001, 0.001, runs.number)
    is_slow = runs.beside.get("decision.learning_rate", 1.0) < 0.1 and runs.beside.get("decision.rule")
    means = {"care": 0.1, "routine care": -0.1 if is_slow else 0.1, "innovation": 0.0}
    return [Comparison(what, "sign", "points", RISES, mean + spread) for what, mean in means.items()]


@pytest.mark.slow
def test_that_a_finding_that_a_number_takes_away_is_told_with_the_number() -> None:
    reinforced = structure_of("reinforcement", "complete")
    found = matrix_of([DEFAULT, reinforced, *own_numbers([reinforced])], 20, facts=[harshness_disciplines])
    text = numbers_document(found, "en")
    assert "**Of the 2 findings that survive every rule and network with these runs, 1 survive every" in text
    lost = "- harder sanctions: more care in routine: fails under reinforcement, decision.learning_rate = 0.05"
    assert f"\n{lost}\n" in text
    assert "| `decision.learning_rate = 0.05` | 1 | harder sanctions: more care in routine: survives → fails |" in text
    assert "| `decision.learning_rate = 0.2` | 2 | nothing |" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_document_has_every_number_of_every_rule_and_network(language: Language) -> None:
    text = document_path(OF_NUMBERS, language).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.*?)` \| \d+ \|", text, re.M)
    among = structures(DECISION_RULES, NETWORKS)
    assert rows == [one.name.split(", ", 1)[1] for parent in among for one in own_numbers([parent])]
    assert re.findall(r"^\| \*\*`(.*?)`\*\* ", text, re.M) == [one.name for one in among]
