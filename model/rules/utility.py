"""Utility: what each action is worth to an official, term by term (model.md, 4.4).

The folk rule "do more, err more; do less, err less; do nothing, err nothing" is the sum of these terms. **A term is one
function here**: it returns what it adds to each action, gains above 0, costs and feared losses below. `terms_of` lists
them, and a field of `Terms` names each; the utility of an action is their sum, and whoever names terms reads that list.
"""

from __future__ import annotations

from typing import NamedTuple

from model.compiled import inlined, sum_of_tuples
from model.parameters import Parameters
from model.rules.care import care_value
from model.state import OfficialState

# Added to a number it leaves every bit as it is, so that a compiler may leave the sum out (x + 0.0 turns -0.0 to 0.0).
NOTHING = -0.0


class Circumstances(NamedTuple):
    """What an official faces in a month: the same for all of a jurisdiction, but for what a network makes differ.

    Networks make the shares differ that are seen to do each thing, and `borne`: the share of the sanctions that follow
    on an innovation which an official expects to bear itself.
    """

    announced_accountability: float
    announced_exemption_filed: float
    announced_exemption_unfiled: float
    negligence_ratio_filed: float
    negligence_ratio_unfiled: float
    perceived_loss: float
    exempt_self_dealing: float
    expected_misconduct_loss: float
    complexity_now: float
    complexity_in_haste: float
    pursuit: float
    nerve: float
    share_inaction: float
    share_routine: float
    share_innovation: float
    borne: float


class Outlook(NamedTuple):
    """What an official sees before choosing: the matter at hand, beliefs, what negligence puts at stake, the best care.

    `may_file` is 1, or 0 where the matter is urgent. A stake is in utility, care in [0, 1].
    """

    drive: float
    complexity: float
    sound: float
    may_file: float
    own_inaction: float
    perceived_accountability: float
    perceived_exemption_filed: float
    perceived_exemption_unfiled: float
    feared_loss: float
    feared_review: float
    routine_stake: float
    routine_care: float
    filed_stake: float
    filed_care: float
    unfiled_stake: float
    unfiled_care: float


class PerAction(NamedTuple):
    """A number for every action, in the order of the actions."""

    inaction: float
    routine: float
    innovation: float
    filed_innovation: float
    self_dealing: float


class Terms(NamedTuple):
    """Every term of utility, in the order in which they are added up and shown."""

    reward: PerAction
    private_gain: PerAction
    conformity: PerAction
    habit: PerAction
    effort: PerAction
    red_tape: PerAction
    filing: PerAction
    review: PerAction
    honest_failure: PerAction
    negligence: PerAction
    care: PerAction
    misconduct: PerAction
    inaction: PerAction
    experience: PerAction


TERMS = Terms._fields


@inlined
def of_innovating(value: float) -> PerAction:
    """Return a term that is the same for all ways of innovating, and nothing for the rest."""
    return PerAction(NOTHING, NOTHING, value, value, value)


@inlined
def by_way(unfiled: float, filed: float) -> PerAction:
    """Return a term that hangs on whether an innovation is filed; what covers private gain is not."""
    return PerAction(NOTHING, NOTHING, unfiled, filed, unfiled)


@inlined
def reward(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what work done well brings: a small sure reward, or a full success as likely as with full care."""
    success = outlook.sound * outlook.drive
    return PerAction(NOTHING, parameters.work.routine_reward * outlook.drive, success, success, success)


@inlined
def private_gain(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what private gain under the name of reform is worth to one of little integrity."""
    gain = parameters.work.self_dealing_gain * (1.0 - official.integrity)
    return PerAction(NOTHING, NOTHING, NOTHING, NOTHING, gain)


@inlined
def conformity(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what it is worth to do as others in the jurisdiction did last month."""
    worth = parameters.behaviour.conformity
    innovating = worth * here.share_innovation
    return PerAction(worth * here.share_inaction, worth * here.share_routine, innovating, innovating, innovating)


@inlined
def habit(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return how much easier it is to do nothing for one who has done so before."""
    return PerAction(parameters.behaviour.habit * outlook.own_inaction, NOTHING, NOTHING, NOTHING, NOTHING)


@inlined
def effort(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what the work costs."""
    innovating = -parameters.work.innovation_effort
    return PerAction(NOTHING, -parameters.work.routine_effort, innovating, innovating, innovating)


@inlined
def red_tape(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what looking for private gain costs all who innovate."""
    return of_innovating(-parameters.supervision.red_tape * parameters.supervision.detection)


@inlined
def filing(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what filing in advance costs."""
    return PerAction(NOTHING, NOTHING, NOTHING, -parameters.exemption.filing_cost, NOTHING)


@inlined
def honest_risk(outlook: Outlook) -> float:
    """Return the believed probability that an innovation fails honestly and is pursued."""
    return (1.0 - outlook.sound) * outlook.perceived_accountability


@inlined
def review(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what it costs to be reviewed after an honest failure, exempt in the end or not."""
    return of_innovating(-honest_risk(outlook) * outlook.feared_review)


@inlined
def honest_failure(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return the feared sanction of an honest failure, as far as exemption is not believed in."""
    feared = -honest_risk(outlook) * (outlook.feared_loss * here.borne)
    return by_way(
        feared * (1.0 - outlook.perceived_exemption_unfiled), feared * (1.0 - outlook.perceived_exemption_filed)
    )


@inlined
def negligence(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what negligence would cost if no care at all were taken: the success lost, the review, the sanction."""
    unfiled, filed = -outlook.unfiled_stake, -outlook.filed_stake
    return PerAction(NOTHING, -outlook.routine_stake, unfiled, filed, unfiled)


@inlined
def care(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return what the best care saves of that, less what it costs."""
    work = parameters.work
    of_routine = care_value(outlook.routine_stake, outlook.routine_care, work.routine_care_cost)
    unfiled = care_value(outlook.unfiled_stake, outlook.unfiled_care, work.care_cost)
    filed = care_value(outlook.filed_stake, outlook.filed_care, work.care_cost)
    return PerAction(NOTHING, of_routine, unfiled, filed, unfiled)


@inlined
def misconduct(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return the feared sanction of private gain, should it be found out."""
    if_found_out = official.loss_aversion * here.expected_misconduct_loss * (1.0 - here.exempt_self_dealing)
    return PerAction(
        NOTHING, NOTHING, NOTHING, NOTHING, -parameters.supervision.detection * (if_found_out * here.borne)
    )


@inlined
def inaction(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> PerAction:
    """Return the feared loss of being called to account for doing nothing."""
    accountability = parameters.accountability
    feared = official.loss_aversion * accountability.inaction_certainty * accountability.inaction_loss
    return PerAction(-feared, NOTHING, NOTHING, NOTHING, NOTHING)


@inlined
def terms_of(official: OfficialState, outlook: Outlook, here: Circumstances, parameters: Parameters) -> Terms:
    """Return every term of every action."""
    return Terms(
        reward=reward(official, outlook, here, parameters),
        private_gain=private_gain(official, outlook, here, parameters),
        conformity=conformity(official, outlook, here, parameters),
        habit=habit(official, outlook, here, parameters),
        effort=effort(official, outlook, here, parameters),
        red_tape=red_tape(official, outlook, here, parameters),
        filing=filing(official, outlook, here, parameters),
        review=review(official, outlook, here, parameters),
        honest_failure=honest_failure(official, outlook, here, parameters),
        negligence=negligence(official, outlook, here, parameters),
        care=care(official, outlook, here, parameters),
        misconduct=misconduct(official, outlook, here, parameters),
        inaction=inaction(official, outlook, here, parameters),
        experience=PerAction(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),  # but under a rule that goes by it
    )


@inlined
def utilities_of(terms: Terms) -> PerAction:
    """Return every action's utility: the sum of its terms."""
    return PerAction(*sum_of_tuples(terms))
