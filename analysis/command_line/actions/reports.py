"""What report and bundle do and say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.experiments import gap_lines, size
from analysis.publication.bundle import bundle as write_bundle
from analysis.publication.report import report as write_report
from analysis.store.experiment import Experiment, open_experiment
from analysis.words import words_in
from model.catalogue import Catalogue, Language


def report(result: Path, out: Path | None, allow_incomplete: bool, language: Language) -> None:
    """Write the report of an experiment."""
    words = words_in(language)
    _tell_gaps(open_experiment(result), words)

    @contextmanager
    def drawing(n: int) -> Iterator[Callable[[float], None]]:
        with progress(words.text("report.drawing"), n) as advance:
            yield advance

    written = write_report(result, out, language=language, allow_incomplete=allow_incomplete, drawing=drawing)
    standard_output().print(words.text("report.written").format(file=written.page), soft_wrap=True)


def bundle(result: Path, out: Path | None, allow_incomplete: bool, language: Language) -> None:
    """Put an experiment into one zip."""
    words = words_in(language)
    _tell_gaps(open_experiment(result), words)
    note(words.text("report.bundling"))
    made = write_bundle(result, out, allow_incomplete=allow_incomplete)
    texts = {"file": made.file, "size": size(made.file.stat().st_size), "n": f"{len(made.names):,}"}
    standard_output().print(words.text("report.bundled").format(**texts), soft_wrap=True)


def _tell_gaps(experiment: Experiment, words: Catalogue) -> None:
    for label, line in gap_lines(experiment.gaps(), words):
        note(f"{label}: {line}")
