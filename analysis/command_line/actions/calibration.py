"""What the command that calibrates does and says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.command_line.failures import InterruptedTaskError
from analysis.command_line.tables import print_table
from analysis.command_line.task import tell_band, tell_if_compiling
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.experiments import estimate_lines
from analysis.design.sampling import number_of_points
from analysis.execution.sweep import RESULTS, SweepWatch
from analysis.execution.sweep import estimate as estimate_of
from analysis.inference import calibration as verbs
from analysis.inference.calibration import Calibration, Manner
from analysis.inference.calibration_document import Said, Titled, parts_of
from analysis.inference.calibration_report import write_report
from analysis.inference.prediction import N_PREDICTED
from analysis.inference.table import TablePlan, folder_of_probe, table_plan
from analysis.inference.targets import Targets
from analysis.inference.targets_file import read_targets
from analysis.shell import command
from analysis.words import words_in
from model.catalogue import Catalogue, Language

_SHOWN_BY_CHECK = ("in_short", "check")
_SHOWN_BY_VALIDATE = ("predictions",)


class ChosenCalibration(NamedTuple):
    """How a calibration is carried out, as chosen on the command line."""

    rounds: int
    is_accepted: bool
    workers: int | None


def calibrate(name: str, out: Path | None, chosen: ChosenCalibration, is_dry: bool, language: Language) -> None:
    """Print the plan of a table, run it unless it is for looking only, and print what the targets tell."""
    words = words_in(language)
    targets = read_targets(name)
    verbs.checked_rounds(chosen.rounds)
    folder, plan = out or RESULTS / targets.name, table_plan(targets, targets.calibrating, targets.name)
    tell_band(targets.is_invented, words)
    _print_plan(plan, folder, words)
    for warning in targets.warnings:
        note(words.text("calibration.warning").format(text=warning))
    if is_dry:
        _print_estimates(plan, folder, chosen, words)
        return
    tell_if_compiling(words)
    try:
        with progress(words.text("calibration.running"), _most_runs(targets, plan, chosen.rounds)) as advance:
            manner = Manner(chosen.rounds, chosen.is_accepted, chosen.workers, SweepWatch(advance, note))
            found = verbs.calibrate(name, folder, manner)
    except KeyboardInterrupt:
        raise InterruptedTaskError(words.text("calibration.interrupted")) from None
    _print_parts(parts_of(found, words), words)
    write_report(found, language)
    _tell_stored(found, words)


def look_again(folder: Path, chosen: ChosenCalibration, is_predicted: bool, language: Language) -> None:
    """Print the check of a stored table, or what its draws predict."""
    words = words_in(language)
    found = verbs.opened(folder, chosen.is_accepted)
    if not is_predicted:
        _print_parts([part for part in parts_of(found, words) if part.name in _SHOWN_BY_CHECK], words)
        return
    tell_if_compiling(words)
    probes = {target.probe for target in found.targets.targets}
    try:
        with progress(words.text("calibration.running"), N_PREDICTED * (len(probes) + 1)) as advance:
            found = verbs.with_predictions(found, Manner(workers=chosen.workers, watch=SweepWatch(advance, note)))
    except KeyboardInterrupt:
        raise InterruptedTaskError(words.text("calibration.interrupted")) from None
    _print_parts([part for part in parts_of(found, words) if part.name in _SHOWN_BY_VALIDATE], words)
    _tell_stored(found, words)


def _print_plan(plan: TablePlan, folder: Path, words: Catalogue) -> None:
    for probe, specification in plan.sweeps.items():
        named = (
            words.text("calibration.probe").format(name=probe) if probe else words.text("calibration.scenario_itself")
        )
        texts = {"probe": named, "runs": f"{number_of_points(specification):,}"}
        text = words.text("calibration.plan").format(folder=folder_of_probe(folder, probe), **texts)
        standard_output().print(text, soft_wrap=True)


def _print_estimates(plan: TablePlan, folder: Path, chosen: ChosenCalibration, words: Catalogue) -> None:
    tell_if_compiling(words)
    for probe, specification in plan.sweeps.items():
        place = folder_of_probe(folder, probe)
        estimate = estimate_of(specification, place, workers=chosen.workers)
        for label, text in estimate_lines(estimate, specification, place, words):
            standard_output().print(f"{label}  {text}" if label else f"  {text}", soft_wrap=True)


def _most_runs(targets: Targets, plan: TablePlan, rounds: int) -> int:
    """Return how many runs there can be: those of the tables and those that predict."""
    probes = {target.probe for target in targets.targets} | {""}
    return rounds * sum(map(number_of_points, plan.sweeps.values())) + N_PREDICTED * len(probes)


def _print_parts(parts: Sequence[Titled], words: Catalogue) -> None:
    console = standard_output()
    for part in parts:
        console.print()
        console.print(part.title)
        for block in part.blocks:
            if isinstance(block, Said):
                console.print(block.text, soft_wrap=True)
                continue
            print_table(console, block.head, block.rows, n_texts=len(block.head))


def _tell_stored(found: Calibration, words: Catalogue) -> None:
    files = sorted(path.name for path in found.findings.iterdir())
    note(words.text("calibration.stored").format(folder=found.findings, files=", ".join(files)))
    if found.is_trusted:
        to_sweep = command("sweep", found.findings / verbs.EXPERIMENT_FILE)
        note(words.text("calibration.sweep_with").format(command=to_sweep))
