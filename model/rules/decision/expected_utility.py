"""Expected utility, the default: what an action is worth is what it brings and costs, each as likely as believed."""

from __future__ import annotations

from typing import NamedTuple

from model.rules.decision.decision_rule import DecisionRule, Mind, NoMemory


class ExpectedUtility(NamedTuple):
    """The tag of the rule, which has no numbers of its own."""

    nothing: int = 0


RULE = DecisionRule(ExpectedUtility)
BY_DEFAULT = Mind(ExpectedUtility(), NoMemory())
