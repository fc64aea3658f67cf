"""What simulate, compare and the main job are asked to do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analysis.command_line.options import Choices
from analysis.command_line.terminal import note, standard_output
from analysis.design.comparison import Plan
from analysis.errors import ExperimentError, printable
from analysis.shell import quoted
from analysis.store.atomic_folder import MANIFEST, is_result
from analysis.store.file_names import shortened
from analysis.words import band_of, words_in
from model.catalogue import Catalogue
from model.code_cache import trouble_of_cache
from model.compiled import CODE_CACHE
from model.scenario import Scenario, shipped_scenarios
from model.simulate import Result

MOST_JURISDICTIONS_BY_DEFAULT = 1000
_RESULTS_FOLDER = Path("results")
_LONGEST_NAME = 150  # bytes


@dataclass(frozen=True)
class Task:
    """A plan, what to call it in the manifest, where its result goes, and what was chosen beside."""

    name: str
    plan: Plan
    folder: Path
    choices: Choices
    made_from: tuple[str, ...] = ()

    @property
    def words(self) -> Catalogue:
        """Return the catalogue of the language chosen."""
        return words_in(self.choices.language)


Tell = Callable[[Task, Sequence[Result]], None]


def task_of(
    name: str, scenarios: Sequence[Scenario], choices: Choices, folder_name: str, given: Sequence[str] = ()
) -> Task:
    """Return the task of simulating scenarios as chosen, `given` by these names or paths.

    The months of jurisdictions are stored if that was chosen; if nothing was, for `simulate` unless there are very
    many.

    Raises
    ------
    ExperimentError
        If it cannot be done, or if the folder that nobody has chosen holds the result of another task.
    """
    folder = choices.out or _RESULTS_FOLDER / folder_name
    made_from = tuple(_source(text, folder) for text in given)
    if choices.out is None:
        _check_same_task(folder, name, made_from)
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
    return Task(name, plan, folder, choices, made_from)


def _source(name_or_path: str, folder: Path) -> str:
    """Return what a scenario was made from: the name of a shipped one, or its file as seen from the results."""
    if name_or_path in shipped_scenarios():
        return name_or_path
    path = os.path.abspath(os.path.expanduser(name_or_path))
    with suppress(ValueError):  # on Windows another drive
        path = os.path.relpath(path, os.path.abspath(folder.parent))
    return printable(Path(path).as_posix())


def _check_same_task(folder: Path, name: str, made_from: tuple[str, ...]) -> None:
    """Raise ExperimentError if a folder holds the result of another task, or of another file of the same name."""
    if not is_result(folder):
        return
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    known = manifest.get("made_from", list(made_from))
    if manifest.get("task") != name or known != list(made_from):
        what = " ".join(map(str, (manifest.get("task"), *(known if manifest.get("task") != "main" else ()))))
        raise ExperimentError(
            f"{folder}: holds the result of another task ({what}), so it is not replaced unasked; "
            f"give another folder with --out, or --out {quoted(folder)} to replace it"
        )


def folder_name_of(scenarios: Sequence[Scenario]) -> str:
    """Return how the folder of a comparison is called."""
    names = [scenario.name for scenario in scenarios]
    name = "_vs_".join(names)
    end = f"_vs_{len(names) - 1}_others"
    is_short = shortened(name, most=_LONGEST_NAME) == name
    return name if is_short else shortened(names[0], len(end), most=_LONGEST_NAME) + end


def tell_if_invented(scenarios: Iterable[Scenario], words: Catalogue) -> None:
    """Say so if any of the scenarios was made from invented data."""
    tell_band(any(scenario.is_invented for scenario in scenarios), words)


def tell_band(is_invented: bool, words: Catalogue) -> None:
    """Say that what follows was made from invented data, if it was."""
    if band := band_of(is_invented, words):
        standard_output().print(band, soft_wrap=True)


def tell_if_compiling(words: Catalogue) -> None:
    """Say that the first run takes longer, if this is one; and if every one does, why."""
    if trouble_of_cache():
        note(words.text("command_line.not_cached").format(reason=trouble_of_cache()))
    if not CODE_CACHE.holds_code():
        note(words.text("command_line.compiling"))
