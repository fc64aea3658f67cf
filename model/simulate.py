"""The one verb: simulate a scenario, many runs of it, with either engine."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from model.arrays import AdministrationArrays, Moment, new_administration, new_key
from model.catalogue import labels
from model.engines.ensemble import jurisdictions_month, month_is_summed_up, people_arrive, policy_takes_force, whole_run
from model.measures import MEASURES, N_MEASURES, headline_measures
from model.notebook import BandedLine, line_chart, table
from model.policy import Setting, setting_of
from model.processors import allowed_processors
from model.scenario import Scenario, find_scenario
from model.vocabulary import DEFAULT_REPLICATIONS, DEFAULT_SEED, Engine

if TYPE_CHECKING:
    import pandas as pd

WINDOW_MONTHS = 60
_CHARTED = ("innovation_rate", "routine_rate", "inaction_rate")
LARGEST_SEED = 2**32 - 1
MOST_WORKERS = 1024
# From this size on the threads share one run instead of taking one each.
_OFFICIALS_OF_A_LARGE_RUN = 200_000
# As much as takes a thread some milliseconds: to hand over every small run by itself takes longer than a third of it.
_OFFICIAL_MONTHS_OF_A_TASK = 100_000


@dataclass(frozen=True)
class Job:
    """One run of one scenario: all that decides its numbers, beside the code."""

    scenario: Scenario
    setting: Setting
    seed: int
    run: int


@dataclass(frozen=True, repr=False)
class Series:
    """What one run gave: `measures` (months, N_MEASURES) over all; `by_jurisdiction` (months or 0, J, N_MEASURES)."""

    job: Job
    measures: NDArray[np.float64]
    by_jurisdiction: NDArray[np.float64]

    def __repr__(self) -> str:
        job = self.job
        return f"<Series: run {job.run} of {job.scenario.name}, seed {job.seed}, {len(self.measures)} months>"


@dataclass(frozen=True, repr=False)
class Result:
    """The runs of a scenario that are finished, in the order of their numbers."""

    scenario: Scenario
    seed: int
    series: tuple[Series, ...]

    def __repr__(self) -> str:
        scenario = self.scenario
        size = (
            f"{scenario.officials:,} officials in {scenario.n_jurisdictions:,} jurisdictions, {scenario.months} months"
        )
        return f"<Result: {scenario.name}, {len(self.series)} runs of {size}, seed {self.seed}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: which runs these are, headline measures over the last five years, a chart."""
        means = window_means(self.values)
        rows = [
            (name, _both_labels(name), *(f"{number:.4g}" for number in _spread(means[:, MEASURES.index(name)])))
            for name in headline_measures()
        ]
        head = ("measure", "", "mean", "least", "greatest")
        lines = [_line_of(name, self.values[..., MEASURES.index(name)]) for name in _CHARTED]
        title = f"{self.scenario.title.en} / {self.scenario.title.zh}"
        shown = line_chart(title, "month / 月份: mean of the runs, 5% to 95% of them / 均值与 5% 至 95%", lines)
        return f"<p>{html.escape(repr(self))}</p>{table(head, rows)}{shown}"

    @property
    def run_numbers(self) -> tuple[int, ...]:
        """Return the numbers of the runs."""
        return tuple(series.job.run for series in self.series)

    @property
    def values(self) -> NDArray[np.float64]:
        """Return the measures over all jurisdictions, shape (runs, months, N_MEASURES)."""
        return np.stack([series.measures for series in self.series])

    @property
    def months(self) -> pd.DataFrame:
        """Return a row for every run, month and jurisdiction ("all" first): these four keys, then the measures."""
        import pandas as pd  # noqa: PLC0415 - takes a while to load, and only these tables need it

        return pd.concat([_months_of(series) for series in self.series], ignore_index=True)

    @property
    def runs(self) -> pd.DataFrame:
        """Return a row for every run: scenario, seed, run, and each measure's mean over the last five years."""
        import pandas as pd  # noqa: PLC0415

        means = window_means(self.values)
        keys = {"scenario": self.scenario.name, "seed": self.seed, "run": self.run_numbers}
        return pd.concat([pd.DataFrame(keys), pd.DataFrame(means, columns=list(MEASURES))], axis=1)


def _line_of(name: str, values: NDArray[np.float64]) -> BandedLine:
    """Return a measure over time: the mean over runs, shape (runs, months) to (months,), and the middle nine tenths."""
    is_there = ~np.isnan(values)
    n = is_there.sum(axis=0)
    middle = np.divide(np.where(is_there, values, 0.0).sum(axis=0), n, out=np.full(n.shape, np.nan), where=n > 0)
    low, high = np.quantile(np.where(is_there, values, middle), (0.05, 0.95), axis=0)
    return BandedLine(_both_labels(name), middle, low, high)


def _both_labels(name: str) -> str:
    return f"{labels('en').text(f'measures.{name}.label')} / {labels('zh').text(f'measures.{name}.label')}"


def _spread(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return mean, least and most of the values that are not missing; NaN if all are."""
    there = values[~np.isnan(values)]
    return (float(there.mean()), float(there.min()), float(there.max())) if there.size else (math.nan,) * 3


def window_means(values: NDArray[np.float64], window_months: int = WINDOW_MONTHS) -> NDArray[np.float64]:
    """Return the means over the last months of a run, of those that are not missing: (..., months, M) to (..., M)."""
    last = values[..., -window_months:, :]
    is_there = ~np.isnan(last)
    n = is_there.sum(axis=-2)
    total = np.where(is_there, last, 0.0).sum(axis=-2)
    means: NDArray[np.float64] = np.divide(total, n, out=np.full(total.shape, np.nan), where=n > 0)
    return means


def jurisdiction_names(scenario: Scenario) -> list[str]:
    """Return the names of the jurisdictions as they stand in tables: their own in English, or their numbers from 1."""
    if scenario.jurisdictions:
        return [jurisdiction.name.en for jurisdiction in scenario.jurisdictions]
    return [str(number + 1) for number in range(scenario.n_jurisdictions)]


def _months_of(series: Series) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    scenario = series.job.scenario
    n_months = len(series.measures)
    names = ["all", *jurisdiction_names(scenario)] if len(series.by_jurisdiction) else ["all"]
    rows = series.measures[:, None, :]
    if len(series.by_jurisdiction):
        rows = np.concatenate([rows, series.by_jurisdiction], axis=1)
    keys = pd.DataFrame(
        {
            "scenario": scenario.name,
            "run": series.job.run,
            "month": np.repeat(np.arange(n_months), len(names)),
            "jurisdiction": pd.Categorical(names * n_months, categories=names),
        }
    )
    return pd.concat([keys, pd.DataFrame(rows.reshape(-1, N_MEASURES), columns=list(MEASURES))], axis=1)


def months_of_run(job: Job, workers: int) -> Iterator[tuple[AdministrationArrays, NDArray[np.float64]]]:
    """Yield, month by month, the administration and its measures, shape (N_MEASURES,).

    The threads share the jurisdictions among them. What is yielded is changed by the next month: copy what you keep.
    """
    layout, policies = job.setting.layout, job.setting.policies
    administration = new_administration(layout, job.setting.structure)
    measures = np.zeros(N_MEASURES)
    key = new_key(job.seed, job.run)
    n = len(layout.sizes)
    edges = np.linspace(0, n, min(workers, n) * 4 + 1).astype(int)
    parts = [(int(first), int(last)) for first, last in pairwise(edges) if last > first]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda part: people_arrive(administration, layout, policies, key, *part), parts))
        for month in range(job.setting.months):
            policy_takes_force(administration, layout, policies, month)
            when = Moment(key, np.uint64(month))
            list(pool.map(lambda p, w=when: jurisdictions_month(administration, layout, policies, w, *p), parts))
            month_is_summed_up(administration, measures)
            yield administration, measures


def _large_run(job: Job, workers: int, by_jurisdiction: bool) -> Series:
    n_months, n = job.setting.months, len(job.setting.layout.sizes)
    measures = np.zeros((n_months, N_MEASURES))
    of_jurisdictions = np.zeros((n_months if by_jurisdiction else 0, n, N_MEASURES))
    for month, (administration, row) in enumerate(months_of_run(job, workers)):
        measures[month] = row
        if by_jurisdiction:
            of_jurisdictions[month] = administration.measures
    return Series(job, measures, of_jurisdictions)


def _small_run(job: Job, by_jurisdiction: bool) -> Series:
    setting = job.setting
    n_months, n = setting.months, len(setting.layout.sizes)
    measures = np.zeros((n_months, N_MEASURES))
    of_jurisdictions = np.zeros((n_months if by_jurisdiction else 0, n, N_MEASURES))
    administration = new_administration(setting.layout, setting.structure)
    key = new_key(job.seed, job.run)
    whole_run(administration, setting.layout, setting.policies, key, measures, of_jurisdictions)
    return Series(job, measures, of_jurisdictions)


def _small_runs(task: list[Job], by_jurisdiction: bool) -> list[Series]:
    return [_small_run(job, by_jurisdiction) for job in task]


def _tasks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Yield the jobs in their order, as many together as one thread should do at once; a large run stands alone."""
    task: list[Job] = []
    size = 0
    for job in jobs:
        official_months = int(job.setting.layout.sizes.sum()) * job.setting.months
        if task and size + official_months > _OFFICIAL_MONTHS_OF_A_TASK:
            yield task
            task, size = [], 0
        task.append(job)
        size += official_months
    if task:
        yield task


def series_of(
    jobs: Iterable[Job], engine: Engine = "ensemble", workers: int | None = None, by_jurisdiction: bool = False
) -> Iterator[Series]:
    """Yield what each job gave, as soon as it is there, in no fixed order; the numbers depend on the job alone.

    Parameters
    ----------
    jobs : the runs; read only as fast as they are worked off.
    engine : "ensemble" (compiled, on all threads) or "mesa" (one official at a time, in this thread).
    workers : threads; as many as there are processors to use if not given.
    by_jurisdiction : whether to keep the measures of every jurisdiction.
    """
    n = workers or allowed_processors()
    if engine == "mesa":
        from model.engines.mesa_engine import mesa_run  # noqa: PLC0415 - Mesa takes half a second that most runs need not wait

        for job in jobs:
            yield Series(job, *mesa_run(job.setting, job.seed, job.run, by_jurisdiction))
        return
    remaining = _tasks(jobs)
    with ThreadPoolExecutor(n) as pool:
        under_way: set[Future[list[Series]]] = set()
        try:
            while True:
                for task in islice(remaining, 2 * n - len(under_way)):
                    if task[0].setting.layout.sizes.sum() >= _OFFICIALS_OF_A_LARGE_RUN:
                        yield _large_run(task[0], n, by_jurisdiction)
                    else:
                        under_way.add(pool.submit(_small_runs, task, by_jurisdiction))
                if not under_way:
                    return
                finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield from future.result()
        finally:
            for future in under_way:
                future.cancel()


def jobs_of(scenario: Scenario, runs: Sequence[int], seed: int = DEFAULT_SEED) -> list[Job]:
    """Return the jobs of a scenario's runs with these numbers."""
    setting = setting_of(scenario)
    return [Job(scenario, setting, seed, run) for run in runs]


def simulate(
    scenario: Scenario | str | Path,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = DEFAULT_SEED,
    *,
    engine: Engine = "ensemble",
    workers: int | None = None,
    by_jurisdiction: bool = False,
    on_finished: Callable[[Series], None] | None = None,
) -> Result:
    """Return the finished runs 0 to replications - 1 of a scenario.

    The same seed and run give every scenario the same officials and the same luck, so that two policies can be compared
    run by run.

    Parameters
    ----------
    scenario : a scenario, the name of a shipped one, or the path of the file of one.
    on_finished : called with every run when it is there, for progress.

    Raises
    ------
    ScenarioError : if there is no such scenario, or if it does not hold.
    ValueError : if the seed is not in [0, 2**32), there is no replication, or there is no such engine or no thread.
    """
    check_seed_and_replications(seed, replications)
    check_engine_and_workers(engine, workers)
    scenario = scenario if isinstance(scenario, Scenario) else find_scenario(str(scenario))
    finished = []
    for series in series_of(jobs_of(scenario, range(replications), seed), engine, workers, by_jurisdiction):
        finished.append(series)
        if on_finished:
            on_finished(series)
    return Result(scenario, seed, tuple(sorted(finished, key=lambda series: series.job.run)))


def check_seed_and_replications(seed: int, replications: int) -> None:
    """Raise ValueError, in words for the user, if the seed or the number of replications is impossible."""
    if not _is_whole(seed) or not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"seed {seed!r} is not allowed: give a whole number from 0 to {LARGEST_SEED}")
    if not _is_whole(replications) or not 1 <= replications <= LARGEST_SEED:
        raise ValueError(f"{replications!r} replications are not allowed: give a whole number from 1 to {LARGEST_SEED}")


def check_engine_and_workers(engine: str, workers: int | None) -> None:
    """Raise ValueError, in words for the user, if there is no such engine or the number of threads is impossible."""
    if engine not in get_args(Engine):
        raise ValueError(f"there is no engine {engine!r}: give {' or '.join(map(repr, get_args(Engine)))}")
    if workers is not None and (not _is_whole(workers) or not 1 <= workers <= MOST_WORKERS):
        allowed = f"give a whole number from 1 to {MOST_WORKERS}, or None for one a processor"
        raise ValueError(f"{workers!r} workers are not allowed: {allowed}")


def _is_whole(number: object) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
