"""What is to be simulated: which scenarios, how many runs of each, with what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from analysis.errors import ExperimentError
from model.scenario import Scenario
from model.simulate import MOST_WORKERS, check_seed_and_replications
from model.vocabulary import DEFAULT_REPLICATIONS, DEFAULT_SEED, Engine


@dataclass(frozen=True)
class Plan:
    """The scenarios, the runs 0 to replications - 1 of each, and what is kept of them.

    ``workers`` is the number of threads (None: one a processor). It changes how long it takes, never a number.
    """

    scenarios: tuple[Scenario, ...]
    replications: int = DEFAULT_REPLICATIONS
    seed: int = DEFAULT_SEED
    engine: Engine = "ensemble"
    workers: int | None = None
    by_jurisdiction: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated, with ExperimentError."""
        try:
            check_seed_and_replications(self.seed, self.replications)
        except ValueError as error:
            raise ExperimentError(str(error)) from None
        if self.workers is not None and not 1 <= self.workers <= MOST_WORKERS:
            allowed = f"give a whole number from 1 to {MOST_WORKERS}, or leave it out for one a processor"
            raise ExperimentError(f"{self.workers} workers are not allowed: {allowed}")
        if self.engine not in get_args(Engine):
            raise ExperimentError(f'there is no engine "{self.engine}": give {" or ".join(get_args(Engine))}')
        _check_names(self.scenarios)


def check_comparable(scenarios: Sequence[Scenario]) -> None:
    """Raise ExperimentError unless the scenarios can be compared run by run: as many officials, as many months."""
    reference = scenarios[0]
    for scenario in scenarios[1:]:
        for what in ("officials", "months"):
            here, there = getattr(scenario, what), getattr(reference, what)
            if here != there:
                raise ExperimentError(
                    f"{scenario.name} has {here:,} {what} and {reference.name} has {there:,}, so they cannot be paired "
                    f"run by run: only policies of equal size can; give both the same number with --{what}"
                )


def _check_names(scenarios: Sequence[Scenario]) -> None:
    for name, n in Counter(scenario.name for scenario in scenarios).items():
        if n > 1:
            raise ExperimentError(
                f'{n} of the scenarios are called "{name}": tables could not tell them apart; '
                "leave one out, rename its file, or give it settings: NAME:accountability.severity=0.5"
            )
