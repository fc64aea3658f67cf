"""What the commands of experiments do and say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.command_line.failures import InterruptedTaskError
from analysis.command_line.task import tell_if_compiling
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
from analysis.statistics.many_comparisons import Method
from analysis.store.experiment import Experiment
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
    done = 0

    def advance(runs: int) -> None:
        nonlocal done
        done += runs
        tell(runs)

    try:
        with progress(words.text("sweep.sweeping"), max(estimate.runs, 1)) as tell:
            watch = verbs.Watch(advance, note)
            experiment = verbs.sweep(specification, folder, watch=watch, **chosen._asdict())
    except KeyboardInterrupt:
        raise InterruptedTaskError(words.text("sweep.interrupted").format(n=whole(done), folder=folder)) from None
    _tell_end(experiment, chosen, words)


def _tell_end(experiment: Experiment, chosen: Chosen, words: Catalogue) -> None:
    """Say what has been done, what failed and what is missing."""
    counts, console = experiment.counts(), standard_output()
    texts = {"rows": whole(counts.rows), "folder": experiment.folder}
    if counts.failed or counts.timed_out:
        note(words.text("sweep.with_failures").format(failed=counts.failed, timed_out=counts.timed_out, **texts))
    if experiment.is_finished:
        console.print(words.text("sweep.finished").format(**texts), soft_wrap=True)
    else:
        missing = counts.planned_blocks - counts.blocks
        shard = "" if chosen.shard is None else "/".join(map(str, chosen.shard))
        text = words.text("sweep.shard_done").format(shard=shard, missing=whole(missing), **texts)
        console.print(text, soft_wrap=True)


def status(folder: Path, language: Language) -> None:
    """Print how far an experiment is, what is missing and what is damaged."""
    print_lines(standard_output(), status_lines(verbs.status(folder), words_in(language)))


def merge(folder: Path, others: Sequence[Path], language: Language) -> None:
    """Put shards together; ExperimentError if some runs are missing still."""
    words = words_in(language)
    experiment = verbs.merge(folder, *others, watch=verbs.Watch(say=note))
    if not experiment.is_finished:
        missing = [line for _, line in gap_lines(experiment.gaps(), words)]
        raise ExperimentError("\n".join([words.text("sweep.merge_incomplete").format(folder=folder), *missing]))
    rows = whole(experiment.counts().rows)
    text = words.text("sweep.finished").format(rows=rows, folder=folder)
    standard_output().print(text, soft_wrap=True)


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
    found = write_export(folder, to or csv or Path(), *what)
    if not found.is_complete:
        note(words.text("sweep.exported_incomplete").format(folder=folder))
    names = ", ".join(map(str, found.files))
    text = words.text("sweep.exported").format(rows=whole(found.rows), file=names)
    standard_output().print(text, soft_wrap=True)
