"""What the commands that analyse experiments do and say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from analysis.command_line.failures import InterruptedTaskError
from analysis.command_line.options import Choices, chosen_scenario
from analysis.command_line.task import tell_if_compiling, tell_if_invented
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.experiments import gap_lines
from analysis.command_line.words.findings import (
    print_best,
    print_drivers,
    print_indices,
    print_line,
    print_noise,
)
from analysis.errors import ExperimentError
from analysis.execution.sweep import RESULTS, SweepWatch
from analysis.sensitivity import ablation, tipping_line
from analysis.sensitivity import sensitivity as verbs
from analysis.sensitivity.ablation import ablation_of
from analysis.sensitivity.best_lever import best_lever, is_of_judgement, write_best_lever
from analysis.shell import command
from analysis.statistics.effects import more_for
from analysis.store.experiment import Experiment, Gap, open_experiment
from analysis.store.findings import folder_beside, gaps_as_facts, write_findings
from analysis.words import words_in
from model.catalogue import Catalogue, Language
from model.measures import MEASURES

_SHOWN_BY_DEFAULT = ("innovation_rate", "lazy_prevalence", "public_value")


class Runs(NamedTuple):
    """Which runs an ablation has, and where they go."""

    replications: int
    officials: int | None
    months: int | None
    seed: int
    workers: int | None
    out: Path | None


class Shown(NamedTuple):
    """What of an ablation is printed."""

    measures: tuple[str, ...]
    half_width: float | None
    allow_incomplete: bool


def sensitivity(result: Path, measures: Sequence[str] | None, how: tuple[int, bool], language: Language) -> None:
    """Print which factors of an experiment matter, and store the tables beside it."""
    words, console = words_in(language), standard_output()
    resamples, allow_incomplete = how
    experiment = open_experiment(result)
    tell_if_invented([experiment.specification.base], words)
    found = verbs.sensitivity(experiment, measures, resamples=resamples, allow_incomplete=allow_incomplete)
    _tell_gaps(found.gaps, words)
    summary = {
        "experiment": experiment.specification.name,
        "lock": experiment.lock,
        "method": found.method,
        "replications": found.replications,
        "resamples": found.resamples,
        "gaps": gaps_as_facts(found.gaps),
    }
    folder = folder_beside(result, "sensitivity")
    files = write_findings(folder, {"indices": found.indices, "noise": found.noise}, summary)
    console.print(words.text(f"statistics.method_{found.method}"), soft_wrap=True)
    for measure in found.noise["measure"]:
        console.print()
        print_indices(console, found, measure, words)
        print_noise(console, found, measure, words)
    _tell_stored(folder, files, words)
    note(words.text("statistics.chart_with").format(command=command("report", result)))


def map_plane(result: Path, rounds: int, workers: int | None, allow_incomplete: bool, language: Language) -> None:
    """Print the line where innovation and inaction are equally common; refine the grid around it first.

    Over a weight of public value print where more of the lever stops paying instead.
    """
    words, console = words_in(language), standard_output()
    experiment = open_experiment(result)
    tell_if_invented([experiment.specification.base], words)
    if is_of_judgement(experiment.specification):
        _best_lever(experiment, allow_incomplete, words)
        return
    tell_if_compiling(words)

    @contextmanager
    def watched(n_runs: int) -> Iterator[SweepWatch]:
        with progress(words.text("statistics.refining"), n_runs) as advance:
            yield SweepWatch(advance, note)

    try:
        found = tipping_line.map(
            experiment, rounds=rounds, workers=workers, allow_incomplete=allow_incomplete, watched=watched
        )
    except KeyboardInterrupt:
        raise InterruptedTaskError(words.text("statistics.interrupted")) from None
    _tell_gaps(found.gaps, words)
    print_line(console, found, words)
    folder = folder_beside(result, "map")
    _tell_stored(folder, [folder / "line.csv", folder / "surface.csv"], words)
    note(words.text("statistics.chart_with").format(command=command("report", result)))


def _best_lever(experiment: Experiment, allow_incomplete: bool, words: Catalogue) -> None:
    found = best_lever(experiment, allow_incomplete)
    files = write_best_lever(experiment, found)
    _tell_gaps(found.gaps, words)
    print_best(standard_output(), found, words)
    _tell_stored(folder_beside(experiment.folder, "map"), files, words)
    note(words.text("statistics.chart_with").format(command=command("report", experiment.folder)))


def ablate(name: str, runs: Runs, shown: Shown, language: Language) -> None:
    """Print which mechanisms drive the result of a scenario; run what is not run yet."""
    words, console = words_in(language), standard_output()
    scenario = chosen_scenario(name, Choices(officials=runs.officials, months=runs.months))
    measures = shown.measures or _SHOWN_BY_DEFAULT
    for measure in measures:
        if measure not in MEASURES:
            raise ExperimentError(f"--measure {measure}: there is no such measure; choose among {', '.join(MEASURES)}")
    if shown.half_width is not None and not shown.half_width > 0.0:
        raise ExperimentError(f"--half-width {shown.half_width:g}: is not allowed; give a number above 0")
    specification = ablation_of(scenario, runs.replications, runs.seed)
    folder = runs.out or RESULTS / specification.name
    tell_if_invented([scenario], words)
    tell_if_compiling(words)
    n = (len(specification.design.listed) + 1) * runs.replications
    try:
        with progress(words.text("statistics.ablating"), n) as advance:
            found = ablation.ablate(
                scenario,
                folder,
                measures=MEASURES,
                replications=runs.replications,
                seed=runs.seed,
                workers=runs.workers,
                allow_incomplete=shown.allow_incomplete,
                watch=SweepWatch(advance, note),
            )
    except KeyboardInterrupt:
        raise InterruptedTaskError(words.text("statistics.interrupted")) from None
    _tell_gaps(found.gaps, words)
    console.print(words.text("statistics.method_ablation").format(n=runs.replications), soft_wrap=True)
    for measure in measures:
        console.print()
        print_drivers(console, found, measure, words)
        if shown.half_width is not None:
            rows = found.effects[found.effects["measure"] == measure]
            _tell_needed((rows["high"] - rows["low"]).max() / 2, runs.replications, shown.half_width, words)
    for mechanism, reason in found.left_out.items():
        label = words.text(f"mechanisms.{mechanism}")
        console.print(words.text("statistics.mechanism_left_out").format(mechanism=label, reason=reason))
    beside = folder_beside(folder, "effects")
    _tell_stored(beside, [beside / "effects.csv"], words)
    note(words.text("statistics.chart_with").format(command=command("report", folder)))


def _tell_needed(half: float, n: int, wanted: float, words: Catalogue) -> None:
    if math.isnan(half):  # the measure is missing: no number of replications is the answer
        return
    needed = more_for(half, n, wanted)
    key = "needed_none" if needed == 0 else "needed_unknown" if needed is None else "needed_more"
    texts = {"now": f"{half:.3g}", "wanted": f"{wanted:g}", "more": f"{needed or 0:,}"}
    standard_output().print(words.text(f"statistics.{key}").format(**texts), soft_wrap=True)


def _tell_gaps(gaps: Sequence[Gap], words: Catalogue) -> None:
    """Say which runs are missing in what is told next, if any are."""
    if gaps:
        note(words.text("statistics.incomplete"))
        for _, line in gap_lines(gaps, words):
            note(f"  {line}")


def _tell_stored(folder: Path, files: Sequence[Path], words: Catalogue) -> None:
    names = ", ".join(path.name for path in files)
    note(words.text("command_line.stored").format(folder=folder, files=names))
