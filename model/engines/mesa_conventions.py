"""What somebody who knows Mesa expects of any of its models: seeds, verbs of sets of agents, tables of agents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

try:
    from mesa.agentset import AgentSet
except ModuleNotFoundError:  # up to Mesa 3.4 it is in the module of the agent
    from mesa.agent import AgentSet

if TYPE_CHECKING:
    import pandas as pd

_LARGEST_SEED = 2**32 - 1


def seed_of(seed: Any, rng: Any) -> int:
    """Return the seed that is meant by Mesa's two keywords for it, of which one at most is given.

    None is a fresh one, as everywhere in Mesa. A generator, a seed sequence or a list of whole numbers, which Mesa
    takes too, gives a number that follows from it.
    """
    if seed is not None and rng is not None:
        raise ValueError(f"found seed {seed!r} and rng {rng!r}; give one of them: they mean the same")
    given = rng if seed is None else seed
    if given is None:
        return _first_of(np.random.SeedSequence())
    if isinstance(given, np.random.BitGenerator):
        given = np.random.Generator(given)
    if isinstance(given, np.random.Generator):
        return int(given.integers(_LARGEST_SEED + 1))
    if isinstance(given, np.random.SeedSequence):
        return _first_of(given)
    if isinstance(given, list | tuple) and given:
        return _first_of(np.random.SeedSequence([whole("seed", number) for number in given]))
    return whole("seed" if rng is None else "rng", given)


def whole(name: str, number: Any) -> int:
    """Return a seed or the number of a run; ValueError if it is not a whole number in [0, 2**32)."""
    is_whole = isinstance(number, int | np.integer) and not isinstance(number, bool)
    if not is_whole or not 0 <= number <= _LARGEST_SEED:
        raise ValueError(f"{name} {number!r} is not allowed: give a whole number from 0 to {_LARGEST_SEED}")
    return int(number)


def _first_of(sequence: np.random.SeedSequence) -> int:
    return int(sequence.generate_state(1)[0])


class Members(tuple[Any, ...]):
    """Agents in a fixed order: a tuple with the verbs of Mesa's AgentSet, such as select, shuffle_do, get and agg."""

    __slots__ = ()

    def __getattr__(self, verb: str) -> Any:
        """Return a verb of the AgentSet of these agents; AttributeError if it has none of that name."""
        if verb.startswith("_") or not self:
            raise AttributeError(verb)
        return getattr(AgentSet(self, random=self[0].model.random), verb)


class OfficialsCollector(mesa.DataCollector):  # type: ignore[misc]
    """A data collector whose table of agents holds officials, not the jurisdictions they work in."""

    def __init__(self, of_model: dict[str, Any], of_officials: dict[str, Any] | None, kind: type) -> None:
        super().__init__(model_reporters=of_model, agent_reporters=of_officials)
        self.kind = kind

    def _record_agents(self, model: Any) -> Iterable[tuple[Any, ...]]:
        """Return the rows of a month, asking officials only."""
        rows: Iterable[tuple[Any, ...]] = super()._record_agents(_Asked(model.officials))
        return rows

    def get_agenttype_vars_dataframe(self, agent_type: type) -> pd.DataFrame:
        """Return the table of the agents of a type: of officials the one of all agents that are asked."""
        is_asked = agent_type is self.kind and self.agent_reporters
        table: pd.DataFrame = (
            self.get_agent_vars_dataframe() if is_asked else super().get_agenttype_vars_dataframe(agent_type)
        )
        return table


class _Asked:
    """What the data collector sees of the model when it asks agents."""

    def __init__(self, agents: Sequence[Any]) -> None:
        self.agents = agents
