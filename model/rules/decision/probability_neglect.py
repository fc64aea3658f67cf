"""Fear, or probability neglect: a sanction that can be pictured is feared as if how likely it is did not matter.

Where feelings run high, people look at how bad the outcome would be and hardly at its probability (sunstein_2002). The
believed probability that an innovation fails honestly and is sanctioned gives way to how vivid such sanctions are: the
share of denials among the cases of the own kind that come to mind, filed or not.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from model.compiled import inlined, with_place
from model.parameters import Deciding, Parameters
from model.rules.decision.decision_rule import DecisionRule, Memory, mixed_of_actions
from model.rules.utility import TERMS, Circumstances, Outlook, Terms, by_way
from model.state import OfficialState

_HONEST_FAILURE = TERMS.index("honest_failure")


class ProbabilityNeglect(NamedTuple):
    """The tag of the rule, with its numbers."""

    numbers: Deciding


@inlined
def vividness(denied: float, seen: float, half_cases: float) -> float:
    """Return how vivid a sanction is, in [0, 1): the share of denials among the cases known, fewer cases fainter."""
    return denied / (denied + seen + half_cases)


@inlined
def fearful_terms(
    rule: Any,
    memory: Memory,
    terms: Terms,
    official: OfficialState,
    outlook: Outlook,
    here: Circumstances,
    parameters: Parameters,
) -> Terms:
    """Return the terms with the sanction of an honest failure feared as it is vivid."""
    decision = rule.numbers
    feared_loss = outlook.feared_loss * here.borne
    unfiled = vividness(official.exemption_denied_unfiled, official.exemption_seen_unfiled, decision.fear_half_cases)
    filed = vividness(official.exemption_denied_filed, official.exemption_seen_filed, decision.fear_half_cases)
    feared = mixed_of_actions(
        decision.weight, terms.honest_failure, by_way(-unfiled * feared_loss, -filed * feared_loss)
    )
    found: Terms = with_place(terms, _HONEST_FAILURE, feared)
    return found


RULE = DecisionRule(ProbabilityNeglect, terms=fearful_terms)
