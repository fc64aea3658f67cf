"""An official of the readable engine: one life in a post, month by month, as a Mesa agent."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import mesa
import numpy as np

from model.draws import CaseLuck, MonthLuck, case_luck, month_luck, trait_luck
from model.engines.acquaintances import borne_by, circumstances_seen_by, news_for, ties_of
from model.engines.counting import count_consequence, count_expectation
from model.engines.under_policy import (
    decision_obeying,
    decision_under,
    expectation_under,
    memory_of_act_under,
    memory_of_case,
    memory_of_month,
    memory_on_arrival,
)
from model.month import official_after
from model.numerics import fixed_point
from model.parameters import REMOVAL_RUNG
from model.population import person
from model.reasons import Reasons, list_of, reasons_of, table_of
from model.rules.career import inactive_months, is_lazy
from model.rules.decision import Mind
from model.rules.evidence import after_own_case
from model.rules.network import blame_of, blamed_action, events_of, sanction_of_blame
from model.rules.outcome import Consequence, consequence_of, is_of_consequence
from model.rules.utility import Circumstances
from model.state import OfficialState
from model.vocabulary import COUNT, Action, Outcome

Administration = Any  # of mesa_engine, which uses this by way of mesa_jurisdiction
Jurisdiction = Any


class Official(mesa.Agent):  # type: ignore[misc]
    """The holder of a post. Whoever leaves is followed by the next generation in the same post: by the same agent.

    ``state`` and its fields are those at the end of the last month. Everything else tells of the choice in that month
    and of whoever held the post then: the predecessor, where ``is_new``. ``outlook``, ``terms``, ``utilities`` and
    ``probabilities`` are what entered the choice. ``luck``, ``action`` and ``outcome`` are None before the first month;
    ``case_luck`` and ``consequence`` are None also where the authorities had nothing to say. ``memory`` is what the
    official keeps in mind for its decision rule. In a hierarchy ``borne`` is what is left of the consequence for the
    official itself, and ``blame`` the code of a sanction that the superior passed down, or 0.
    """

    competence = property(attrgetter("state.competence"))
    loss_aversion = property(attrgetter("state.loss_aversion"))
    public_service_motivation = property(attrgetter("state.public_service_motivation"))
    ambition = property(attrgetter("state.ambition"))
    integrity = property(attrgetter("state.integrity"))
    age = property(attrgetter("state.age"))
    freeze_months = property(attrgetter("state.freeze_months"))
    accountability_seen = property(attrgetter("state.accountability_seen"))
    accountability_spared = property(attrgetter("state.accountability_spared"))
    exemption_seen_filed = property(attrgetter("state.exemption_seen_filed"))
    exemption_denied_filed = property(attrgetter("state.exemption_denied_filed"))
    exemption_seen_unfiled = property(attrgetter("state.exemption_seen_unfiled"))
    exemption_denied_unfiled = property(attrgetter("state.exemption_denied_unfiled"))
    inaction_history = property(attrgetter("state.inaction_history"))

    outlook = property(attrgetter("reasons.outlook"))
    terms = property(attrgetter("reasons.terms"))
    utilities = property(attrgetter("reasons.utilities"))
    probabilities = property(attrgetter("reasons.probabilities"))

    def __init__(self, model: Administration, jurisdiction: Jurisdiction, post: int) -> None:
        super().__init__(model)
        self.jurisdiction = jurisdiction
        self.post = post
        self.generation = 0
        self.is_new = True
        self.state = self._person()
        self.state_at_choice = self.state
        self.luck: MonthLuck | None = None
        self.case_luck: CaseLuck | None = None
        self.action: Any = None  # an Action from the first month on
        self.outcome: Any = None  # an Outcome from the first month on
        self.consequence: Consequence | None = None
        self.borne: Consequence | None = None
        self.blame = 0
        self.events = 0
        self.ties = ties_of(self)
        self.memory = self._memory()
        self.memory_at_choice = self.memory

    @property
    def place(self) -> int:
        """Return the number of the post in its jurisdiction, from 0."""
        first: int = self.jurisdiction.first_post
        return self.post - first

    @property
    def mind(self) -> Mind:
        """Return the rule by which the official decides, and what it keeps in mind."""
        return Mind(self.model.structure.rule, self.memory)

    @property
    def circumstances(self) -> Circumstances:
        """Return what the official faced in the last choice, or will face in the first."""
        return circumstances_seen_by(self)

    def _memory(self) -> Any:
        luck = trait_luck(self.model.key, np.uint64(self.post), np.uint64(self.generation))
        return memory_on_arrival(self.model.structure.rule, luck.threshold, self.jurisdiction.policy)

    def _remember(self, memory_of: Any, *what: Any) -> None:
        """Keep something in mind, if the rule has a use for it."""
        if self.model.keeps_in_mind:
            self.memory = memory_of(*what)

    def _person(self) -> OfficialState:
        parameters = self.jurisdiction.parameters
        post, generation = np.uint64(self.post), np.uint64(self.generation)
        return person(self.model.key, post, generation, parameters.population, parameters.career.retirement_age)

    @property
    def reasons(self) -> Reasons:
        """Return what entered the last choice, or will enter the first if its matter is not urgent."""
        urgency = self.luck.urgency if self.luck else 1.0
        mind = Mind(self.model.structure.rule, self.memory_at_choice)
        return reasons_of(self.state_at_choice, self.circumstances, self.jurisdiction.policy, urgency, mind)

    def choose(self, order: int | None = None) -> None:
        """Look at the circumstances, take an action, or the one that is ordered, and see how it turns out."""
        here, model = self.jurisdiction, self.model
        self.is_new = False
        self.state_at_choice, self.memory_at_choice = self.state, self.memory
        self.luck = month_luck(model.key, np.uint64(self.post), np.uint64(self.generation), np.uint64(model.month))
        if order is None:
            choice = (self.state, self.circumstances, here.policy, self.luck, self.mind)
            decision = decision_under(*choice)
            self._remember(memory_of_act_under, *choice)
        else:
            decision = decision_obeying(self.state, int(order), self.circumstances, here.policy, self.luck)
        self.action, self.outcome = Action(decision.action), Outcome(decision.outcome)
        here.tally[COUNT.inaction + self.action] += 1
        here.tally[COUNT.perceived_accountability] += fixed_point(decision.perceived_accountability)
        if self.action >= Action.INNOVATION:
            here.tally[COUNT.care] += fixed_point(decision.care)
        elif self.action == Action.ROUTINE:
            here.tally[COUNT.routine_care] += fixed_point(decision.care)

    def face_authorities(self) -> None:
        """Hear what the authorities make of the month, if anything, and learn from it at once."""
        here, model = self.jurisdiction, self.model
        self.case_luck, self.consequence, self.borne, self.events = None, None, None, 0
        action, outcome = int(self.action), int(self.outcome)  # numba is slow to recognise an enumeration
        if not is_of_consequence(action, outcome):
            return
        luck = case_luck(model.key, np.uint64(self.post), np.uint64(self.generation), np.uint64(model.month))
        self.case_luck = luck
        self.consequence = consequence_of(action, outcome, here.circumstances, here.tables, here.parameters, luck)
        if self.consequence.is_honest and self.luck:
            expected = expectation_under(self.state, action, here.circumstances, here.policy, self.luck)
            count_expectation(here.tally, self.consequence, expected)
        self.events = events_of(action, self.consequence)
        self.borne = borne_by(self, action, self.consequence)
        reviewed, rung = self.consequence.is_failure_case, self.borne.rung
        self._remember(memory_of_case, self.mind, self.state, reviewed, rung, here.policy)
        self.state = after_own_case(self.state, action, self.borne, here.parameters.behaviour)
        count_consequence(here.tally, action, outcome, self.consequence)

    def bear_blame(self) -> None:
        """Bear the sanction that the superior passed down, if there is one."""
        if not self.blame:
            return
        here, blame = self.jurisdiction, blame_of(self.blame)
        self._remember(memory_of_case, self.mind, self.state, 0, blame.rung, here.policy)
        sanction = sanction_of_blame(blame)
        self.state = after_own_case(self.state, blamed_action(blame), sanction, here.parameters.behaviour)

    def learn_and_age(self) -> None:
        """Take in the news, keep in mind what was done, grow a month older."""
        here = self.jurisdiction
        self._remember(memory_of_month, self.mind, int(self.action), here.policy)
        self.state = official_after(self.state, int(self.action), news_for(self), here.tables.memory_kept)
        months = inactive_months(self.state.inaction_history)
        is_lazy_now, was_lazy = is_lazy(months.last_year), is_lazy(months.year_before)
        here.tally[COUNT.lazy] += is_lazy_now
        here.tally[COUNT.lazy_a_year_ago] += was_lazy
        here.tally[COUNT.lazy_then_and_now] += is_lazy_now * was_lazy

    def make_way(self) -> None:
        """Leave the post to a newcomer, if removed or of the age to retire."""
        here = self.jurisdiction
        is_removed = self.borne is not None and self.borne.rung == REMOVAL_RUNG
        is_removed |= self.blame > 0 and blame_of(self.blame).rung == REMOVAL_RUNG
        self.blame = 0
        if not is_removed and self.state.age < here.parameters.career.retirement_age:
            return
        here.tally[COUNT.retirements] += not is_removed
        self.generation += 1
        self.is_new = True
        self.state = self._person()
        self.memory = self._memory()

    def __repr__(self) -> str:
        did = f"{self.action.name.lower()} ({self.outcome.name.lower()})" if self.luck else "nothing yet"
        whose = "predecessor's " if self.is_new and self.luck else ""
        return (
            f"<Official {self.post}: jurisdiction {self.jurisdiction.number}, generation {self.generation}, "
            f"aged {self.age:.1f}, {whose}last month: {did}>"
        )

    def __str__(self) -> str:
        """Return all there is to know of the official, in some lines."""
        return "\n".join(_sheet(self))


def _sheet(official: Official) -> Iterator[str]:
    """Yield the lines of all there is to know of an official: the state now, and the last choice with its reasons."""
    yield repr(official)
    yield list_of("state", official.state)
    if official.model.keeps_in_mind:
        yield list_of("keeps in mind", official.memory)
    yield list_of("saw before choosing", official.outlook)
    if official.luck is not None:
        yield list_of("luck", official.luck)
    if official.case_luck is not None and official.consequence is not None:
        yield list_of("luck with the authorities", official.case_luck)
        yield list_of("consequence", official.consequence)
    yield from table_of(official.reasons)
