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

from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from model.arrays import new_key
from model.engines.counting import country_of, summary_of
from model.engines.mesa_conventions import Members, OfficialsCollector, seed_of, whole
from model.engines.mesa_jurisdiction import Jurisdiction
from model.engines.mesa_official import Official
from model.measures import MEASURES, N_MEASURES, Measures
from model.month import MONTH
from model.policy import Setting, setting_of
from model.rules.decision import RULE_OF_TAG
from model.scenario import Scenario, find_scenario
from model.state import National, OfficialState
from model.vocabulary import N_COUNTS

__all__ = ["Administration", "Jurisdiction", "Official", "mesa_run"]


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
