"""Random valid scenarios for hypothesis, and the corners that a random one seldom comes to."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from model.parameters import DECISION_RULES, NETWORKS, about, parameter_paths
from model.scenario import Change, ListedJurisdiction, Scenario, Text, find_scenario, with_settings
from model.scenario.schema import ACTIONS_PATH, Section, settable_paths
from model.scenario.settings import Value

AGES = ("career.ceiling_age", "career.retirement_age")
OPTIONAL_ACTIONS = ("routine", "filed_innovation", "self_dealing")
# How officials decide and see each other: a kernel each, so drawn only where a test asks for it.
OF_STRUCTURE = tuple(path for path in parameter_paths() if path.startswith(("decision.", "network.")))
# A kernel is compiled for each rule in each network: one of them always, all of them where slow tests are asked for.
FEW_PAIRS = (("reinforcement", "complete"),)
SLOW_PAIRS = tuple(
    pair if pair in FEW_PAIRS else pytest.param(*pair, marks=pytest.mark.slow)
    for pair in itertools.product(DECISION_RULES, NETWORKS)
)
SWITCHES = tuple(f"behaviour.{action}_open" for action in OPTIONAL_ACTIONS)

# Each at its neutral value or at an end of what is possible; where engines would come apart, if anywhere.
CORNERS: dict[str, Mapping[str, Value]] = {
    "nobody conforms and nobody has habits": {"behaviour.conformity": 0.0, "behaviour.habit": 0.0},
    "nobody is exempted": {"exemption.probability": 0.0},
    "everybody is exempted": {"exemption.probability": 1.0, "exemption.access": 1.0},
    "reviewers lose their nerve": {"exemption.caution": 100.0, "public.loss_failure": 1.0},
    "the best action is always taken": {"behaviour.temperature": 1e-6},
    "ways of innovating are all one": {"behaviour.nesting": 1e-6},
    "the best way of innovating, whatever is best": {"behaviour.nesting": 1e-6, "behaviour.temperature": 1e-6},
    "a plain logit": {"behaviour.nesting": 1.0},
    "all begin by innovating": {"behaviour.initial_innovation_share": 1.0},
    "nobody begins by innovating": {"behaviour.initial_innovation_share": 0.0},
    "two actions only": {ACTIONS_PATH: ("inaction", "innovation")},
    "no private gain": {ACTIONS_PATH: ("inaction", "routine", "innovation", "filed_innovation")},
    "every matter is urgent": {"work.urgency": 1.0, "work.haste": 1.0},
    "every sanction removes": {
        "accountability.severity": 1.0,
        "accountability.misconduct_severity": 1.0,
        "accountability.certainty": 1.0,
    },
    "circulars only": {"accountability.severity": 0.0, "accountability.misconduct_severity": 0.0},
    "nothing is ever pursued": {"accountability.certainty": 0.0},
    "every failure is force majeure": {"work.force_majeure": 1.0},
    "care costs nothing": {"work.care_cost": 1e-9, "work.routine_care_cost": 1e-9},
    "nothing is done with care": {"work.negligence": 1.0, "work.routine_failure": 1.0, "work.care_cost": 1e9},
    "nobody learns": {f"behaviour.weight_{who}": 0.0 for who in ("own", "peer", "national")},
    "no prior and no memory": {"behaviour.prior_strength": 1e-9, "behaviour.memory_half_life_months": 0.01},
    "identical officials": {
        "population.competence_sd": 0.0,
        "population.loss_aversion_sd": 0.0,
        "population.public_service_motivation_sd": 0.0,
        "population.ambition_sd": 0.0,
        "population.integrity_sd": 0.0,
    },
    "careers end at the ceiling": {"career.ceiling_age": 33.0, "career.retirement_age": 33.0},
    "full flexibility over the widest spread": {"guidance.flexibility": 1.0, "work.complexity_spread": 1.0},
    "tasks get harder under full flexibility": {"guidance.flexibility": 1.0},
    "many are sent into retirement": {},
    "one jurisdiction": {"size.jurisdictions": 1},
    "one official": {"size.jurisdictions": 1, "size.officials": 1},
    "everything on, nothing neutral": {
        "accountability.certainty": 0.6,
        "accountability.inaction_certainty": 0.2,
        "exemption.probability": 0.7,
        "exemption.filing_cost": 0.02,
        "exemption.caution": 1.5,
        "exemption.disclosure": 0.5,
        "guidance.flexibility": 0.6,
        "work.urgency": 0.4,
        "work.haste": 0.3,
        "work.self_dealing_gain": 3.0,
        "work.routine_failure": 0.15,
        "behaviour.conformity": 0.5,
        "behaviour.habit": 0.5,
        "behaviour.nesting": 0.3,
        "behaviour.memory_half_life_months": 6.0,
        "behaviour.initial_innovation_share": 0.6,
        "public.objectivity": 0.6,
    },
}

# What comes in over half a year in some corners, and goes again.
LATER: dict[str, Mapping[str, float]] = {
    "tasks get harder under full flexibility": {"work.complexity": 0.7, "work.complexity_spread": 0.3},
    "many are sent into retirement": {"career.ceiling_age": 33.0, "career.retirement_age": 33.0},
    "everything on, nothing neutral": {
        "accountability.severity": 0.8,
        "exemption.evidence_complexity": 3.5,
        "guidance.flexibility": 1.0,
        "behaviour.temperature": 0.1,
        "career.ceiling_age": 40.0,
        "career.retirement_age": 50.0,
    },
}


@functools.cache
def baseline() -> Scenario:
    """Return the shipped baseline."""
    return find_scenario("baseline")


def corner(name: str, officials: int = 60, months: int = 36) -> Scenario:
    """Return the baseline at one of the `CORNERS`, small."""
    scenario = with_settings(baseline(), {"size.officials": officials, "size.months": months, **CORNERS[name]})
    later = (Change(6, months - 6, 6, LATER[name]),) if name in LATER else ()
    return with_settings(dataclasses.replace(scenario, changes=later), {})


def values_of(path: str) -> st.SearchStrategy[float]:
    """Return values of a parameter within its bounds: often plausible ones, often the bounds themselves."""
    known = about(path)
    possible = st.sampled_from(known.bounds) | st.floats(*known.bounds)
    return st.floats(*known.plausible) | possible if known.plausible else possible


@st.composite
def settings_of(draw: st.DrawFn, section: Section, most: int = 8) -> dict[str, float]:
    """Return values at up to `most` random places that a section of a scenario may set, the ages always in order."""
    places = [path for path in settable_paths(section) if path not in (ACTIONS_PATH, *AGES, *OF_STRUCTURE)]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, min_size=section == "change", max_size=most))
    settings = {path: draw(values_of(path)) for path in chosen}
    if draw(st.booleans()):
        # Both or none: what lies between two pairs in order, as in a phase-in, is in order too.
        settings |= dict(zip(AGES, sorted((draw(st.floats(33, 120)), draw(st.floats(33, 120)))), strict=True))
    return settings


@st.composite
def changes(draw: st.DrawFn, months: int) -> Change:
    """Return a change that begins within so many months: at once or phased in, for a time or for good."""
    month = draw(st.integers(0, months - 1))
    until = draw(st.none() | st.integers(month + 1, 2 * months))
    longest = 2 * months if until is None else until - month
    return Change(month, until, draw(st.integers(0, longest)), draw(settings_of("change", 4)))


@st.composite
def jurisdictions(draw: st.DrawFn, number: int, most_officials: int) -> ListedJurisdiction:
    """Return a listed jurisdiction with some settings of its own, the actions that are open among them."""
    settings = draw(settings_of("jurisdiction", 4))
    if draw(st.booleans()):
        settings |= {switch: float(draw(st.booleans())) for switch in SWITCHES}
    name = Text(f"Place {number + 1}", f"地方{number + 1}")
    return ListedJurisdiction(name, draw(st.integers(1, most_officials)), settings)


@st.composite
def scenarios(draw: st.DrawFn, most_officials: int = 40, most_months: int = 12) -> Scenario:
    """Return a valid scenario: parameters within their bounds, actions, changes, listed or counted jurisdictions.

    `most_officials` is the most that a listed jurisdiction has, or all together if they are not listed.
    """
    months = draw(st.integers(1, most_months))
    officials = draw(st.integers(1, most_officials))
    is_open = draw(st.lists(st.sampled_from(OPTIONAL_ACTIONS), unique=True))
    settings: dict[str, Value] = {
        **draw(settings_of("scenario", 16)),
        ACTIONS_PATH: ("inaction", "innovation", *is_open),
    }
    settings["size.jurisdictions"] = draw(st.integers(1, min(officials, 7)))
    scenario = with_settings(baseline(), settings, officials, months)
    if draw(st.booleans()):
        listed = tuple(draw(jurisdictions(number, most_officials)) for number in range(draw(st.integers(1, 4))))
        n = sum(jurisdiction.officials for jurisdiction in listed)
        scenario = dataclasses.replace(scenario, jurisdictions=listed, officials=n, n_jurisdictions=len(listed))
    scenario = dataclasses.replace(scenario, changes=tuple(draw(st.lists(changes(months), max_size=3))))
    return with_settings(scenario, {})  # checked again, as a whole


@st.composite
def structures(draw: st.DrawFn) -> dict[str, Any]:
    """Return random numbers of the rules and the networks, within their bounds and often at them."""
    found: dict[str, Any] = {}
    for path in parameter_paths():
        if path.startswith(("decision.", "network.")) and not about(path).words and draw(st.booleans()):
            low, high = about(path).bounds
            found[path] = draw(st.sampled_from((low, min(high, 1000.0))) | st.floats(low, min(high, 3.0)))
    found["network.neighbours"] = 2.0 * draw(st.integers(1, 3))
    found["network.span"] = float(draw(st.integers(1, 9)))
    return found


def structured(scenario: Scenario, structure: Mapping[str, Any], rule: str, network: str) -> Scenario:
    """Return a scenario under a rule and in a network, with `structures`; a test has to do without one too small."""
    numbers = dict(structure)
    if network == "small_world":
        assume(min(scenario.sizes) > 2)  # or else there is no neighbourhood
        numbers["network.neighbours"] = min(numbers["network.neighbours"], (min(scenario.sizes) - 1) // 2 * 2.0)
    return with_settings(scenario, {**numbers, "decision.rule": rule, "network.kind": network})
