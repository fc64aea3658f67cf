"""Plans carried out: the runs that got finished, also if somebody or something stopped them on the way; and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.design.comparison import Plan
from analysis.errors import ExperimentError, told
from analysis.progress import Advance, no_progress
from analysis.statistics.paired_effects import paired_effects, runs_of
from analysis.store.atomic_folder import drop, names_in, new_draft, publish
from analysis.store.results import Origin, write_manifest, write_months, write_table
from model.arrays import AdministrationArrays
from model.measures import N_MEASURES
from model.policy import setting_of
from model.processors import allowed_processors
from model.simulate import Job, Result, Series, months_of_run, series_of

OnMonth = Callable[[Job, int, AdministrationArrays], None]

# From this size on a run takes so long that progress is told by the month.
_OFFICIALS_OF_A_LONG_RUN = 200_000


@dataclass(frozen=True)
class Execution:
    """The results of a plan, one for each scenario of which a run is finished, and what stopped it, if anything did."""

    results: tuple[Result, ...]
    stopped_by: BaseException | None = None

    @property
    def n_runs(self) -> int:
        """Return how many runs are finished, over all scenarios."""
        return sum(len(result.series) for result in self.results)


def execute(
    plan: Plan,
    advance: Advance = no_progress,
    on_month: OnMonth | None = None,
    around: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Execution:
    """Return the results of a plan.

    Ctrl-C, a disk that refuses what `on_month` writes, or whatever else goes wrong stops it; the runs finished by then
    are returned.

    Parameters
    ----------
    advance : called with the share of a run that has been done since the last call.
    on_month : called at the end of every month of every run, in order. The runs then go one after the other.
    around : gives a context in which the runs are done: as long as it lasts, and no longer, they may be interrupted.
    """
    finished: list[Series] = []
    stopped_by: BaseException | None = None
    try:
        with around():
            for series in _series(plan, advance, on_month):
                finished.append(series)
    except (KeyboardInterrupt, Exception) as error:
        stopped_by = error
    of_scenario = {scenario: [s for s in finished if s.job.scenario is scenario] for scenario in plan.scenarios}
    results = tuple(
        Result(scenario, plan.seed, tuple(sorted(series, key=lambda s: s.job.run)))
        for scenario, series in of_scenario.items()
        if series
    )
    # Without a run of the reference, the first scenario, there is nothing that could be compared.
    return Execution(results if of_scenario[plan.scenarios[0]] else (), stopped_by)


def jobs_of_plan(plan: Plan) -> Iterator[Job]:
    """Yield the runs of a plan, run by run, so that policies are always compared over nearly as many runs."""
    settings = [(scenario, setting_of(scenario)) for scenario in plan.scenarios]
    for run in range(plan.replications):
        for scenario, setting in settings:
            yield Job(scenario, setting, plan.seed, run)


def watched_run(
    job: Job, workers: int, by_jurisdiction: bool, on_month: Callable[[int, AdministrationArrays], None]
) -> Series:
    """Return what a run gave, after `on_month` has seen every month of it."""
    n_months, n = job.setting.months, len(job.setting.layout.sizes)
    measures = np.zeros((n_months, N_MEASURES))
    of_jurisdictions = np.zeros((n_months if by_jurisdiction else 0, n, N_MEASURES))
    for month, (administration, row) in enumerate(months_of_run(job, workers)):
        measures[month] = row
        if by_jurisdiction:
            of_jurisdictions[month] = administration.measures
        on_month(month, administration)
    return Series(job, measures, of_jurisdictions)


def _series(plan: Plan, advance: Advance, on_month: OnMonth | None) -> Iterator[Series]:
    jobs = jobs_of_plan(plan)
    is_long = any(scenario.officials >= _OFFICIALS_OF_A_LONG_RUN for scenario in plan.scenarios)
    if plan.engine == "ensemble" and (on_month or is_long):
        for job in jobs:
            yield _told_by_the_month(job, plan, advance, on_month)
        return
    for series in series_of(jobs, plan.engine, plan.workers, plan.by_jurisdiction):
        yield series
        advance(1.0)


def _told_by_the_month(job: Job, plan: Plan, advance: Advance, on_month: OnMonth | None) -> Series:
    def watch(month: int, administration: AdministrationArrays) -> None:
        if on_month:
            on_month(job, month, administration)
        advance(1.0 / job.setting.months)

    return watched_run(job, plan.workers or allowed_processors(), plan.by_jurisdiction, watch)


def write_result(
    result: Result | Sequence[Result],
    folder: str | Path,
    origin: Origin | None = None,
) -> Path:
    """Return the folder in which a result, or those of several scenarios, now lie.

    A result that is there already is replaced, in one go.

    Raises
    ------
    ExperimentError
        If the folder cannot be written, or if it holds anything but a result.
    """
    results = (result,) if isinstance(result, Result) else tuple(result)
    draft = new_draft(Path(folder))
    try:
        store_draft(results, draft, Path(folder), origin or Origin("simulate"))
    finally:
        drop(draft)
    return Path(folder)


def store_draft(results: Sequence[Result], draft: Path, folder: Path, origin: Origin) -> list[str]:
    """Complete a draft, put it in its place, and return the names of what is in it; ExperimentError if that fails."""
    names = complete_draft(results, draft, folder, origin)
    publish(draft, folder)
    return names


def complete_draft(results: Sequence[Result], draft: Path, folder: Path, origin: Origin) -> list[str]:
    """Complete a draft with the tables and the manifest, and return the names of what is in it.

    What is in the draft already, such as a panel, becomes part of the result.

    Raises
    ------
    ExperimentError
        If it cannot be written.
    """
    try:
        write_tables(results, draft)
        write_manifest(results, draft, origin)
        return names_in(draft)
    except OSError as error:
        advice = "make room or give another place with --out"
        intact = "what was there before is intact"
        raise ExperimentError(f"{folder}: writing stopped ({told(error)}); {intact}; {advice}") from None


def write_tables(results: Sequence[Result], draft: Path) -> None:
    """Write the tables of the results of scenarios, the reference first, into a folder; OSError if that fails."""
    write_months(results, draft / "months.parquet")
    runs = runs_of(results)
    write_table(runs, draft / "runs.parquet")
    if len(results) > 1:
        write_table(paired_effects(runs, results[0].scenario.name), draft / "effects.parquet")
