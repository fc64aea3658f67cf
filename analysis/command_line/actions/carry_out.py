"""What simulate, compare and the main job have in common: simulate, store, tell, draw; and keep what is finished.

The runs are stored as soon as they are done. What comes after that, words and charts, can fail but takes nothing back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.command_line.failures import InterruptedTaskError, Stops, polite_stops
from analysis.command_line.task import Task, Tell, tell_if_compiling, tell_if_invented
from analysis.command_line.terminal import note, progress
from analysis.command_line.words.panel import tell_panel
from analysis.errors import ExperimentError, told
from analysis.execution.comparison import Execution, execute
from analysis.execution.keeping import Kept, add_to_result, keep
from analysis.officials.panel import Panel
from analysis.store.atomic_folder import drop, new_draft
from analysis.store.results import Origin
from model.simulate import Result

_PANEL = "panel.parquet"
_MAP = "severity_exemption.parquet"
_CHARTS = "charts"


def carry_out(task: Task, tell: Tell) -> None:
    """Simulate, put the result in its place, tell what came out, and draw charts.

    Until the runs are done the result that was there stays. What stops them on the way leaves what is finished in
    another folder.

    Raises
    ------
    InterruptedTaskError
        When somebody asked the program to end, once what is finished is kept.
    ExperimentError
        If the result cannot be stored, or only in part.
    OSError
        If the output could not be written; the result is stored.
    """
    started = time.monotonic()
    with polite_stops() as stops:
        draft = new_draft(task.folder)
        try:
            tell_if_invented(task.plan.scenarios, task.words)
            tell_if_compiling(task.words)
            execution = _execution(task, draft, stops)
            kept = _kept(task, execution, draft, started)
        finally:
            drop(draft)
        if execution.stopped_by is not None:
            raise _stop(task, execution, kept, execution.stopped_by)
        assert kept is not None, "a plan without a run"
        output_error = _output_error(task, execution.results, tell)
        charts = [] if stops.pressed else _charts(task, execution.results, kept, stops)
        _end(task, execution, Kept(kept.folder, sorted({*kept.files, *charts})), bool(stops.pressed))
    if output_error is not None:
        raise output_error


def _end(task: Task, execution: Execution, kept: Kept, is_stopped: bool) -> None:
    """Say where the result lies; InterruptedTaskError if somebody has asked the program to end meanwhile."""
    if is_stopped and task.choices.charts and _CHARTS not in kept.files:
        n = execution.n_runs
        text = task.words.text("command_line.kept_all").format(n=n, folder=kept.folder)
        raise InterruptedTaskError(f"{task.words.text('command_line.interrupted')}; {text}")
    stored = task.words.text("command_line.stored").format(folder=kept.folder, files=", ".join(kept.files))
    if is_stopped:
        raise InterruptedTaskError(stored)
    note(stored)


def _kept(task: Task, execution: Execution, draft: Path, started: float) -> Kept | None:
    """Store the runs that are finished, if any are; in another place than asked for, if not all are."""
    if not execution.results:
        return None
    is_complete = execution.stopped_by is None
    origin = Origin(task.name, task.plan.engine, time.monotonic() - started, is_complete, task.made_from)
    kept = keep(execution.results, draft, task.folder, origin)
    if kept.why:
        note(task.words.text("command_line.kept_elsewhere").format(reason=kept.why, folder=kept.folder))
    return kept


def _output_error(task: Task, results: Sequence[Result], tell: Tell) -> Exception | None:
    """Tell what came out; return what was wrong with that, which is no reason to stop."""
    try:
        tell(task, results)
    except Exception as error:
        return error
    return None


def _execution(task: Task, draft: Path, stops: Stops) -> Execution:
    """Return what was simulated; the panel, if it was chosen, lies in the draft."""
    plan = task.plan
    if task.choices.panel:
        tell_panel(plan, draft, task.words)
    with progress(task.words.text("command_line.simulating"), plan.replications * len(plan.scenarios)) as advance:
        if not task.choices.panel:
            return execute(plan, advance, around=stops.at_once)
        path = draft / _PANEL
        try:
            opened = Panel(path, plan.scenarios)
        except OSError as error:  # there is no room for its first bytes
            return Execution((), error)
        with opened as panel:
            execution = execute(plan, advance, panel.add, around=stops.at_once)
            try:
                if isinstance(execution.stopped_by, Exception):
                    raise execution.stopped_by
                panel.close()
            except Exception as error:
                panel.give_up()
                path.unlink(missing_ok=True)  # makes room for the tables of the runs that are finished
                return Execution(execution.results, error)
        return execution


def _charts(task: Task, results: Sequence[Result], kept: Kept, stops: Stops) -> list[str]:
    """Draw the charts into the result, and return what has been added to it: nothing, with a note, if that failed."""
    if not task.choices.charts:
        return []
    try:
        return _drawn(task, results, kept, stops.at_once)
    except KeyboardInterrupt:
        stops.pressed.append(0)
    except Exception as error:  # whatever it is, the runs are stored
        note(task.words.text("command_line.no_charts").format(reason=_reason(error)))
    return []


def _drawn(task: Task, results: Sequence[Result], kept: Kept, around: Callable[[], object]) -> list[str]:
    # Here and not above: matplotlib takes half a second to load, and most commands draw nothing.
    from analysis.command_line.actions.drawing import draw

    draft = new_draft(kept.folder)
    try:
        (draft / _CHARTS).mkdir()
        with around():  # type: ignore[attr-defined]
            draw(task, results, draft)
        return add_to_result(draft, kept)
    finally:
        drop(draft)


def _reason(error: Exception) -> str:
    return told(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}".partition("\n")[0]


def _stop(task: Task, execution: Execution, kept: Kept | None, stopped_by: BaseException) -> BaseException:
    """Return the exception that says what stopped the task and what is kept."""
    words, n_all = task.words, task.plan.replications * len(task.plan.scenarios)
    if kept is None:
        said = words.text("command_line.kept_none")
    elif execution.n_runs < n_all:
        said = words.text("command_line.kept_some").format(n=execution.n_runs, of=n_all, folder=kept.folder)
    else:
        said = words.text("command_line.kept_all").format(n=n_all, folder=kept.folder)
    if isinstance(stopped_by, KeyboardInterrupt):
        return InterruptedTaskError(f"{words.text('command_line.interrupted')}; {said}")
    if isinstance(stopped_by, OSError):
        return ExperimentError(f"{task.folder}: writing stopped ({told(stopped_by)}); {said}")
    note(said)
    return stopped_by
