"""What simulate, compare and the main job have in common: simulate, store, tell, draw; and keep what is finished."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from analysis.command_line.failures import InterruptedTaskError, undisturbed
from analysis.command_line.task import (
    Task,
    Tell,
    tell_if_compiling,
)
from analysis.command_line.terminal import note, progress
from analysis.errors import ExperimentError, told
from analysis.execution.comparison import Execution, Stop, execute, store_draft
from analysis.officials.panel import Panel
from analysis.store.atomic_folder import drop, new_draft
from analysis.store.results import Origin
from model.simulate import Result

_PANEL = "panel.parquet"
_MAP = "severity_exemption.parquet"


def carry_out(task: Task, tell: Tell) -> None:
    """Simulate, tell what came out, draw charts, and put the result in its place.

    Until then the result that was there stays. What stops it on the way leaves what is finished in another folder.

    Raises
    ------
    InterruptedTaskError
        After Ctrl-C, once what is finished is kept.
    ExperimentError
        If the result cannot be stored, or only in part.
    OSError
        If the output could not be written; the result is stored.
    """
    started = time.monotonic()
    draft = new_draft(task.folder)
    try:
        tell_if_compiling(task.words)
        execution = _execution(task, draft)
        stopped_by, output_error = execution.stopped_by, None
        if stopped_by is None:
            stopped_by, output_error = _telling_stopped_by(task, execution.results, tell)
        if stopped_by is None:
            stopped_by = _charts_stopped_by(task, execution.results, draft)
        folder = task.folder if stopped_by is None else _beside(task.folder)
        if execution.results:
            origin = Origin(task.name, task.plan.engine, time.monotonic() - started, stopped_by is None)
            with undisturbed() as pressed:
                files = store_draft(execution.results, draft, folder, origin)
    finally:
        drop(draft)
    if stopped_by is not None:
        raise _stop(task, execution, folder, stopped_by)
    if output_error is not None:
        raise output_error
    stored = task.words.text("command_line.stored").format(folder=folder, files=", ".join(files))
    if pressed:
        raise InterruptedTaskError(stored)
    note(stored)


def _telling_stopped_by(
    task: Task, results: Sequence[Result], tell: Tell
) -> tuple[KeyboardInterrupt | None, OSError | None]:
    """Tell what came out; return Ctrl-C, or what was wrong with the output, which is no reason to stop."""
    try:
        tell(task, results)
    except KeyboardInterrupt as interrupt:
        return interrupt, None
    except OSError as error:
        return None, error
    return None, None


def _execution(task: Task, draft: Path) -> Execution:
    """Return what was simulated; the panel, if it was chosen, lies in the draft."""
    plan = task.plan
    with progress(task.words.text("command_line.simulating"), plan.replications * len(plan.scenarios)) as advance:
        if not task.choices.panel:
            return execute(plan, advance)
        path = draft / _PANEL
        with Panel(path, plan.scenarios) as panel:
            execution = execute(plan, advance, panel.add)
            try:
                if isinstance(execution.stopped_by, OSError):
                    raise execution.stopped_by
                panel.close()
            except OSError as error:
                panel.give_up()
                path.unlink()  # makes room for the tables of the runs that are finished
                return Execution(execution.results, error)
        return execution


def _charts_stopped_by(task: Task, results: Sequence[Result], draft: Path) -> Stop | None:
    """Draw the charts into the draft; return what stopped that, if anything did. Then there are none."""
    if not task.choices.charts:
        return None
    charts = draft / "charts"
    try:
        # Here and not above: matplotlib takes half a second to load, and most commands draw nothing.
        from analysis.command_line.actions.drawing import draw

        charts.mkdir()
        draw(task, results, draft)
    except (KeyboardInterrupt, OSError) as error:
        drop(charts)
        (draft / _MAP).unlink(missing_ok=True)
        return error
    return None


def _beside(folder: Path) -> Path:
    """Return where what is finished is kept, so that a whole result stays where it is."""
    target = folder if folder.name else folder.resolve()
    return target.with_name(f"{target.name}-interrupted")


def _stop(task: Task, execution: Execution, folder: Path, stopped_by: Stop) -> Exception:
    """Return the exception that says what stopped the task and what is kept."""
    words, n_all = task.words, task.plan.replications * len(task.plan.scenarios)
    if not execution.results:
        kept = words.text("command_line.kept_none")
    elif execution.n_runs < n_all:
        kept = words.text("command_line.kept_some").format(n=execution.n_runs, of=n_all, folder=folder)
    else:
        kept = words.text("command_line.kept_all").format(n=n_all, folder=folder)
    if isinstance(stopped_by, KeyboardInterrupt):
        return InterruptedTaskError(f"{words.text('command_line.interrupted')}; {kept}")
    return ExperimentError(f"{task.folder}: writing stopped ({told(stopped_by)}); {kept}")
