"""Whether a network fits the jurisdictions: whole numbers, and no more neighbours than there are others."""

from __future__ import annotations

from collections.abc import Iterator

from model.parameters import NETWORKS
from model.scenario.errors import Problem, wrong
from model.scenario.scenario import Scenario


def network_contradictions(scenario: Scenario) -> list[Problem]:
    """Return what in the settings of the network in use does not fit; nothing of those of other networks."""
    kind = NETWORKS[int(scenario.parameters.network.kind)]
    if kind == "small_world":
        return list(_neighbour_problems(scenario))
    return list(_whole_number_problems("span", scenario.parameters.network.span)) if kind == "hierarchy" else []


def _whole_number_problems(name: str, value: float) -> Iterator[Problem]:
    if not value.is_integer():
        yield Problem(("network", name), wrong(value, "a whole number of officials", f"write {name} = {round(value)}"))


def _neighbour_problems(scenario: Scenario) -> Iterator[Problem]:
    neighbours, sizes = scenario.parameters.network.neighbours, scenario.sizes
    yield from _whole_number_problems("neighbours", neighbours)
    smallest = min(range(len(sizes)), key=lambda number: sizes[number])
    most = sizes[smallest] - 1
    path = ("network", "neighbours")
    if neighbours > most:
        where = f"in jurisdiction {_name(scenario, smallest)}, which has {sizes[smallest]}"
        advice = "lower it, or choose another network.kind" if most else "choose another network.kind"
        yield Problem(path, wrong(neighbours, f"at most {most} {where}", advice))
    elif neighbours.is_integer() and neighbours % 2 and any(size - 1 != neighbours for size in sizes):
        allowed = "an even number, half of them on each side, or all but one of a jurisdiction"
        yield Problem(path, wrong(neighbours, allowed, f"write neighbours = {int(neighbours) - 1 or 2}"))


def _name(scenario: Scenario, number: int) -> str:
    """Return the name of a listed jurisdiction, or its number from 1."""
    return scenario.jurisdictions[number].name.en if scenario.jurisdictions else str(number + 1)
