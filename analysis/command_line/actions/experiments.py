"""What the commands of experiments do and say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.command_line.failures import InterruptedTaskError
from analysis.command_line.task import tell_if_compiling, tell_if_invented
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.experiments import (
    estimate_lines,
    gap_lines,
    plan_lines,
    print_lines,
    status_lines,
)
from analysis.design.experiment_file import find_experiment
from analysis.errors import ExperimentError
from analysis.execution import sweep as verbs
from analysis.number_format import whole
from analysis.publication.export import export as write_export
from analysis.shell import command
from analysis.statistics.many_comparisons import Method
from analysis.store.experiment import Experiment, open_experiment
from analysis.words import words_in
from model.catalogue import Catalogue, Language


class Chosen(NamedTuple):
    """How a sweep is to be done, as chosen on the command line."""

    workers: int | None
    shard: tuple[int, int] | None
    scheduler: str | None
    fail_fast: bool
    retry_failed: bool
    reuse: Path | None


def sweep(name: str, out: Path | None, chosen: Chosen, is_dry: bool, language: Language) -> None:
    """Print the plan of an experiment, then carry it out, unless it is for looking only."""
    words, console = words_in(language), standard_output()
    specification = find_experiment(name)
    folder = verbs.folder_of(specification, out)
    tell_if_invented([specification.base], words)
    print_lines(console, plan_lines(specification, folder, words))
    tell_if_compiling(words)
    estimate = verbs.estimate(specification, folder, workers=chosen.workers, shard=chosen.shard)
    if chosen.scheduler and not is_dry:
        # Here and not above: a cluster needs packages that not everybody has.
        from analysis.execution.cluster import threads_of_cluster

        estimate = estimate.on(threads_of_cluster(chosen.scheduler))
    print_lines(console, estimate_lines(estimate, specification, folder, words))
    if is_dry:
        return
    before = kept_runs(folder)
    try:
        with progress(words.text("sweep.sweeping"), max(estimate.runs, 1)) as tell:
            watch = verbs.SweepWatch(tell, note)
            experiment = verbs.sweep(specification, folder, watch=watch, **chosen._asdict())
    except KeyboardInterrupt:
        raise InterruptedTaskError(_interrupted(folder, before, words)) from None
    _tell_end(experiment, chosen, words)


def kept_runs(folder: Path) -> int:
    """Return how many runs of an experiment are on disk; 0 if there is none."""
    try:
        return open_experiment(folder).counts().rows
    except ExperimentError:
        return 0


def _interrupted(folder: Path, before: int, words: Catalogue) -> str:
    """Return what is kept after an interruption, counted on the disk."""
    kept = kept_runs(folder)
    return words.text("sweep.interrupted").format(kept=whole(kept), n=whole(kept - before), folder=folder)


def _tell_end(experiment: Experiment, chosen: Chosen, words: Catalogue) -> None:
    """Say what has been done and what is missing; ExperimentError if runs have failed or timed out."""
    counts, console = experiment.counts(), standard_output()
    texts = {"rows": whole(counts.rows), "folder": experiment.folder}
    if experiment.is_finished and counts.failed + counts.timed_out < counts.rows:
        console.print(words.text("sweep.finished").format(**texts), soft_wrap=True)
    elif not experiment.is_finished:
        missing = counts.planned_blocks - counts.blocks
        shard = "" if chosen.shard is None else "/".join(map(str, chosen.shard))
        text = words.text("sweep.shard_done").format(
            shard=shard, missing=whole(missing), merge=command("merge", experiment.folder), **texts
        )
        console.print(text, soft_wrap=True)
    _raise_failures(experiment, words)


def _raise_failures(experiment: Experiment, words: Catalogue) -> None:
    """Raise ExperimentError if runs have failed or timed out: they have no numbers, so not all is well."""
    counts = experiment.counts()
    if counts.failed + counts.timed_out:
        key = "all_failed" if counts.failed + counts.timed_out == counts.rows else "with_failures"
        texts = {"failed": whole(counts.failed), "timed_out": whole(counts.timed_out), "rows": whole(counts.rows)}
        raise ExperimentError(words.text(f"sweep.{key}").format(status=command("status", experiment.folder), **texts))


def status(folder: Path, language: Language) -> None:
    """Print how far an experiment is and what is missing; ExperimentError if files are damaged or runs have failed."""
    words, found = words_in(language), verbs.status(folder)
    print_lines(standard_output(), status_lines(found, words))
    if found.damages:
        raise ExperimentError(words.text("sweep.is_damaged").format(folder=folder, n=len(found.damages)))
    _raise_failures(found.experiment, words)


def merge(folder: Path, others: Sequence[Path], language: Language) -> None:
    """Put shards together; ExperimentError if some runs are missing still."""
    words = words_in(language)
    experiment = verbs.merge(folder, *others, watch=verbs.SweepWatch(say=note))
    if not experiment.is_finished:
        missing = [line for _, line in gap_lines(experiment.gaps(), words)]
        raise ExperimentError("\n".join([words.text("sweep.merge_incomplete").format(folder=folder), *missing]))
    rows = whole(experiment.counts().rows)
    text = words.text("sweep.finished").format(rows=rows, folder=folder)
    standard_output().print(text, soft_wrap=True)
    _raise_failures(experiment, words)


def export(
    folder: Path,
    files: tuple[Path | None, Path | None],
    what: tuple[str | None, Method | None],
    language: Language,
) -> None:
    """Write a table for another program, and say if runs are missing in it; `files` are those of --to and --csv."""
    words, (to, csv) = words_in(language), files
    if (to is None) == (csv is None):
        raise ExperimentError("export needs one file to write: --to FILE, which ends in .csv, .parquet, .dta or .xlsx")
    if csv is not None and csv.suffix.lower() != ".csv":
        raise ExperimentError(f"{csv}: --csv writes CSV, which this name does not end in; write --to {csv.name}")
    found = write_export(folder, to or csv or Path(), *what, language)
    if not found.is_complete:
        note(words.text("sweep.exported_incomplete").format(folder=folder))
    if found.left_out:
        note(words.text("sweep.exported_without").format(tables=", ".join(found.left_out)))
    names = ", ".join(map(str, found.files))
    text = words.text("sweep.exported").format(rows=whole(found.rows), file=names)
    standard_output().print(text, soft_wrap=True)
