"""The command that does one run of an experiment again, into tables and charts."""

from __future__ import annotations

from pathlib import Path

from analysis.command_line.task import tell_if_compiling
from analysis.command_line.terminal import note, standard_output
from analysis.command_line.words.experiments import print_lines
from analysis.errors import ExperimentError
from analysis.execution.keeping import Kept, add_to_result, keep
from analysis.execution.rerun import Rerun
from analysis.execution.sweep import rerun
from analysis.report.section_words import named_with_origin
from analysis.shell import quoted
from analysis.store.atomic_folder import drop, new_draft
from analysis.store.experiment import open_experiment
from analysis.store.results import Origin
from analysis.words import band_of, words_in
from model.catalogue import Catalogue, Language
from model.code_hash import model_hash


def rerun_into(result: Path, run_id: int, out: Path | None, language: Language) -> None:
    """Do a run again, say whether it is the same, and store its months and charts of them."""
    words = words_in(language)
    folder = out or result.resolve().with_name(f"{result.resolve().name}-run-{run_id}")
    tell_if_compiling(words)
    again = rerun(result, run_id)
    print_lines(standard_output(), _lines(again, words))
    draft = new_draft(folder)
    try:
        kept = keep([again.result], draft, folder, Origin("rerun"))
    finally:
        drop(draft)
    charts = _charts(again, quoted("rerun", result, "--run", run_id), kept, words)
    files = ", ".join(sorted({*kept.files, *charts}))
    note(words.text("command_line.stored").format(folder=kept.folder, files=files))
    if again.row["status"] == "ok" and not again.is_same:
        raise ExperimentError(_difference(result, run_id))


def _charts(again: Rerun, command: str, kept: Kept, words: Catalogue) -> list[str]:
    """Draw charts into a result, and return what was added to it: nothing, with a note, if that failed."""
    draft = new_draft(kept.folder)
    try:
        _draw(again, command, draft / "charts", words)
        return add_to_result(draft, kept)
    except Exception as error:  # whatever it is, the run is stored
        note(words.text("command_line.no_charts").format(reason=error))
        return []
    finally:
        drop(draft)


def _difference(result: Path, run_id: int) -> str:
    """Return the message on a run that did not give the same numbers again, with the likely reason."""
    made_with = open_experiment(result).manifest["model_hash"]
    reason = (
        "model/ is in another state than when the experiment was run"
        if made_with != model_hash()
        else ("the code is the same, so the row or this computer is to be doubted")
    )
    return f"run {run_id} of {result} gave other numbers than in its row: {reason}"


def _lines(again: Rerun, words: Catalogue) -> list[tuple[str, str]]:
    """Return the row of a run, and whether its numbers came out again."""
    rows = [(name, f"{value:.10g}" if isinstance(value, float) else str(value)) for name, value in again.row.items()]
    key = "same" if again.is_same else "not_same" if again.row["status"] == "ok" else "had_failed"
    return [*rows, (words.text("sweep.again"), words.text(f"sweep.{key}"))]


def _draw(again: Rerun, command: str, folder: Path, words: Catalogue) -> None:
    # Here and not above: matplotlib takes half a second to load, and most commands draw nothing.
    from analysis.report.charts.all_charts import CHARTS_OVER_TIME, Provenance, save_chart

    scenario, months = again.result.scenario, again.result.months
    band = band_of(scenario.is_invented, words)
    provenance = Provenance((named_with_origin(scenario),), again.result.seed, 1, model_hash(), command, band)
    for name, chart in CHARTS_OVER_TIME.items():
        save_chart(chart(months, [scenario], words), folder, name, provenance)
