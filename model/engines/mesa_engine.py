"""The readable engine: officials and jurisdictions as Mesa agents, for teaching and for following one official.

It tells the story of ``month.py`` one official at a time, by calling the same rules as the compiled engine, and gives
the same bits. All luck comes from ``draws.py``: Mesa's own random numbers are seeded, since Mesa wants that, but never
used. Nobody sees what another does in the same month, so it does not matter who is visited first.

    administration = Administration("crackdown", seed=1)
    administration.step()
    print(administration.officials[17])
    administration.datacollector.get_model_vars_dataframe()
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from model.arrays import new_key, policy_row
from model.draws import CaseLuck, MonthLuck, case_luck, month_luck, trait_luck
from model.engines.acquaintances import borne_by, circumstances_seen_by, news_for, ties_of
from model.engines.counting import count_consequence, count_expectation, country_of, summary_of
from model.engines.mesa_conventions import Members, OfficialsCollector, seed_of, whole
from model.engines.under_policy import (
    decision_obeying,
    decision_under,
    expectation_under,
    memory_of_act_under,
    memory_of_case,
    memory_of_month,
    memory_on_arrival,
)
from model.measures import MEASURES, N_MEASURES, Measures, Uncounted, measures_of, public_value_of
from model.month import (
    MONTH,
    circumstances_of,
    jurisdiction_after,
    jurisdiction_at_start,
    official_after,
    policy_tables_of,
)
from model.numerics import fixed_point
from model.parameters import REMOVAL_RUNG, parameters_of_row
from model.policy import Setting, setting_of
from model.population import person
from model.reasons import Reasons, list_of, reasons_of, table_of
from model.rules.career import inactive_months, is_lazy
from model.rules.decision import RULE_OF_TAG, Mind
from model.rules.evidence import after_own_case, news_of
from model.rules.network import (
    NOTHING_DONE,
    blame_of,
    blamed_action,
    events_of,
    sanction_of_blame,
)
from model.rules.outcome import (
    Consequence,
    consequence_of,
    is_of_consequence,
)
from model.rules.utility import Circumstances
from model.rules.work import complexity_of_jurisdiction
from model.scenario import Scenario, find_scenario
from model.state import Country, National, OfficialState
from model.vocabulary import (
    COUNT,
    N_COUNTS,
    Action,
    Counts,
    Outcome,
    counts_of_row,
    failed_innovations_in,
    innovations_in,
)


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
        return self.post - self.jurisdiction.first_post

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


class Jurisdiction(mesa.Agent):  # type: ignore[misc]
    """The officials who work, and watch each other, together; the policy in force and the public act on them.

    ``number`` counts from 0 in the order of the scenario. ``state`` is that at the end of the last month; ``news``,
    ``circumstances``, ``counts`` and ``measures`` are of that month (no measures before the first).
    """

    def __init__(self, model: Administration, number: int, country: Country) -> None:
        super().__init__(model)
        self.number = number
        self.tally = np.zeros(N_COUNTS, dtype=np.int64)  # filled in over the month, read as `counts`
        self.obey(0, country)
        self.state = jurisdiction_at_start(self.parameters)
        layout = model.setting.layout
        self.first_post, self.size = int(layout.first_official[number]), int(layout.sizes[number])
        posts = range(self.first_post, self.first_post + self.size)
        self.officials = Members(Official(model, self, post) for post in posts)
        self.look_around()
        self.hear_news()
        self.measures: Measures | None = None

    @property
    def counts(self) -> Counts:
        """Return what was counted in the last month."""
        return counts_of_row(self.tally)

    def obey(self, month: int, country: Country) -> None:
        """Take over the policy in force in a month; `country` is what it is measured against."""
        layout, policies = self.model.setting.layout, self.model.setting.policies
        self.policy = policies.rows[policy_row(policies, month, self.number)]
        self.parameters = parameters_of_row(self.policy)
        complexity = complexity_of_jurisdiction(self.parameters.work, layout.spread_position[self.number])
        self.tables = policy_tables_of(self.parameters, complexity, country)

    def look_around(self) -> None:
        """See what all officials here face this month, and begin a new tally."""
        self.circumstances = circumstances_of(self.state, self.model.national, self.tables, self.parameters)
        # What all see of each other this month is what they did in the last.
        self.shown = [NOTHING_DONE if one.action is None else int(one.action) for one in self.officials]
        self.tally[:] = 0
        self.tally[COUNT.officials] = len(self.officials)

    def hear_news(self) -> None:
        """Gather what is made known of this month's cases here and last month's elsewhere."""
        self.tally[COUNT.successes] = innovations_in(self.counts) - failed_innovations_in(self.counts)
        self.news = news_of(self.counts, self.model.national, self.parameters)

    def take_stock(self) -> None:
        """Sum up the month: the new norm, the public's tolerance, the experience gained, the measures."""
        counts = self.counts
        self.state = jurisdiction_after(self.state, counts, self.tables.memory_kept, self.parameters)
        value = public_value_of(counts, self.parameters)
        uncounted = Uncounted(self.state.public_tolerance, self.circumstances.nerve, math.nan, value)
        self.measures = measures_of(counts, uncounted)

    def __repr__(self) -> str:
        return f"<Jurisdiction {self.number}: {len(self.officials)} officials>"


class Administration(mesa.Model):  # type: ignore[misc]
    """All jurisdictions, and the months they go through.

    ``officials`` lie in the order of their posts, ``jurisdictions`` in that of the scenario. ``month`` is the last
    month done (the first is 0; -1 before it), ``measures`` are its measures over all; ``datacollector`` holds those of
    every month. ``officials`` are a tuple with the verbs of Mesa's AgentSet. ``seed`` is the seed, also where Mesa or
    nobody has given one. ``orders`` holds the action that the holder of a post is to take in the next month, for those
    who do not choose themselves. ``running`` is true as long as a month is left. For sliders in Mesa's visualisation
    write a subclass whose keywords are the levers.

    Parameters
    ----------
    setting : the name of a shipped scenario or the path of one, a scenario, or a setting. (The keyword is not called
        `scenario` because Mesa from 3.5 on means something of its own by that, and puts it in when a model is reset.)
    seed, run : which luck; the same as in `simulate`. Without a seed it is a fresh one, as everywhere in Mesa.
    follows_officials : whether the data collector also keeps what every official did and became in every month.
    rng : the same as seed, as newer versions of Mesa call it.

    Raises
    ------
    ScenarioError : if there is no such scenario, or if it does not hold.
    ValueError : if seed or run is not a whole number in [0, 2**32), or seed and rng are both given.
    """

    def __init__(
        self,
        setting: Setting | Scenario | str = "baseline",
        seed: Any = None,
        run: int = 0,
        follows_officials: bool = False,
        rng: Any = None,
    ) -> None:
        self_seed, number = seed_of(seed, rng), whole("run", run)
        super().__init__(rng=self_seed)
        self.seed = self_seed
        self.key = new_key(self_seed, number)
        self.setting = _setting(setting)
        self.structure = self.setting.structure
        self.keeps_in_mind = RULE_OF_TAG[type(self.structure.rule)].memory_size > 0
        self.month = -1
        self.orders: dict[int, int] = {}
        self.national = National(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        self.measures: Measures | None = None
        country = country_of(self.setting.layout, self.setting.policies, 0)
        numbers = range(len(self.setting.layout.sizes))
        self.jurisdictions = tuple(Jurisdiction(self, number, country) for number in numbers)
        self.officials = Members(official for jurisdiction in self.jurisdictions for official in jurisdiction.officials)
        of_model = {name: [_measure, [self, name]] for name in MEASURES}
        self.datacollector = OfficialsCollector(of_model, _reports(follows_officials), Official)

    def step(self) -> None:
        """Take everybody through one month; RuntimeError if the scenario has no more."""
        self._refuse_after_the_last_month()
        self.month += 1
        for happening in MONTH:
            getattr(self, happening)()
        self.datacollector.collect(self)
        self.running = self.month + 1 < self.setting.months

    def policy_takes_force(self) -> None:
        """Let every jurisdiction take over the policy in force this month."""
        country = country_of(self.setting.layout, self.setting.policies, self.month)
        for jurisdiction in self.jurisdictions:
            jurisdiction.obey(self.month, country)

    def jurisdictions_look_around(self) -> None:
        """Let every jurisdiction see what its officials face."""
        for jurisdiction in self.jurisdictions:
            jurisdiction.look_around()

    def everyone_chooses(self) -> None:
        """Let everyone take an action and see how it turns out."""
        for official in self.officials:
            official.choose(self.orders.get(official.post))

    def authorities_respond(self) -> None:
        """Let everyone hear what the authorities make of it."""
        for official in self.officials:
            official.face_authorities()
        for official in self.officials:
            official.bear_blame()

    def news_goes_round(self) -> None:
        """Let every jurisdiction hear the news."""
        for jurisdiction in self.jurisdictions:
            jurisdiction.hear_news()

    def everyone_learns(self) -> None:
        """Let everyone take in the news and grow a month older."""
        for official in self.officials:
            official.learn_and_age()

    def newcomers_arrive(self) -> None:
        """Let those who leave make way."""
        for official in self.officials:
            official.make_way()

    def jurisdictions_take_stock(self) -> None:
        """Let every jurisdiction sum up the month."""
        for jurisdiction in self.jurisdictions:
            jurisdiction.take_stock()

    def month_is_summed_up(self) -> None:
        """Sum up the month over all jurisdictions: what they will know of each other, and the measures."""
        counts = np.array([jurisdiction.tally for jurisdiction in self.jurisdictions])
        states = np.array([jurisdiction.state for jurisdiction in self.jurisdictions])
        measures = np.array([jurisdiction.measures for jurisdiction in self.jurisdictions])
        self.national, self.measures = summary_of(counts, states, measures, np.zeros(N_COUNTS, dtype=np.int64))

    def _refuse_after_the_last_month(self) -> None:
        """Raise RuntimeError if all months are done: a scenario does not say which policy holds after its end."""
        months = self.setting.months
        if self.month + 1 == months:
            self.steps = months  # Mesa may have counted the step that is refused
            raise RuntimeError(
                f"the scenario has {months} months and all are done; simulate one with more, for example "
                f"with_settings(scenario, {{}}, months={2 * months})"
            )

    def _wrapped_step(self) -> None:
        """Do Mesa's part of a step, then `step`; refuse before Mesa turns its clock, which it would not turn back."""
        self._refuse_after_the_last_month()
        super()._wrapped_step()

    def __repr__(self) -> str:
        where = f"{len(self.officials)} officials in {len(self.jurisdictions)} jurisdictions"
        return f"<Administration: {where}, {self.month + 1} of {self.setting.months} months done>"


def mesa_run(
    setting: Setting, seed: int, run: int, by_jurisdiction: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the measures of a run, shape (months, N_MEASURES), and by jurisdiction, (months or 0, J, N_MEASURES)."""
    administration = Administration(setting, seed, run)
    n = len(administration.jurisdictions)
    measures = np.zeros((setting.months, N_MEASURES))
    of_jurisdictions = np.zeros((setting.months if by_jurisdiction else 0, n, N_MEASURES))
    while administration.running:
        administration.step()
        measures[administration.month] = administration.measures
        if by_jurisdiction:
            of_jurisdictions[administration.month] = [place.measures for place in administration.jurisdictions]
    # Mesa 3.3 keeps every model there ever was, to number its agents; a thousand runs would fill the memory.
    getattr(mesa.Agent, "_ids", {}).pop(administration, None)
    return measures, of_jurisdictions


def _setting(given: Setting | Scenario | str) -> Setting:
    if isinstance(given, str):
        return setting_of(find_scenario(given))
    if isinstance(given, Scenario):
        return setting_of(given)
    if isinstance(given, Setting):
        return given
    raise TypeError(f"found {given!r}; give the name of a scenario, the path of one, a Scenario or a Setting")


def _measure(administration: Administration, name: str) -> float:
    value: float = getattr(administration.measures, name)
    return value


def _reports(follows_officials: bool) -> dict[str, Any] | None:
    """Return what the data collector asks every official at the end of a month; None if it asks nobody."""
    if not follows_officials:
        return None
    plain = ("post", "generation", "is_new", *OfficialState._fields)
    return {
        **{name: name for name in plain},
        "action": lambda official: official.action.name.lower(),
        "outcome": lambda official: official.outcome.name.lower(),
    }


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
