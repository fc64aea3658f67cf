"""Shards put together: the final tables, from one folder or from the folders of several machines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import ExperimentError, told, where
from analysis.execution.resume import Say, begin, check_place
from analysis.store.experiment import Experiment, open_experiment
from analysis.store.locks import writing
from analysis.store.part_files import SERIES, TABLE, DamagedError, Part, read_part, remove_leftovers, write_part
from analysis.store.tables import FINISHED, write_final_tables


def merge_folders(folder: Path, others: Sequence[Path], say: Say) -> Experiment:
    """Return the experiment in a folder with the finished blocks of other folders, finished if all are there.

    If the folder is new, the first of the others says which experiment it is.

    Raises
    ------
    ExperimentError
        If a folder holds another experiment, or somebody is writing in the one that is written to.
    """
    sources = [open_experiment(other) for other in others]
    model = sources[0] if sources else open_experiment(folder)
    for source in sources:
        if source.lock != model.lock:
            raise ExperimentError(
                f"{source.folder}: holds another experiment than {model.folder}, or was made with other code; "
                "only shards of one experiment can be merged"
            )
    check_place(folder)
    with writing(folder, None, lambda: begin(folder, model.specification, model.points, say)) as own:
        remove_leftovers(own)
        try:
            for source in sources:
                _take_over(open_experiment(folder), source, own, say)
            finish(folder)
        except OSError as error:
            advice = "what is there is intact; make room and merge again"
            raise ExperimentError(f"{where(error, folder)}: writing stopped ({told(error)}); {advice}") from None
        except DamagedError as error:
            raise ExperimentError(f"{error}; sweep again: its runs are done again") from None
    return open_experiment(folder)


def finish(folder: Path) -> bool:
    """Write the final tables if all blocks are there and they are not written yet; tell whether all blocks are there.

    Raises DamagedError if a part has been damaged meanwhile, OSError if the disk does not take the tables.
    """
    experiment = open_experiment(folder)
    if experiment.has_final_tables:
        return True
    parts, _ = experiment.intact_parts()
    if len(parts) < len(experiment.blocks):
        return False
    reference = len(experiment.points) * experiment.specification.replications
    write_final_tables(folder, experiment.specification, parts.values(), reference, experiment.lock)
    return True


def _take_over(experiment: Experiment, source: Experiment, own: Path, say: Say) -> None:
    """Copy the finished blocks of a source that an experiment does not have, or has with failed runs, into a folder."""
    mine, _ = experiment.intact_parts()
    theirs, damages = source.intact_parts()
    for damage in damages.values():
        say(f"{damage.path} {damage.reason}; it is left out")
    attempts = experiment.attempts()
    for number, part in theirs.items():
        if number not in mine or _unwell(part) < _unwell(mine[number]):
            (experiment.folder / FINISHED).unlink(missing_ok=True)
            kinds = [TABLE, SERIES] if source.specification.monthly_series else [TABLE]
            tables = {kind: read_part(part, kind) for kind in kinds}
            write_part(own, tables, part.entry._replace(attempt=attempts.get(number, -1) + 1, files={}))


def _unwell(part: Part) -> int:
    return part.entry.failed + part.entry.timed_out
