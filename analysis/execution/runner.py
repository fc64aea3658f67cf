"""The runs of a block, done one after the other: what each gave, or why it gave nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.design.factors import scenario_of_point
from analysis.design.runs import Run, run_of
from analysis.design.specification import Specification
from analysis.design.stopping_rule import more_replications
from analysis.execution.tasks import BlockTask, StoppedError, clock, one_line
from analysis.store.rows import FAILED, OK, RunOutcome, no_outcome
from model.arrays import AdministrationArrays, new_administration, new_key
from model.engines.ensemble import whole_run
from model.measures import MEASURES, N_MEASURES
from model.policy import Setting, setting_of
from model.scenario import Scenario, ScenarioError
from model.simulate import Job, months_of_run, window_means

# From this size on a run is done month by month, so that it can be stopped in between.
_OFFICIAL_MONTHS_OF_A_LONG_RUN = 20_000_000
# Means are worked out for some runs together, but nobody waits long for those of a run.
_RUNS_AVERAGED_TOGETHER = 16
_LONGEST_WAIT_SECONDS = 0.05

Begin = Callable[[Run], None]


def outcomes_of(task: BlockTask, begin: Begin, earlier: Sequence[RunOutcome] = ()) -> Iterator[RunOutcome]:
    """Yield how the runs of a block ended, those at a point in their order; the runs of `earlier` are passed over.

    With `replicate_until` a point ends when the rule says so, which looks at the earlier outcomes, too.

    Parameters
    ----------
    begin : called before each run, and again after each month of a long one; what it raises goes through.
    """
    desk, n = _Desk(task, begin), task.specification.replications
    for point in range(task.block.first_id // n, math.ceil(task.block.last_id / n)):
        first, last = max(point * n, task.block.first_id), min((point + 1) * n, task.block.last_id)
        done = {outcome.run.id: outcome for outcome in earlier if outcome.run.point == point}
        planned = first
        while more := _more(task, [done[run_id] for run_id in range(first, planned)], point, last - planned):
            planned += more
            wanted = [run_id for run_id in range(planned - more, planned) if run_id not in done]
            for outcome in desk.outcomes(point, [run_of(task.specification, run_id) for run_id in wanted]):
                done[outcome.run.id] = outcome
                yield outcome


def _more(task: BlockTask, done: Sequence[RunOutcome], point: int, left: int) -> int:
    """Return how many replications of a point come next: all, or so many as the rule of the experiment wants.

    The reference gets them all, to be paired with any point.
    """
    rule = task.specification.replicate_until
    if rule is None or point == task.n_points or not left:
        return left
    if done and all(outcome.status != OK for outcome in done):
        return 0  # what failed every time would fail the next time too
    place = task.specification.measures.index(rule.measure)
    values = np.array([outcome.means[place] for outcome in done], dtype=np.float64)
    return min(left, more_replications(values, rule))


class _Desk:
    """The memory in which the runs of a block are done, used again for every run."""

    def __init__(self, task: BlockTask, begin: Begin) -> None:
        self._task, self._begin = task, begin
        self._places = [MEASURES.index(measure) for measure in task.specification.measures]
        self._values = np.empty((_RUNS_AVERAGED_TOGETHER, task.specification.base.months, N_MEASURES))
        self._administration: AdministrationArrays
        self._none: NDArray[np.float64]
        self._fits: tuple[object, ...] = ()
        self._is_long = False

    def outcomes(self, point: int, runs: Sequence[Run]) -> Iterator[RunOutcome]:
        """Yield how runs at a point ended; if they are stopped, first those that were done by then."""
        if not runs:
            return
        self._begin(runs[0])
        scenario = scenario_of(self._task, point)
        if isinstance(scenario, str):
            yield from (no_outcome(self._task.specification, run, FAILED, scenario) for run in runs)
            return
        setting, errors = setting_of(scenario), []
        self._fit(setting)
        first, since = 0, clock()
        for place, run in enumerate(runs):
            try:
                self._begin(run)
                errors.append(self._error_in(run, scenario, setting, self._values[place - first]))
            except StoppedError:
                yield from self._averaged(runs[first:place], errors)
                raise
            if len(errors) == _RUNS_AVERAGED_TOGETHER or clock() > since + _LONGEST_WAIT_SECONDS:
                yield from self._averaged(runs[first : place + 1], errors)
                first, since, errors = place + 1, clock(), []
        yield from self._averaged(runs[first:], errors)

    def _fit(self, setting: Setting) -> None:
        """Have memory for the runs of a setting: that of the runs before if it fits, since a run fills it anew."""
        self._is_long = int(setting.layout.sizes.sum()) * setting.months >= _OFFICIAL_MONTHS_OF_A_LONG_RUN
        layout, structure = setting.layout, setting.structure
        n_jurisdictions = len(layout.sizes)
        fits = int(layout.first_block[-1]), n_jurisdictions, int(layout.sizes.sum()), structure
        if fits != self._fits and not self._is_long:
            self._administration, self._fits = new_administration(layout, structure), fits
            self._none = np.empty((0, n_jurisdictions, N_MEASURES))

    def _error_in(self, run: Run, scenario: Scenario, setting: Setting, measures: NDArray[np.float64]) -> str:
        """Fill in all measures of a run, shape (months, N_MEASURES), and return what went wrong, if anything did."""
        seed, threads = self._task.specification.seed, self._task.threads
        try:
            if threads == 1 and not self._is_long:
                key = new_key(seed, run.run)
                whole_run(self._administration, setting.layout, setting.policies, key, measures, self._none)
                return ""
            for month, (_, row) in enumerate(months_of_run(Job(scenario, setting, seed, run.run), threads)):
                measures[month] = row
                self._begin(run)
        except StoppedError:
            raise
        except Exception as error:  # whatever it is, the other runs go on
            measures[:] = np.nan
            return one_line(f"{type(error).__name__}: {error}")
        return ""

    def _averaged(self, runs: Sequence[Run], errors: Sequence[str]) -> Iterator[RunOutcome]:
        """Yield how the runs ended whose measures lie in the values."""
        specification = self._task.specification
        values = self._values[: len(runs)]
        # Of all measures, and only then of those wanted: NumPy adds up in another order where the columns are others.
        means = window_of(specification, values)[:, self._places]
        months = specification.base.months if specification.monthly_series else 0
        none = np.empty((0, len(self._places)))
        for place, (run, error) in enumerate(zip(runs, errors, strict=True)):
            series = values[place, :months, self._places].T if months else none
            yield RunOutcome(run, FAILED if error else OK, error, means[place], series)


def scenario_of(task: BlockTask, point: int) -> Scenario | str:
    """Return the scenario of a point, or why there is none."""
    if point == task.n_points:
        return task.specification.base
    values = task.points[point - task.first_point]
    try:
        return scenario_of_point(task.specification, values.tolist())
    except ScenarioError as error:
        return one_line(str(error))


def window_of(specification: Specification, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means over the window of the experiment: (..., months, M) to (..., M)."""
    return window_means(values[..., : specification.window_until, :], specification.window_months)
