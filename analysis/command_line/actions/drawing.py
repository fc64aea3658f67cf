"""The charts of a task. Drawing is the work of analysis/report, from the tables that are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis.command_line.task import Task
from analysis.command_line.terminal import progress
from analysis.report.charts.all_charts import (
    CHARTS_OVER_TIME,
    Provenance,
    paired_effects,
    save_chart,
    severity_exemption_map,
)
from analysis.report.section_words import named_with_origin
from analysis.sensitivity.severity_exemption import (
    EXEMPTION,
    REPLICATIONS,
    SEVERITY,
    STEPS,
    grid_of,
    severity_exemption_runs,
    severity_exemption_values,
)
from analysis.shell import quoted
from analysis.statistics.paired_effects import paired_effects as effects_of
from analysis.statistics.paired_effects import runs_of
from analysis.store.provenance import scenario_hash
from analysis.store.results import write_table
from analysis.words import band_of
from model.code_hash import model_hash
from model.measures import headline_measures
from model.simulate import Result

_MAPPED = ("innovation_rate", "lazy_prevalence")
_HASH_SHOWN = 12


def draw(task: Task, results: Sequence[Result], draft: Path) -> None:
    """Draw what officials do over time; what policies change, if there are several; for the main job the map, too.

    For the map of severity and exemption the first scenario is simulated at every point of a grid.
    """
    figures = _charts_over_time(task, results)
    if len(results) > 1:
        figures["paired_effects"] = _chart_of_effects(task, results)
    if task.name == "main":
        figures["severity_exemption"] = _map(task, draft)
    _save(figures, task, draft / "charts")


def _map(task: Task, draft: Path) -> Figure:
    """Return the map of severity and exemption, whose runs are stored in the draft."""
    replications = min(REPLICATIONS, task.plan.replications)
    baseline = task.plan.scenarios[0]
    plan = replace(task.plan, scenarios=(baseline,), replications=replications, by_jurisdiction=False)
    with progress(task.words.text("command_line.mapping"), STEPS * STEPS * replications) as advance:
        runs = severity_exemption_runs(plan, advance)
    write_table(runs, draft / "severity_exemption.parquet")
    values = {measure: severity_exemption_values(runs, measure) for measure in _MAPPED}
    return severity_exemption_map(grid_of(SEVERITY), grid_of(EXEMPTION), values, baseline, replications, task.words)


def _charts_over_time(task: Task, results: Sequence[Result]) -> dict[str, Figure]:
    """Return the charts over time, all scenarios in each, by the names of their files."""
    months = pd.concat([_without_jurisdictions(result).months for result in results], ignore_index=True)
    scenarios = [result.scenario for result in results]
    return {name: chart(months, scenarios, task.words) for name, chart in CHARTS_OVER_TIME.items()}


def _without_jurisdictions(result: Result) -> Result:
    """Return a result with the measures over all jurisdictions only."""
    return replace(result, series=tuple(replace(run, by_jurisdiction=run.by_jurisdiction[:0]) for run in result.series))


def _chart_of_effects(task: Task, results: Sequence[Result]) -> Figure:
    scenarios = [result.scenario for result in results]
    effects = effects_of(runs_of(results), scenarios[0].name)
    headline = effects[effects["measure"].isin(headline_measures())]
    return paired_effects(headline, scenarios, task.words)


def _save(figures: Mapping[str, Figure], task: Task, folder: Path) -> None:
    plan = task.plan
    scenarios = tuple(
        f"{named_with_origin(scenario)} ({scenario_hash(scenario)[:_HASH_SHOWN]})" for scenario in plan.scenarios
    )
    band = band_of(any(scenario.is_invented for scenario in plan.scenarios), task.words)
    provenance = Provenance(scenarios, plan.seed, plan.replications, model_hash(), _command(task), band)
    with progress(task.words.text("command_line.drawing"), len(figures)) as advance:
        for name, figure in figures.items():
            save_chart(figure, folder, name, provenance)
            advance(1.0)


def _command(task: Task) -> str:
    """Return the command that gives these numbers again, but for seed and replications, which are told beside it."""
    choices = task.choices
    sizes = (("--officials", choices.officials), ("--months", choices.months))
    words: list[object] = [] if task.name == "main" else [task.name, *(one.name for one in task.plan.scenarios)]
    words += [word for option, number in sizes if number is not None for word in (option, number)]
    words += [word for text in choices.settings or () for word in ("--set", text)]
    return " ".join(["run.py", quoted(*words)]).rstrip()
