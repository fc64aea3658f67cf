"""The structures under which findings are looked at again: decision rules, networks, and numbers nobody knows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.errors import ExperimentError
from model.parameters import DECISION_RULES, NETWORKS, Parameters, about, parameter_paths, value_at
from model.scenario import Scenario, Settings
from model.suggestions import nearest, quoted

Kind = Literal["default", "rule", "network", "pair", "assumption", "number"]

RULE, NETWORK = "decision.rule", "network.kind"
_DEFAULT_RULE, _DEFAULT_NETWORK = DECISION_RULES[0], NETWORKS[0]
# Which numbers of a rule or a network act under it: those whose names begin so.
_NUMBERS = {
    "prospect": ("gain_", "loss_"),
    "fear": ("fear_",),
    "threshold": ("threshold_",),
    "satisficing": ("aspiration",),
    "reinforcement": ("learning_",),
    "small_world": ("neighbours", "rewiring"),
    "hierarchy": ("span", "blame_", "superior_"),
}
# Half and twice, but where the bounds or the plausible range end sooner.
_ASSUMPTIONS: tuple[tuple[str, tuple[float, float]], ...] = (
    ("size.jurisdictions", (40.0, 10.0)),
    ("behaviour.temperature", (0.15, 0.6)),
    ("behaviour.memory_half_life_months", (12.0, 48.0)),
    ("behaviour.nesting", (0.25, 1.0)),
)


@dataclass(frozen=True)
class NamedStructure:
    """One way in which the model could be built: its name in tables, what kind of departure it is, its settings."""

    name: str
    kind: Kind
    settings: Settings

    @property
    def rule(self) -> str:
        """Return the name of its decision rule."""
        return DECISION_RULES[int(self.settings.get(RULE, 0.0))]


def structure_of(rule: str, network: str) -> NamedStructure:
    """Return the structure of a rule and a network, all else being as it is."""
    settings = Settings({RULE: DECISION_RULES.index(rule), NETWORK: NETWORKS.index(network)})
    if network == _DEFAULT_NETWORK:
        return NamedStructure(rule, "default" if rule == _DEFAULT_RULE else "rule", settings)
    if rule == _DEFAULT_RULE:
        return NamedStructure(network, "network", settings)
    return NamedStructure(f"{rule}, {network}", "pair", settings)


DEFAULT = structure_of(_DEFAULT_RULE, _DEFAULT_NETWORK)


def structures(rules: Sequence[str], networks: Sequence[str], is_all_pairs: bool = False) -> list[NamedStructure]:
    """Return the default, then each other rule and each other network by itself, or all pairs of them."""
    if is_all_pairs:
        return [
            DEFAULT,
            *(
                found
                for found in itertools.starmap(structure_of, itertools.product(rules, networks))
                if found != DEFAULT
            ),
        ]
    by_rule = (structure_of(rule, _DEFAULT_NETWORK) for rule in rules)
    by_network = (structure_of(_DEFAULT_RULE, network) for network in networks)
    return list(dict.fromkeys([DEFAULT, *by_rule, *by_network]))


def assumptions() -> list[NamedStructure]:
    """Return the default rule and network with sizes of jurisdictions, noise, memory and nesting halved and doubled."""
    return [
        NamedStructure(f"{path} = {value:g}", "assumption", Settings({path: value}))
        for path, values in _ASSUMPTIONS
        for value in values
    ]


def own_numbers(of: Iterable[NamedStructure]) -> list[NamedStructure]:
    """Return each structure again with each of the numbers of its rule or network at half and at twice."""
    return [
        NamedStructure(f"{one.name}, {path} = {value:g}", "number", Settings({**one.settings, path: value}))
        for one in of
        for path in _paths_of(one)
        for value in _half_and_twice(path)
    ]


def numbers_of(*names: str) -> list[str]:
    """Return the paths of the numbers that act under some rules or networks and nowhere else."""
    begins = tuple(begin for name in names for begin in _NUMBERS.get(name, ()))
    return [
        path
        for path in parameter_paths()
        if path.startswith(("decision.", "network.")) and _name(path).startswith(begins)
    ]


def _paths_of(one: NamedStructure) -> list[str]:
    return numbers_of(one.rule, NETWORKS[int(one.settings.get(NETWORK, 0.0))])


def _name(path: str) -> str:
    return path.partition(".")[2]


def _half_and_twice(path: str) -> tuple[float, ...]:
    """Return half and twice the default within its bounds; of a default of 0 a tenth below and above."""
    default, (low, high) = value_at(Parameters(), path), about(path).bounds
    values = (0.5 * default, 2.0 * default) if default else (-0.1, 0.1)
    return tuple(dict.fromkeys(min(max(float(value), low), high) for value in values))


def chosen(given: Sequence[str] | None, known: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the names given with an option, all known ones where none is; ExperimentError if one is not known."""
    for name in given or ():
        if name not in known:
            near = nearest(name, known)
            meant = f"did you mean {near}? " if near else ""
            raise ExperimentError(
                f"{option} {quoted(name)}: there is no such name; {meant}Known are {', '.join(known)}"
            )
    return tuple(given or known)


def settings_of(scenario: Scenario, baseline: Scenario) -> Mapping[str, float]:
    """Return in what parameters a scenario departs from the baseline; ExperimentError if it departs in more than that.

    Findings are comparisons of policies that are in force from the start in jurisdictions that are not listed.
    """
    for is_there, what in ((scenario.changes, "changes over time"), (scenario.jurisdictions, "listed jurisdictions")):
        if is_there:
            raise ExperimentError(
                f"{scenario.name}: has {what}, beside which no finding can be put; give another scenario"
            )
    pairs = (
        (path, value_at(scenario.parameters, path), value_at(baseline.parameters, path)) for path in parameter_paths()
    )
    return {path: value for path, value, other in pairs if value != other and not math.isnan(value)}
