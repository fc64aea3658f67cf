"""Why an official did that: one official's month taken apart, and put together again under another policy.

The run is simulated by the compiled engine up to the month in question. Then the same compiled rules that every engine
calls are asked one by one what they see. Under another policy the official, the evidence, the jurisdiction and the luck
are the same; only what the policy says in that one month is not.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.errors import ExperimentError
from analysis.progress import Advance, no_progress
from model.arrays import (
    ACTION,
    GENERATION,
    LANES,
    LEAVES,
    OUTCOME,
    AdministrationArrays,
    Layout,
    Moment,
    Policies,
    memory_at,
    new_administration,
    new_key,
    official_at,
    places_of,
    policy_row,
)
from model.compiled import compiled
from model.draws import CaseLuck, MonthLuck, blame_luck, case_luck, month_luck
from model.engines.ensemble import jurisdictions_month, month_is_summed_up, people_arrive, policy_takes_force
from model.engines.surroundings import circumstances_seen, month_begins
from model.measures import N_MEASURES
from model.month import circumstances_of, decision_of
from model.parameters import (
    FIXED_AT_START,
    Parameters,
    about,
    all_parameters_of_row,
    parameter_paths,
    parameters_of_row,
    row_of,
)
from model.policy import Setting, parameters_in, setting_of
from model.reasons import Reasons, reasons_of
from model.rules.decision import Mind
from model.rules.network import NOBODY, Hierarchy, number_of_subordinates, scapegoat_of
from model.rules.outcome import Consequence, consequence_of, is_of_consequence
from model.rules.utility import Circumstances
from model.scenario import Scenario, with_settings
from model.scenario.scenario import switches_of
from model.scenario.settings import Value
from model.simulate import LARGEST_SEED, check_seed_and_replications
from model.state import JurisdictionState, National, OfficialState, PolicyTables

# What a month's policy can hold: not who the officials are, nor where the norm started from, nor the sizes.
TABLES_OF_A_MONTH = tuple(
    table for table in Parameters._fields if table not in ("decision", "network", "population", "value")
)
LEVERS = ("accountability", "exemption", "supervision", "guidance")


class Who(NamedTuple):
    """Which official, in which month, of which run; all counted from 0, as in the stored tables."""

    official: int
    month: int
    seed: int
    run: int


class Luck(NamedTuple):
    """All draws that an official's month can need."""

    month: MonthLuck
    case: CaseLuck


@dataclass(frozen=True)
class Scene:
    """The run as it stood at the start of the month, with the policy of that month in force."""

    scenario: Scenario
    setting: Setting
    who: Who
    administration: AdministrationArrays

    @property
    def place(self) -> tuple[int, int, int]:
        """Return the block, the lane and the jurisdiction of the official."""
        blocks, lanes, jurisdictions = places_of(self.setting.layout, self.who.official, self.who.official + 1)
        return int(blocks[0]), int(lanes[0]), int(jurisdictions[0])

    @property
    def jurisdiction(self) -> int:
        """Return the number of the official's jurisdiction, from 0."""
        return self.place[2]

    @property
    def generation(self) -> int:
        """Return how many held the post before."""
        block, lane, _ = self.place
        return int(self.administration.posts[block, GENERATION + lane])

    @property
    def official(self) -> OfficialState:
        """Return the official at the start of the month."""
        block, lane, _ = self.place
        return official_at(self.administration.officials, block, lane)

    @property
    def mind(self) -> Mind:
        """Return the rule by which the official decides, and what it keeps in mind at the start of the month."""
        block, lane, _ = self.place
        rule = self.administration.structure.rule
        return Mind(rule, memory_in_place(rule, self.administration.memories, block, lane))

    @property
    def luck(self) -> Luck:
        """Return the official's draws of the month."""
        key, generation = new_key(self.who.seed, self.who.run), np.uint64(self.generation)
        official, month = np.uint64(self.who.official), np.uint64(self.who.month)
        return Luck(month_luck(key, official, generation, month), case_luck(key, official, generation, month))


@dataclass(frozen=True)
class Deed:
    """What an official saw, weighed and did in a month, and what came of it; the consequence is None if nothing did.

    `mind` is the rule by which it decided and what it kept in mind; `is_passed_down` says that the sanction falls on a
    subordinate.
    """

    parameters: Parameters
    circumstances: Circumstances
    reasons: Reasons
    action: int
    outcome: int
    consequence: Consequence | None
    mind: Mind
    is_passed_down: bool


class Flip(NamedTuple):
    """A parameter at another value, and the action it would have led to."""

    path: str
    value: float
    action: int


@compiled
def memory_in_place(rule: Any, memories: NDArray[np.float64], block: int, lane: int) -> Any:
    """Return what the official in a place keeps in mind for its rule."""
    return memory_at(rule, memories, block, lane)


@compiled
def seen_by(
    administration: AdministrationArrays,
    layout: Layout,
    when: Moment,
    jurisdiction: int,
    who: int,
    of_all: Circumstances,
) -> Circumstances:
    """Return what an official faces in a month about to begin, from what is the same for all of its jurisdiction."""
    network = administration.structure.network
    month_begins(network, administration, layout, jurisdiction, when.month)
    return circumstances_seen(network, administration, layout, jurisdiction, who, of_all)


def scene_of(scenario: Scenario, who: Who, advance: Advance = no_progress) -> Scene:
    """Return the run as it stands at the start of the month.

    Raises
    ------
    ExperimentError
        If there is no such official or month or run.
    """
    _check(scenario, who)
    setting = setting_of(scenario)
    layout, policies = setting.layout, setting.policies
    administration, key = new_administration(layout, setting.structure), new_key(who.seed, who.run)
    n, measures = len(layout.sizes), np.zeros(N_MEASURES)
    people_arrive(administration, layout, policies, key, 0, n)
    for month in range(who.month):
        policy_takes_force(administration, layout, policies, month)
        jurisdictions_month(administration, layout, policies, Moment(key, np.uint64(month)), 0, n)
        month_is_summed_up(administration, measures)
        advance(1.0)
    policy_takes_force(administration, layout, policies, who.month)
    return Scene(scenario, setting, who, administration)


def deed_of(scene: Scene) -> Deed:
    """Return what the official did in the month, and why."""
    row = policy_row(scene.setting.policies, scene.who.month, scene.jurisdiction)
    return _deed(scene, all_parameters_of_row(scene.setting.policies.rows[row]), scene.administration)


def deed_under(scene: Scene, settings: Mapping[str, Value]) -> Deed:
    """Return what the same official would have done with the same luck if parameters had been other in this month.

    They are other in all jurisdictions.

    Raises
    ------
    ExperimentError
        If a setting does not act in a month.
    ScenarioError
        If there is no such setting, or if its value is not allowed.
    """
    in_force = parameters_in(scene.scenario, scene.jurisdiction, scene.who.month)
    without_changes = replace(scene.scenario, parameters=in_force, changes=(), jurisdictions=())
    parameters = with_settings(without_changes, settings).parameters
    for path in settings:
        if path.partition(".")[0] in ("decision", "network"):
            advice = "write it into a scenario file, and explain that"
            raise ExperimentError(f"--set {path}: holds for a whole run, not for one month of it; {advice}")
        if path.partition(".")[0] not in TABLES_OF_A_MONTH or path in FIXED_AT_START:
            allowed = f"set a parameter of {', '.join(TABLES_OF_A_MONTH)}"
            raise ExperimentError(f"--set {path}: does not act on what an official does in a month; {allowed}")
    paths = [path for path in settings if path != "behaviour.actions"]
    if "behaviour.actions" in settings:
        paths += switches_of(())
    return _deed(scene, parameters, _with_tables(scene, parameters, paths))


def flips_of(scene: Scene, action: int) -> list[Flip]:
    """Return which levers would alone have led to another action, at an end of their plausible range."""
    flips = []
    for path in parameter_paths():
        plausible = about(path).plausible
        if path.partition(".")[0] in LEVERS and plausible:
            for value in plausible:
                other = deed_under(scene, {path: value}).action
                if other != action:
                    flips.append(Flip(path, value, other))
    return flips


def shares_below(scene: Scene) -> dict[str, float]:
    """Return for every field of an official's state the share of all officials who have less of it."""
    blocks, lanes, _ = places_of(scene.setting.layout, 0, scene.scenario.officials)
    return {
        name: float(np.mean(scene.administration.officials[blocks, field * LANES + lanes] < value))
        for field, (name, value) in enumerate(scene.official._asdict().items())
    }


def after_the_month(scene: Scene) -> tuple[int, int, int]:
    """Return action, outcome and whether the official leaves (a code of model/arrays.py), as the engine has them."""
    block, lane, _ = scene.place
    layout, policies = scene.setting.layout, scene.setting.policies
    administration = copy.deepcopy(scene.administration)
    when = Moment(new_key(scene.who.seed, scene.who.run), np.uint64(scene.who.month))
    jurisdictions_month(administration, layout, policies, when, 0, len(layout.sizes))
    posts = administration.posts
    return int(posts[block, ACTION + lane]), int(posts[block, OUTCOME + lane]), int(posts[block, LEAVES + lane])


def _deed(scene: Scene, parameters: Parameters, administration: AdministrationArrays) -> Deed:
    """Return the deed under the parameters and the tables of a policy."""
    tables = PolicyTables(*administration.tables[scene.jurisdiction].tolist())
    jurisdiction = JurisdictionState(*administration.jurisdictions[scene.jurisdiction].tolist())
    national = National(*administration.national.tolist())
    row = np.array(row_of(parameters))
    in_force = parameters_of_row(row)
    of_all = circumstances_of(jurisdiction, national, tables, in_force)
    layout, who = scene.setting.layout, scene.who.official
    when = Moment(new_key(scene.who.seed, scene.who.run), np.uint64(scene.who.month))
    circumstances = seen_by(administration, layout, when, scene.jurisdiction, who, of_all)
    official, luck, mind = scene.official, scene.luck, scene.mind
    reasons = reasons_of(official, circumstances, row, luck.month.urgency, mind)
    decision = decision_of(official, circumstances, in_force, luck.month, mind)
    action, outcome = int(decision.action), int(decision.outcome)
    consequence = None
    if is_of_consequence(action, outcome):
        consequence = consequence_of(action, outcome, circumstances, tables, in_force, luck.case)
    is_passed_down = consequence is not None and _is_passed_down(scene, action, consequence)
    return Deed(parameters, circumstances, reasons, action, outcome, consequence, mind, is_passed_down)


def _is_passed_down(scene: Scene, action: int, consequence: Consequence) -> bool:
    """Tell whether a sanction falls on a subordinate of the official."""
    network = scene.setting.structure.network
    if not isinstance(network, Hierarchy):
        return False
    layout, who = scene.setting.layout, scene.who
    place = who.official - int(layout.first_official[scene.jurisdiction])
    n = number_of_subordinates(place, int(layout.sizes[scene.jurisdiction]), network.numbers.span)
    numbers = (np.uint64(number) for number in (who.official, scene.generation, who.month))
    luck = blame_luck(new_key(who.seed, who.run), *numbers)
    return scapegoat_of(action, consequence, place, n, network.numbers, luck) != NOBODY


def _with_tables(scene: Scene, parameters: Parameters, paths: list[str]) -> AdministrationArrays:
    """Return the administration with what follows from a policy in which some parameters are other everywhere."""
    policies = scene.setting.policies
    places = {path: place for place, path in enumerate(parameter_paths())}
    rows = policies.rows.copy()
    for path in paths:
        table, _, name = path.partition(".")
        rows[:, places[path]] = getattr(getattr(parameters, table), name)
    # As the policy of a first month it takes force whatever was in force before.
    this_month = Policies(rows, np.ascontiguousarray(policies.row_of[scene.who.month : scene.who.month + 1]))
    administration = scene.administration._replace(tables=scene.administration.tables.copy())
    policy_takes_force(administration, scene.setting.layout, this_month, 0)
    return administration


def _check(scenario: Scenario, who: Who) -> None:
    try:
        check_seed_and_replications(who.seed, 1)
    except ValueError as error:
        raise ExperimentError(str(error)) from None
    limits = {
        "official": (who.official, scenario.officials - 1),
        "month": (who.month, scenario.months - 1),
        "run": (who.run, LARGEST_SEED),
    }
    for what, (number, last) in limits.items():
        if not 0 <= number <= last:
            raise ExperimentError(f"{what} {number} is not there: {scenario.name} has 0 to {last:,}; give one of them")
