"""What is said before a panel is written: what it will take."""

from __future__ import annotations

from pathlib import Path

from analysis.command_line.terminal import note
from analysis.command_line.words.experiments import duration, room_on_disk, size
from analysis.design.comparison import Plan
from analysis.errors import ExperimentError
from analysis.execution.panel_estimate import panel_estimate
from analysis.number_format import whole
from model.catalogue import Catalogue


def tell_panel(plan: Plan, draft: Path, words: Catalogue) -> None:
    """Say what the panel of a plan will take; ExperimentError if there is not so much room on the disk."""
    estimate, free = panel_estimate(plan, draft), room_on_disk(draft)
    texts = {"size": size(estimate.bytes), "free": "?" if free is None else size(free)}
    if free is not None and estimate.bytes > free:
        raise ExperimentError(words.text("command_line.panel_too_large").format(folder=draft.parent, **texts))
    time = duration(estimate.seconds, words)
    planned = words.text("command_line.panel_planned")
    note(planned.format(rows=whole(estimate.rows), time=time, n=estimate.threads, **texts))
