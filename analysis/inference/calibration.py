"""A calibration from targets to draws: the table, the inference, further rounds, and what is left on disk."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import tomli_w

from analysis.errors import ExperimentError
from analysis.execution.sweep import RESULTS, SweepWatch
from analysis.inference.inference import N_DRAWS, Inference, inferred
from analysis.inference.prediction import N_PREDICTED, PREDICTION_COLUMNS, predictions
from analysis.inference.ranges import Floats, Ranges
from analysis.inference.table import SimulatedTable, TablePlan, run_table, stored_table, table_plan
from analysis.inference.targets import Open, Targets
from analysis.inference.targets_file import read_targets
from analysis.store.findings import SUMMARY, folder_beside, read_findings, write_findings
from analysis.store.whole_files import write_files
from model.scenario.serialisation import data_of

MOST_ROUNDS = 4
_DIGITS_OF_DRAWS = 8  # in the name of the folder: other draws, another experiment
_SAME = 0.1  # intervals that change by less between two rounds have settled
_BOX = np.array([0.001, 0.999])
FINDINGS = "posterior"
TARGETS_FILE, DRAWS, EXPERIMENT_FILE = "targets.toml", "draws", "experiment.toml"
INVENTED_SCENARIO = "scenario_of_invented_draws.toml"


@dataclass(frozen=True)
class Calibration:
    """What came of targets: the last round's inference, how many rounds, the predictions if they were made."""

    targets: Targets
    folder: Path
    inference: Inference
    rounds: int
    is_accepted: bool
    predictions: pd.DataFrame

    @property
    def is_trusted(self) -> bool:
        """Tell whether draws may be written: the check is clean, or the user took them all the same."""
        return self.inference.check.is_clean or self.is_accepted

    @property
    def findings(self) -> Path:
        """Return the folder of the findings."""
        return folder_beside(self.folder, FINDINGS)

    @property
    def draws(self) -> Floats:
        """Return draws of all that is open, shape (draws, open)."""
        return self.inference.posterior.draws(N_DRAWS, self.targets.seed)


@dataclass(frozen=True)
class Manner:
    """How a calibration is carried out."""

    rounds: int = 1
    is_accepted: bool = False
    workers: int | None = None
    watch: SweepWatch | None = None

    @property
    def of_runs(self) -> tuple[int | None, SweepWatch | None]:
        """Return what sweeps take."""
        return (self.workers, self.watch)


def calibrate(path: str | Path, folder: Path | None = None, manner: Manner | None = None) -> Calibration:
    """Return what the targets in a file tell; the table is run or gone on with, the findings are written.

    Raises
    ------
    ExperimentError
        If the file does not hold, the place does not take the result, or nothing can be learned.
    """
    how = manner or Manner()
    targets = read_targets(path)
    place = folder or RESULTS / targets.name

    def run(of: Targets, plan: TablePlan, where: Path) -> SimulatedTable:
        return run_table(of, of.calibrating, plan, where, how.of_runs)

    checked_rounds(how.rounds)
    found = replace(_after_rounds(targets, place, how.rounds, run), is_accepted=how.is_accepted)
    _keep_targets(targets, found.findings)
    write_calibration(found)
    return with_predictions(found, how) if found.is_trusted else found


def checked_rounds(rounds: int) -> None:
    """Raise ExperimentError if so many rounds are not allowed."""
    if not 1 <= rounds <= MOST_ROUNDS:
        raise ExperimentError(f"--rounds {rounds}: allowed are 1 to {MOST_ROUNDS}")


def opened(folder: Path, is_accepted: bool = False) -> Calibration:
    """Return the calibration whose tables stand in a folder, inferred anew from them; nothing is run."""
    beside = folder_beside(folder, FINDINGS)
    written = beside / TARGETS_FILE
    if not written.is_file():
        raise ExperimentError(f"{folder}: there is no {written}; run calibrate with a file of targets first")
    _, summary = read_findings(beside, [])
    targets = replace(read_targets(written), name=str(summary["targets"]))

    def read(of: Targets, plan: TablePlan, where: Path) -> SimulatedTable:
        return stored_table(of, of.calibrating, plan, where)

    found = _after_rounds(targets, folder, int(summary["rounds"]), read)
    return replace(found, is_accepted=is_accepted or bool(summary["is_accepted"]))


def with_predictions(found: Calibration, manner: Manner) -> Calibration:
    """Return a calibration with what its draws predict, simulated and written; ExperimentError if it is not trusted."""
    if not found.is_trusted:
        raise ExperimentError(
            f"{found.findings}: these intervals cannot be trusted, so nothing is predicted from them; "
            "write --accept-uncalibrated to go on regardless"
        )
    digest = hashlib.sha256(found.draws.tobytes()).hexdigest()[:_DIGITS_OF_DRAWS]
    place = found.folder.with_name(f"{found.folder.name}-predictive_{digest}")
    table = predictions(found.targets, found.draws, place, manner.of_runs)
    complete = replace(found, predictions=table)
    write_calibration(complete)
    return complete


def no_predictions() -> pd.DataFrame:
    """Return the table of predictions before any was made."""
    return pd.DataFrame(columns=list(PREDICTION_COLUMNS))


def _after_rounds(
    targets: Targets, place: Path, rounds: int, table_of: Callable[[Targets, TablePlan, Path], SimulatedTable]
) -> Calibration:
    """Return what a table tells, and more tables over the box of the last posterior, until intervals settle.

    The priors are uniform, so within a box they are the same but for a factor.
    """
    table = table_of(targets, table_plan(targets, targets.calibrating, targets.name), place)
    inference = inferred(table, targets.seed)
    done = 1
    for number in range(2, rounds + 1):
        before, narrowed = inference.marginals, _narrowed(targets, inference, number)
        plan = table_plan(narrowed, narrowed.calibrating, narrowed.name)
        table = table_of(narrowed, plan, place.with_name(f"{place.name}-round_{number}"))
        inference, done = inferred(table, narrowed.seed, targets.ranges), number
        if _are_settled(before, inference.marginals):
            break
    return Calibration(targets, place, inference, done, False, no_predictions())


def _keep_targets(targets: Targets, folder: Path) -> None:
    """Keep the file of targets, that of its scenario if it has one of its own, and draws that are priors.

    Draws get names of their own, since those of the posterior go to the same folder.
    """
    kept = folder / TARGETS_FILE
    if targets.file.resolve() == kept.resolve():
        return
    names = {one.file.resolve(): f"prior_{place}.csv" for place, one in enumerate(targets.drawn, start=1)}
    files = {name: file.read_bytes() for file, name in names.items()}
    files[TARGETS_FILE] = _with_draws_at(targets.file, names) if names else targets.file.read_bytes()
    own = _own_scenario(targets)
    if own is not None:
        files[own.name] = own.read_bytes()
    write_files(folder, files)


def _own_scenario(targets: Targets) -> Path | None:
    """Return the file of the scenario that targets name, None if it is a shipped one."""
    scenario = str(tomllib.loads(targets.file.read_text(encoding="utf-8-sig")).get("scenario", ""))
    own = targets.file.parent / os.path.expanduser(scenario)
    return own if own.suffix == ".toml" and own.is_file() else None


def _write_scenario(found: Calibration) -> str | None:
    """Return the scenario that the draws are swept over, None for the shipped one; it tells of invented draws."""
    targets, own = found.targets, _own_scenario(found.targets)
    if not targets.is_invented or targets.base.is_invented:
        return own.name if own is not None else None
    provenance = {"made_by": "calibrate", "file": targets.file.name, "seed": targets.seed, "invented": True}
    text = tomli_w.dumps({**data_of(targets.base), "provenance": provenance})
    write_files(found.findings, {INVENTED_SCENARIO: text})
    return INVENTED_SCENARIO


def _with_draws_at(file: Path, names: Mapping[Path, str]) -> bytes:
    """Return a file of targets in which draws have other names."""
    data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    for item in data["parameter"]:
        if "draws" in item:
            item["draws"] = names[(file.parent / item["draws"]).resolve()]
    return tomli_w.dumps(data).encode()


def _narrowed(targets: Targets, inference: Inference, number: int) -> Targets:
    """Return targets with ranges that hold nearly all of a posterior, and another seed."""
    low, high = inference.posterior.quantiles(_BOX)
    box: Ranges = targets.ranges.within(low, high)
    opened_in_box = [Open(*item) for item in zip(box.names, map(float, box.low), map(float, box.high), strict=True)]
    n = len(targets.parameters)
    lowest, highest = (dict(zip(box.names, map(float, end), strict=True)) for end in (box.low, box.high))
    drawn = tuple(one.within(lowest, highest) for one in targets.drawn)
    # Of draws of which hardly any lies in the box all are kept, and with them their ends.
    whole = {name for one in drawn if one in targets.drawn for name in one.names}
    before = dict(zip(targets.ranges.names, (*targets.parameters, *targets.nuisances), strict=True))
    opened_in_box = [before[one.name] if one.name in whole else one for one in opened_in_box]
    return replace(
        targets,
        drawn=drawn,
        name=f"{targets.name}-round_{number}",
        parameters=tuple(opened_in_box[:n]),
        nuisances=tuple(opened_in_box[n:]),
        seed=targets.seed + number,
    )


def _are_settled(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    widths = [table["q975"] - table["q025"] for table in (before, after)]
    changes = [(widths[1] / widths[0] - 1.0).abs(), (after["median"] - before["median"]).abs() / widths[0]]
    return bool(all((change <= _SAME).all() for change in changes))


def write_calibration(found: Calibration) -> list[Path]:
    """Write the findings and return their paths; draws only if they can be trusted or were accepted all the same."""
    inference = found.inference
    tables = {
        "marginals": inference.marginals,
        "pairs": inference.pairs,
        "told_by": inference.told_by,
        "reach": inference.reach,
        "check": inference.check.table,
        "ranks": inference.check.histograms,
        "dropped": pd.DataFrame(
            [(name, *shares) for name, shares in inference.table.dropped_by_thirds()],
            columns=["name", "lowest_third", "middle_third", "highest_third"],
        ),
        "predictions": found.predictions,
    }
    n = len(found.targets.parameters)
    if found.is_trusted:
        draws = pd.DataFrame(found.draws, columns=list(inference.prior.names))
        tables[DRAWS] = draws.iloc[:, :n]
        if n < len(draws.columns):
            tables["nuisances"] = draws.iloc[:, n:]
    else:
        for name in (f"{DRAWS}.csv", "nuisances.csv", EXPERIMENT_FILE):
            (found.findings / name).unlink(missing_ok=True)
    paths = write_findings(found.findings, tables, summary_of(found))
    if found.is_trusted:
        paths += write_files(found.findings, {EXPERIMENT_FILE: experiment_text(found.targets, _write_scenario(found))})
    return paths


def summary_of(found: Calibration) -> dict[str, Any]:
    """Return what a calibration came to, as JSON can hold it."""
    table = found.inference.table
    return {
        "targets": found.targets.name,
        "scenario": found.targets.base.name,
        "points": len(table.points),
        "dropped": int((~table.is_whole).sum()),
        "rounds": found.rounds,
        "seed": found.targets.seed,
        "calibrating": [target.name for target in table.targets],
        "validating": [target.name for target in found.targets.validating],
        "unreached": list(found.inference.unreached),
        "is_clean": found.inference.check.is_clean,
        "is_accepted": found.is_accepted,
        "is_usual": found.inference.is_usual,
        "contraction": dict(zip(found.inference.prior.names, map(float, found.inference.contraction), strict=True)),
        "predicted": N_PREDICTED if len(found.predictions) else 0,
        "invented": found.targets.is_invented,
        "file": SUMMARY,
    }


def experiment_text(targets: Targets, scenario: str | None = None, file: str = f"{DRAWS}.csv") -> str:
    """Return the experiment that sweeps over the draws."""
    base = targets.base
    return (
        "# What follows from all that the targets leave open: a run at each draw of the posterior.\n"
        f'schema = 1\nscenario = "{scenario or base.name}"\nreplications = 1\nseed = {targets.seed}\n'
        "common_random_numbers = false\n\n"
        f'[title]\nen = "Draws: {targets.title.en}"\nzh = "后验抽样：{targets.title.zh}"\n\n'
        f"[size]\nofficials = {base.officials}\njurisdictions = {base.n_jurisdictions}\nmonths = {base.months}\n\n"
        f'[design]\nkind = "list"\nfile = "{file}"\n'
    )
