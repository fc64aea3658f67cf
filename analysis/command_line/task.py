"""What simulate, compare and the main job are asked to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.command_line.options import Choices
from analysis.command_line.terminal import note
from analysis.design.comparison import Plan
from analysis.errors import ExperimentError
from analysis.words import words_in
from model.catalogue import Catalogue
from model.compiled import CODE_CACHE
from model.scenario import Scenario
from model.simulate import Result

MOST_JURISDICTIONS_BY_DEFAULT = 1000
_RESULTS_FOLDER = Path("results")
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Task:
    """A plan, what to call it in the manifest, where its result goes, and what was chosen beside."""

    name: str
    plan: Plan
    folder: Path
    choices: Choices

    @property
    def words(self) -> Catalogue:
        """Return the catalogue of the language chosen."""
        return words_in(self.choices.language)


Tell = Callable[[Task, Sequence[Result]], None]


def task_of(name: str, scenarios: Sequence[Scenario], choices: Choices, folder_name: str) -> Task:
    """Return the task of simulating scenarios as chosen.

    The months of jurisdictions are stored if that was chosen; if nothing was, for `simulate` unless there are very
    many.
    """
    is_small = max(scenario.n_jurisdictions for scenario in scenarios) <= MOST_JURISDICTIONS_BY_DEFAULT
    by_default = name == "simulate" and is_small
    plan = Plan(
        tuple(scenarios),
        choices.replications,
        choices.seed,
        choices.engine,
        choices.workers,
        by_default if choices.by_jurisdiction is None else choices.by_jurisdiction,
    )
    if choices.panel and choices.engine != "ensemble":
        raise ExperimentError("--panel needs --engine ensemble; both engines give the same numbers")
    return Task(name, plan, choices.out or _RESULTS_FOLDER / folder_name, choices)


def folder_name_of(scenarios: Sequence[Scenario]) -> str:
    """Return how the folder of a comparison is called."""
    names = [scenario.name for scenario in scenarios]
    name = "_vs_".join(names)
    return name if len(name) <= _LONGEST_NAME else f"{names[0]}_vs_{len(names) - 1}_others"[:_LONGEST_NAME]


def tell_if_compiling(words: Catalogue) -> None:
    """Say that the first run takes longer, if this is one."""
    if not CODE_CACHE.holds_code():
        note(words.text("command_line.compiling"))
