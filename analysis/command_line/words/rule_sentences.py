"""In sentences: by which rule an official decides, and what the rule made of it, where terms do not show it."""

from __future__ import annotations

from analysis.officials.explanation import Deed
from model.catalogue import Catalogue
from model.parameters import DECISION_RULES
from model.rules.decision.satisficing import SatisficingMemory, chance_of_staying
from model.rules.decision.threshold import ThresholdMemory
from model.vocabulary import ACTIONS

_MOST_DECIMALS = 18


def rule_lines(deed: Deed, words: Catalogue) -> list[str]:
    """Return by which rule the official decides and what came of it; nothing of the default, which the terms show."""
    rule = DECISION_RULES[int(deed.parameters.decision.rule)]
    if rule == DECISION_RULES[0]:
        return []
    label = words.text(f"choices.decision.rule.{rule}")
    weight = f"{deed.parameters.decision.weight:.2g}"
    return [words.text("command_line.decides_by").format(rule=label, weight=weight), *_what_it_did(deed, words)]


def _what_it_did(deed: Deed, words: Catalogue) -> list[str]:
    """Return what a rule did to the odds themselves, which no term shows."""
    memory = deed.mind.memory
    if isinstance(memory, ThresholdMemory):
        share = deed.circumstances.share_innovation
        key = "command_line.too_few_innovate" if share < memory.threshold else "command_line.enough_innovate"
        told = told_apart(share, memory.threshold)
        return [words.text(key).format(share=told[0], threshold=told[1])]
    if isinstance(memory, SatisficingMemory):
        if memory.last_action < 0:
            return [words.text("command_line.nothing_to_keep")]
        reasons = deed.reasons
        chance = chance_of_staying(deed.mind.rule, memory, reasons.utilities, reasons.outlook.may_file, deed.parameters)
        action = words.text(f"actions.{ACTIONS[int(memory.last_action)]}.label")
        return [words.text("command_line.keeps_action").format(action=action, chance=f"{chance:.2f}")]
    return []


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Return two shares in percent, with decimals only if they would look the same without and are not."""
    for decimals in range(_MOST_DECIMALS):
        told = f"{one:.{decimals}%}", f"{other:.{decimals}%}"
        if told[0] != told[1] or one == other:
            break
    return told
