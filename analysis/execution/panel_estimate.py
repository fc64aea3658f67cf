"""What a panel will take, from a pilot: the first months of one smaller run, written and thrown away."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis.design.comparison import Plan
from analysis.execution.comparison import execute
from analysis.officials.panel import Panel
from model.processors import allowed_processors
from model.scenario import Scenario, ScenarioError, with_settings

# Enough rows for their columns to be pressed as in the whole panel, and few enough to take a moment.
_OFFICIALS_OF_THE_PILOT = 20_000
_MONTHS_OF_THE_PILOT = 6


class PanelEstimate(NamedTuple):
    """The rows that a panel will have, the bytes of its file, and the seconds that runs and panel take on so many."""

    rows: int
    bytes: int
    seconds: float
    threads: int


def panel_estimate(plan: Plan, draft: Path) -> PanelEstimate:
    """Return what the panel of a plan will take; OSError if nothing can be written into the draft."""
    threads = plan.workers or allowed_processors()
    pilot = _smaller(plan.scenarios[0])
    path = draft / "pilot.parquet"
    rows = plan.replications * sum(scenario.officials * scenario.months for scenario in plan.scenarios)
    small = Plan((pilot,), 1, plan.seed, workers=threads)
    execute(small, on_month=lambda *_: None)  # loads or compiles what is not loaded yet
    try:
        with Panel(path, small.scenarios) as panel:
            began = time.monotonic()
            execute(small, on_month=panel.add)
            panel.close()
            seconds = time.monotonic() - began
        size = path.stat().st_size
    finally:
        path.unlink(missing_ok=True)
    share = rows / (pilot.officials * pilot.months)
    return PanelEstimate(rows, round(size * share), seconds * share, threads)


def _smaller(scenario: Scenario) -> Scenario:
    """Return a scenario with fewer officials and months, as far as it allows that."""
    smaller = scenario
    officials = min(scenario.officials, max(_OFFICIALS_OF_THE_PILOT, 2 * scenario.n_jurisdictions))
    for sizes in ((officials, None), (None, min(scenario.months, _MONTHS_OF_THE_PILOT))):
        try:
            smaller = with_settings(smaller, {}, *sizes)
        except ScenarioError:  # a change that begins later, listed jurisdictions
            continue
    return replace(smaller, name=scenario.name)
