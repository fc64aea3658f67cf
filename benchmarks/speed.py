"""How fast each engine is, measured side by side in one run: official-months a second of the default scenario.

The contestants are the Mesa engine, the same model written in vectorised NumPy, and the compiled engine on one
processor and on all. They take turns, so that whatever else the machine does disturbs all alike, and the best turn of
each counts. The first edition of the model then takes turns with this one, on the default scenario and on small runs;
and the passes of the compiled engine are measured one by one.
With ``national`` one run of national size follows, with its time and its peak memory.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
from rich.console import Console

from analysis.command_line.terminal import note, plain_table, progress, standard_output
from analysis.execution.comparison import watched_run
from benchmarks.earlier_edition import EarlierEdition, Size, earlier_edition
from benchmarks.numpy_version import simulate_numpy
from benchmarks.passes import PassTime, pass_times
from model.parameters import parameter_paths, value_at
from model.policy import setting_of
from model.processors import allowed_processors
from model.scenario import Scenario, find_scenario
from model.simulate import Job, jobs_of, series_of
from model.vocabulary import DEFAULT_SEED

ROUNDS = 5
_ROUNDS_BESIDE = 20
COMPILED_RUNS_A_PROCESSOR = 20
NATIONAL_OFFICIALS = 7_200_000
NATIONAL_JURISDICTIONS = 144_000
# Officials, jurisdictions, months, runs a turn: as small as the runs of the page and of most sweeps.
_SMALL_SIZE = (200, 2, 60, 100)
_BYTES_A_GIGABYTE = 1e9


class Speed(NamedTuple):
    """What a contestant is called, and how many official-months a second it simulates."""

    name: str
    per_second: float


class BesideEarlier(NamedTuple):
    """The official-months a second of the first edition and of this one, in the best turn of each, and their ratio."""

    size: Size
    earlier: float
    now: float
    ratio: float


class Contestant(NamedTuple):
    """An engine: its name, how many runs it does in a turn, and the turn itself."""

    name: str
    runs: int
    turn: Callable[[], None]


def contestants(scenario: Scenario) -> tuple[Contestant, ...]:
    """Return the engines, the slowest first."""
    cores = allowed_processors()
    one, many = COMPILED_RUNS_A_PROCESSOR, COMPILED_RUNS_A_PROCESSOR * cores
    values = {path: value_at(scenario.parameters, path) for path in parameter_paths()}

    def mesa() -> None:
        list(series_of(jobs_of(scenario, [0]), "mesa"))

    def vectorised() -> None:
        simulate_numpy(values, scenario.sizes, scenario.months, DEFAULT_SEED)

    def on_one() -> None:
        _on_one(scenario, one)

    def on_all() -> None:
        list(series_of(jobs_of(scenario, range(many)), workers=cores))

    return (
        Contestant("Mesa engine", 1, mesa),
        Contestant("NumPy version", 1, vectorised),
        Contestant("compiled engine, one processor", one, on_one),
        Contestant(f"compiled engine, all {cores}", many, on_all),
    )


def speeds(scenario: Scenario, rounds: int = ROUNDS) -> list[Speed]:
    """Return the speed of every engine: the best of some turns, after one to warm up that does not count."""
    engines = contestants(scenario)
    best = dict.fromkeys((engine.name for engine in engines), 0.0)
    with progress("Measuring", len(engines) * (rounds + 1)) as advance:
        for number in range(rounds + 1):
            for engine in engines:
                seconds = _seconds(engine.turn)
                per_second = engine.runs * scenario.officials * scenario.months / seconds
                best[engine.name] = max(best[engine.name], per_second if number else 0.0)
                advance(1.0)
    return [Speed(name, per_second) for name, per_second in best.items()]


def beside_earlier(scenario: Scenario, size: Size, earlier: EarlierEdition | None) -> BesideEarlier:
    """Return both editions' speed on one processor, in turns, of which the first does not count; NaN where none is."""
    officials, _, months, runs = size
    sized = _resized(scenario, size)
    pairs = []
    with progress("Beside the first edition", _ROUNDS_BESIDE + 1) as advance:
        for _ in range(_ROUNDS_BESIDE + 1):
            before = np.nan if earlier is None else earlier.turn(size)
            pairs.append((before, _seconds(partial(_on_one, sized, runs))))
            advance(1.0)
    first, second = officials * months * runs / np.array(pairs[1:]).min(axis=0)
    return BesideEarlier(size, float(first), float(second), float(second / first))


def _size_of(scenario: Scenario) -> Size:
    """Return the officials, jurisdictions and months of a scenario, and how many runs a turn has."""
    return scenario.officials, scenario.n_jurisdictions, scenario.months, COMPILED_RUNS_A_PROCESSOR // 2


def _resized(scenario: Scenario, size: Size) -> Scenario:
    officials, jurisdictions, months, _ = size
    return replace(scenario, officials=officials, n_jurisdictions=jurisdictions, months=months)


def _on_one(scenario: Scenario, runs: int) -> None:
    list(series_of(jobs_of(scenario, range(runs)), workers=1))


def national_scenario(baseline: Scenario) -> Scenario:
    """Return the baseline with as many officials and jurisdictions as a national administration."""
    return replace(baseline, officials=NATIONAL_OFFICIALS, n_jurisdictions=NATIONAL_JURISDICTIONS)


def national_seconds(scenario: Scenario) -> float:
    """Return how long one run on all processors takes, in seconds."""
    job = Job(scenario, setting_of(scenario), DEFAULT_SEED, 0)
    with progress("One national run", scenario.months) as advance:
        return _seconds(lambda: _run(job, advance))


def print_speeds(national: bool) -> None:
    """Print the machine, the speed of every engine, and how many times as fast each is as the two before."""
    console, baseline = standard_output(), find_scenario("baseline")
    console.print(machine())
    size = f"{baseline.officials:,} officials in {baseline.n_jurisdictions} jurisdictions, {baseline.months} months"
    console.print(f"Default scenario: {size}; the best of {ROUNDS} turns each.\n")
    _print_table(console, speeds(baseline))
    sizes = (_size_of(baseline), _SMALL_SIZE)
    with earlier_edition() as earlier:
        if earlier is None:
            note("The first edition is not at hand: git's history is needed to measure beside it.")
        beside = [beside_earlier(baseline, each, earlier) for each in sizes]
        if earlier is not None:
            _print_beside(console, beside)
        for each in beside:
            sized = _resized(baseline, each.size)
            _print_passes(console, sized, each, pass_times(sized, earlier))
    if national:
        _print_national(console, national_scenario(baseline))


def machine() -> str:
    """Return what was measured on."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    computer = f"{_processor()}, {allowed_processors()} processors, {platform.system()}"
    return f"{computer}; Python {platform.python_version()}, {versions}"


def peak_memory_gigabytes() -> float | None:
    """Return the most memory this process has had so far; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  (there is none on Windows)

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _BYTES_A_GIGABYTE


def _print_table(console: Console, measured: list[Speed]) -> None:
    table = plain_table(console)
    table.add_column("engine", no_wrap=True)
    for head in ("official-months per second", "times Mesa", "times NumPy"):
        table.add_column(head, justify="right")
    mesa, vectorised = measured[0].per_second, measured[1].per_second
    for speed in measured:
        ratios = (_ratio(speed.per_second / other) for other in (mesa, vectorised))
        table.add_row(speed.name, f"{speed.per_second:,.0f}", *ratios)
    console.print(table)


def _print_beside(console: Console, measured: list[BesideEarlier]) -> None:
    table = plain_table(console)
    table.add_column("one processor, official-months per second", no_wrap=True)
    for head in ("first edition", "this one", "times"):
        table.add_column(head, justify="right")
    for (officials, jurisdictions, months, _), earlier, now, ratio in measured:
        size = f"{officials:,} officials in {jurisdictions}, {months} months"
        table.add_row(size, f"{earlier:,.0f}", f"{now:,.0f}", _ratio(ratio))
    console.print()
    console.print(table)


def _print_passes(console: Console, scenario: Scenario, beside: BesideEarlier, times: list[PassTime]) -> None:
    table = plain_table(console)
    table.add_column(f"ns per official-month, {int(scenario.sizes[0])} in a jurisdiction", no_wrap=True)
    for head in ("first edition", "this one"):
        table.add_column(head, justify="right")
    whole = PassTime("the whole", "", 1e9 / beside.earlier, 1e9 / beside.now)
    passes = [time for time in times if not time.part]
    rest = [whole.earlier - sum(time.earlier for time in passes), whole.now - sum(time.now for time in passes)]
    for name, part, earlier, now in (
        *times,
        PassTime("the rest: jurisdictions, newcomers, a run's start", "", *rest),
        whole,
    ):
        table.add_row(f"  {part}" if part else name, "" if np.isnan(earlier) else f"{earlier:.1f}", f"{now:.1f}")
    console.print()
    console.print(table)


def _ratio(value: float) -> str:
    """Return a ratio to three figures, or whole if it is large."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _print_national(console: Console, scenario: Scenario) -> None:
    note(f"One run of {scenario.officials:,} officials in {scenario.n_jurisdictions:,} jurisdictions ...")
    seconds = national_seconds(scenario)
    memory = peak_memory_gigabytes()
    told = "" if memory is None else f", peak memory {memory:.1f} GB"
    per_second = scenario.officials * scenario.months / seconds
    size = f"{scenario.officials:,} officials in {scenario.n_jurisdictions:,} jurisdictions, {scenario.months} months"
    console.print(f"\n{size}: {seconds:.1f} s, {per_second:,.0f} official-months per second{told}.")


def _run(job: Job, advance: Callable[[float], None]) -> None:
    watched_run(job, allowed_processors(), False, lambda _month, _administration: advance(1.0))


def _seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _processor() -> str:
    """Return the name of the processor."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()
