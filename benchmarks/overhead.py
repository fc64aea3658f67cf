"""What the machinery of experiments costs above the bare kernel, in time and in memory, and what that of others costs.

    python -m benchmarks.overhead                 the 41 x 41 map with 20 replications of 200 officials x 60 months
    python -m benchmarks.overhead --steps 11      a smaller one
    python -m benchmarks.overhead --memory        also 100,000 runs in a process of their own, with its peak memory

The bare kernel is the compiled run of each replication with all settings made beforehand, and nothing else. Time is
told twice: by the clock, which other programs on the machine disturb, and of the processors, which they hardly do; the
goal has to be met by both. Mesa's batch_run and the EMA workbench drive the very same compiled run, so that what
differs is the driving (EMA at a Latin hypercube of points in place of the grid); one row more is the Mesa model itself
under batch_run. The EMA workbench is left out if it is not installed.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import mesa
import numpy as np

from analysis.command_line.terminal import note, plain_table, standard_output
from analysis.design.experiment_file import find_experiment
from analysis.design.factors import evenly, scenario_at
from analysis.design.sampling import design_points
from analysis.design.specification import Specification
from analysis.execution.sweep import SweepWatch, sweep
from benchmarks.speed import machine, peak_memory_gigabytes
from model.arrays import new_administration, new_key
from model.engines.ensemble import whole_run
from model.engines.mesa_engine import Administration
from model.measures import MEASURES, N_MEASURES
from model.policy import Setting, setting_of
from model.processors import allowed_processors
from model.scenario import with_settings
from model.simulate import window_means

STEPS, REPLICATIONS = 41, 20
MEMORY_RUNS = 100_000
RUNS_SIDE_BY_SIDE = 2000
RUNS_OF_MESA = 2
_OFFICIALS, _MONTHS = 200, 60
_GOAL_OF_OVERHEAD, _GOAL_OF_GROWTH, _GOAL_OF_MEMORY_GIBIBYTES = 0.15, 1.1, 1.0
_BUSY = 1.5
_NAME = "innovation_rate"


class Took(NamedTuple):
    """How long something took, by the clock and of the processors, in seconds."""

    clock: float
    processors: float


def map_of(steps: int, replications: int) -> Specification:
    """Return the shipped map with so many values of each lever."""
    shipped = find_experiment("severity_exemption_map")
    factors = tuple(replace(factor, values=evenly(factor.low, factor.high, steps)) for factor in shipped.factors)
    base = with_settings(shipped.base, {}, officials=_OFFICIALS, months=_MONTHS)
    return replace(shipped, base=base, factors=factors, replications=replications)


def took(work: Callable[[], object]) -> Took:
    """Return how long some work takes."""
    clock, processors = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - clock, time.process_time() - processors)


def settings_of(specification: Specification) -> list[Setting]:
    """Return the settings of all points of an experiment and of its base scenario."""
    points, paths = design_points(specification), specification.factor_paths
    scenarios = [scenario_at(specification.base, paths, point) for point in points]
    return [setting_of(scenario) for scenario in (*scenarios, specification.base)]


def kernel_run(setting: Setting, seed: int, run: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the measures of one run, shape (months, N_MEASURES), by the compiled code and nothing else."""
    measures = np.zeros((setting.months, N_MEASURES))
    none = np.zeros((0, len(setting.layout.sizes), N_MEASURES))
    memory = new_administration(setting.layout, setting.structure)
    whole_run(memory, setting.layout, setting.policies, new_key(seed, run), measures, none)
    return measures


def bare(settings: list[Setting], replications: int, workers: int) -> None:
    """Do all runs on some threads and forget what comes out."""

    def share(first: int) -> None:
        for setting in settings[first::workers]:
            for run in range(replications):
                kernel_run(setting, 1, run)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(share, range(workers)))


def print_overhead(steps: int, replications: int, workers: int) -> bool:
    """Print what a sweep takes above the bare kernel, and return whether that is within the goal."""
    specification = map_of(steps, replications)
    settings = settings_of(specification)
    n = len(settings) * replications
    note(f"{n:,} runs of {_OFFICIALS} officials x {_MONTHS} months, twice ...")
    bare(settings[:20], 1, workers)
    without = took(lambda: bare(settings, replications, workers))
    with tempfile.TemporaryDirectory() as place:
        within = took(lambda: sweep(specification, Path(place) / "map", workers=workers))
    console, table = standard_output(), plain_table(standard_output())
    for head in ("", "seconds", "processor seconds", "runs a second"):
        table.add_column(head, justify="right" if head else "left")
    for name, time_taken in (("bare kernel", without), ("sweep", within)):
        table.add_row(name, f"{time_taken.clock:.1f}", f"{time_taken.processors:.1f}", f"{n / time_taken.clock:,.0f}")
    console.print(table)
    by_clock, by_processors = (after / before - 1 for after, before in zip(within, without, strict=True))
    # Both: on a busy machine the clock alone may even say that the sweep is the faster of the two.
    is_met = max(by_clock, by_processors) < _GOAL_OF_OVERHEAD
    goal = f"(goal: below {_GOAL_OF_OVERHEAD:.0%}, both)"
    console.print(f"Overhead: {by_clock:+.1%} by the clock, {by_processors:+.1%} of the processors {goal}")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    if load > _BUSY * workers:
        console.print(f"Load {load:.1f} on {workers} threads: other programs ran, so the clock decides nothing here.")
    console.print()
    return is_met


def memory_now() -> int:
    """Return the memory that this process holds, in bytes; Linux only."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def sweep_with_memory(runs: int, workers: int) -> None:
    """Sweep so many runs; print their number and the most memory held in their first half, their second, and at all.

    The last is the peak of the process until the final tables are written, as the system has kept it.
    """
    import resource  # noqa: PLC0415  (there is none on Windows)

    specification = map_of(STEPS, math.ceil(runs / (STEPS * STEPS + 1)))
    planned = (STEPS * STEPS + 1) * specification.replications
    done, most = 0, [0, 0]

    def look(more: int) -> None:
        nonlocal done
        done += more
        half = int(done > planned / 2)
        most[half] = max(most[half], memory_now())

    with tempfile.TemporaryDirectory() as place:
        sweep(specification, Path(place) / "map", workers=workers, watch=SweepWatch(look))
    print(planned, *most, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def print_memory(runs: int, workers: int) -> bool:
    """Print the memory of a sweep in a process of its own, and return whether it is flat and within the goal.

    The final tables are written in the second half, so what that takes counts.
    """
    if not Path("/proc/self/statm").exists():
        note("memory is measured on Linux only")
        return True
    note(f"{runs:,} runs in a process of their own ...")
    command = [sys.executable, "-m", "benchmarks.overhead", "--only-sweep", str(runs), "--workers", str(workers)]
    written = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=True).stdout
    planned, first, second, whole = map(int, written.split()[-4:])
    in_gibibytes = [f"{most / 2**30:.2f}" for most in (first, second, whole)]
    standard_output().print(
        f"Memory of {planned:,} runs, GiB: {in_gibibytes[0]} in their first half, {in_gibibytes[1]} in their second, "
        f"{in_gibibytes[2]} with the final tables.\nRatio to the first half: {second / first:.2f} for the runs, "
        f"{whole / first:.2f} with the final tables (goal: at most {_GOAL_OF_GROWTH}, and "
        f"{_GOAL_OF_MEMORY_GIBIBYTES:.0f} GiB, final tables included)\n"
    )
    return whole <= _GOAL_OF_GROWTH * first and whole <= _GOAL_OF_MEMORY_GIBIBYTES * 2**30


class CompiledRun(mesa.Model):  # type: ignore[misc]
    """The compiled run as a Mesa model that does everything in its only step."""

    def __init__(self, severity: float = 0.159, exemption: float = 0.4, run: int = 0, **_others: Any) -> None:
        super().__init__()
        self.levers = (severity, exemption)
        self.run_number = run
        self.value = float("nan")
        self.datacollector = mesa.DataCollector(model_reporters={_NAME: "value"})

    def step(self) -> None:
        """Do the whole run."""
        self.value = value_at(*self.levers, self.run_number)
        self.datacollector.collect(self)
        self.running = False


@functools.cache
def small_map() -> Specification:
    """Return the smallest map: what others need of it is the base scenario and the names of the levers."""
    return map_of(2, 1)


def value_at(severity: float, exemption: float, run: int) -> float:
    """Return what one run gives at a point of the map."""
    specification = small_map()
    scenario = scenario_at(specification.base, specification.factor_paths, (severity, exemption))
    means = window_means(kernel_run(setting_of(scenario), 1, run))
    return float(means[MEASURES.index(_NAME)])


def print_side_by_side(runs: int) -> None:
    """Print the runs a second of each way to drive the model, on one processor."""
    steps = 10
    specification = map_of(steps, max(1, runs // (steps * steps)))
    n = (steps * steps) * specification.replications
    levers = design_points(specification)
    settings = settings_of(specification)
    note(f"{n:,} runs by each way, on one processor ...")
    rows = [
        ("bare kernel", n, took(lambda: bare(settings[:-1], specification.replications, 1))),
        ("sweep", n + specification.replications, took(lambda: _swept(specification))),
        ("Mesa batch_run, compiled run", n, took(lambda: _by_mesa(levers, specification.replications))),
    ]
    ema = _by_ema(specification)
    if ema is not None:
        rows.append(("EMA workbench, compiled run", n, took(ema)))
    rows.append(("Mesa batch_run, Mesa model", RUNS_OF_MESA, took(_mesa_itself)))
    table = plain_table(standard_output())
    for head in ("way", "runs a second", "milliseconds a run above the kernel"):
        table.add_column(head, justify="left" if head == "way" else "right")
    kernel = rows[0][2].processors / rows[0][1]
    for name, number, time_taken in rows:
        above = 1000 * (time_taken.processors / number - kernel)
        table.add_row(name, f"{number / time_taken.processors:,.1f}", f"{above:,.3f}")
    standard_output().print(table)
    if ema is None:
        standard_output().print("The EMA workbench is not installed (pip install ema_workbench), so it is left out.")
    standard_output().print(f"Per second of processor time; peak memory {peak_memory_gigabytes() or 0.0:.2f} GB.")


def _swept(specification: Specification) -> None:
    with tempfile.TemporaryDirectory() as place:
        sweep(specification, Path(place) / "map", workers=1)


def _by_mesa(levers: np.ndarray[Any, np.dtype[np.float64]], replications: int) -> None:
    """Do the runs by Mesa's batch runner, which crosses the lists of values by itself."""
    values = {"severity": np.unique(levers[:, 0]), "exemption": np.unique(levers[:, 1]), "run": range(replications)}
    found = mesa.batch_run(CompiledRun, values, number_processes=1, display_progress=False)
    if len(found) != len(levers) * replications:
        raise RuntimeError(f"Mesa did {len(found)} runs")


def _mesa_itself() -> None:
    setting = setting_of(small_map().base)
    parameters = {"setting": [setting], "run": range(RUNS_OF_MESA)}
    mesa.batch_run(Administration, parameters, max_steps=_MONTHS - 1, number_processes=1, display_progress=False)


def _by_ema(specification: Specification) -> Callable[[], None] | None:
    """Return a function that does the runs by the EMA workbench; None if it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ema: Any = importlib.import_module("ema_workbench")  # not everybody has it
        except ImportError:
            return None
    model = ema.ReplicatorModel("compiled", function=_for_ema)
    low_high = [(factor.low, factor.high) for factor in specification.factors]
    model.uncertainties = [
        ema.RealParameter(name, *ends) for name, ends in zip(("severity", "exemption"), low_high, strict=True)
    ]
    model.outcomes = [ema.ArrayOutcome(_NAME)]
    model.replications = [{"run": run} for run in range(specification.replications)]
    n = len(design_points(specification))

    def work() -> None:
        with ema.SequentialEvaluator(model) as evaluator:
            evaluator.perform_experiments(scenarios=n)

    return work


def _for_ema(severity: float, exemption: float, run: int = 0) -> dict[str, float]:
    return {_NAME: value_at(severity, exemption, run)}


def main() -> int:
    """Print all that was asked for; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    parser.add_argument("--workers", type=int, default=allowed_processors())
    parser.add_argument("--memory", action="store_true", help=f"also {MEMORY_RUNS:,} runs, with their memory")
    parser.add_argument("--only-sweep", type=int, default=0, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only_sweep:
        sweep_with_memory(chosen.only_sweep, chosen.workers)
        return 0
    standard_output().print(machine() + "\n")
    is_met = print_overhead(chosen.steps, chosen.replications, chosen.workers)
    if chosen.memory:
        is_met &= print_memory(MEMORY_RUNS, chosen.workers)
    print_side_by_side(RUNS_SIDE_BY_SIDE)
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
