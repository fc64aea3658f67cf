"""Experiments in words: the plan, what it will take, how far it is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.design.reach import reach_of
from analysis.design.sampling import kind_of, number_of_points
from analysis.design.specification import Specification
from analysis.execution.cost_estimate import Estimate
from analysis.execution.sweep import Status
from analysis.number_format import whole
from analysis.report.section_words import label as label_of
from analysis.report.section_words import levels_text, reach_text, said, size_text, spread_text, unseen_texts
from analysis.store.experiment import Gap
from analysis.words import with_singulars
from model.catalogue import Catalogue

Lines = Sequence[tuple[str, str]]

_MOST_FACTORS_IN_FULL = 12
_MOST_GAPS = 10
# A block that takes more than this share of its time-out may run into it on a bad day.
_SAFE_SHARE_OF_TIMEOUT = 0.3
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def print_lines(console: Console, lines: Lines) -> None:
    """Print lines with a label each, the texts below each other; in a file or a pipe no line is broken."""
    if not console.is_terminal:
        width = max((cell_len(label) for label, _ in lines), default=0)
        for label, text in lines:
            console.print(f"{set_cell_size(label, width)}  {text}".rstrip(), soft_wrap=True)
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for label, text in lines:
        table.add_row(Text(label), Text(text))
    console.print(table)


def plan_lines(specification: Specification, folder: Path, words: Catalogue) -> Lines:
    """Return what an experiment is: question, base, design, factors, replications, measures and runs."""
    points, n = number_of_points(specification), specification.replications
    base = f"{specification.base.name}; {size_text(specification.base, words)}"
    key = "runs" if specification.replicate_until is None else "runs_at_most"
    runs = _text(words, key, runs=(points + 1) * n, design=points * n, reference=n)
    return [
        (words.text("sweep.experiment"), said(specification.title, words)),
        (words.text("command_line.question"), said(specification.question, words)),
        (words.text("sweep.base"), base),
        (
            words.text("sweep.design"),
            _text(words, "design_of", kind=said(kind_of(specification.design).label, words), n=points),
        ),
        *_factor_lines(specification, words),
        *((words.text("sweep.warning"), text) for text in unseen_texts(specification, words)),
        (words.text("sweep.replications"), _replications(specification, words)),
        (words.text("sweep.measures"), _measures(specification, words)),
        (words.text("sweep.runs_planned"), runs),
        (words.text("sweep.result"), str(folder)),
    ]


def _factor_lines(specification: Specification, words: Catalogue) -> Lines:
    """Return a line for each factor, or one for all where they are many."""
    label, base, factors = words.text("sweep.factors"), specification.base, specification.factors
    if len(factors) > _MOST_FACTORS_IN_FULL:
        ranges = (
            f"{factor.path} {levels_text(specification, factor, words) or f'{factor.low:g}–{factor.high:g}'}"
            for factor in factors
        )
        return [(label, words.text("scenario.comma").join(ranges))]
    lines: list[tuple[str, str]] = []
    for factor in factors:
        key = "factor_of_levels" if factor.levels else "factor_in_grid" if factor.values else "factor"
        texts = {
            "label": label_of(factor.path, words),
            "path": factor.path,
            "n": len(factor.values),
            "levels": levels_text(specification, factor, words),
        }
        text = words.text(f"sweep.{key}").format(low=f"{factor.low:g}", high=f"{factor.high:g}", **texts)
        if spread := spread_text(factor, words):
            text = words.text("sweep.factor_spread").format(text=text, spread=spread)
        reach = reach_text(reach_of(base, factor.path, factor.where), factor.where, words)
        text = words.text("sweep.reach_factor").format(text=text, reach=reach) if reach else text
        lines.append((label if not lines else "", text))
    return lines


def _replications(specification: Specification, words: Catalogue) -> str:
    rule = specification.replicate_until
    draws = words.text("sweep.common" if specification.common_random_numbers else "sweep.own")
    if rule is None:
        return _text(
            words, "replications_each", n=specification.replications, draws=draws, seed=str(specification.seed)
        )
    texts = {
        "measure": rule.measure,
        "half_width": f"{rule.half_width:g}",
        "draws": draws,
        "seed": str(specification.seed),
    }
    return _text(words, "replications_until", minimum=rule.minimum, maximum=rule.maximum, **texts)


def _measures(specification: Specification, words: Catalogue) -> str:
    last = specification.window_until or specification.base.months
    first = max(0, last - specification.window_months)
    return _text(words, "measures_over", n=len(specification.measures), first=str(first + 1), last=str(last))


def estimate_lines(estimate: Estimate, specification: Specification, folder: Path, words: Catalogue) -> Lines:
    """Return what is left to do and what it will take, with a warning if that is too much."""
    lines = [(words.text("sweep.left"), _text(words, "runs_left", n=estimate.runs))]
    if not estimate.runs:
        return lines
    time = _text(words, "time_on", time=duration(estimate.seconds, words), n=estimate.workers)
    pilot = _text(words, "pilot", n=estimate.pilot_runs, seconds=f"{estimate.pilot_seconds:.1f}")
    lines += [
        (words.text("sweep.time"), time),
        (words.text("sweep.disk"), words.text("sweep.about").format(what=size(estimate.bytes))),
        ("", pilot),
    ]
    if estimate.block_seconds > _SAFE_SHARE_OF_TIMEOUT * specification.timeout_seconds:
        texts = {
            "block": duration(estimate.block_seconds, words),
            "timeout": duration(specification.timeout_seconds, words),
        }
        lines.append((words.text("sweep.warning"), words.text("sweep.near_timeout").format(**texts)))
    free = room_on_disk(folder)
    if free is not None and estimate.bytes > free:
        text = words.text("sweep.too_little_room").format(free=size(free), folder=folder)
        lines.append((words.text("sweep.warning"), text))
    return lines


def room_on_disk(folder: Path) -> int | None:
    """Return the bytes that are free where a folder is or will be; None if that cannot be known."""
    for place in (folder, *folder.absolute().parents):
        with suppress(OSError):
            return shutil.disk_usage(place).free
    return None


def status_lines(status: Status, words: Catalogue) -> Lines:
    """Return how far an experiment is, who is writing, what is missing and what is damaged."""
    experiment, counts = status.experiment, status.counts
    planned = experiment.manifest["planned"]["runs"]
    key = "runs_done_of_at_most" if experiment.manifest["planned"]["is_most"] else "runs_done"
    texts = {"failed": counts.failed, "timed_out": counts.timed_out}
    lines = [
        (words.text("sweep.experiment"), said(experiment.specification.title, words)),
        (words.text("sweep.result"), str(experiment.folder)),
        (words.text("sweep.runs_planned"), _text(words, key, n=counts.rows, planned=planned, **texts)),
        (words.text("sweep.blocks"), _text(words, "blocks_done", n=counts.blocks, planned=counts.planned_blocks)),
        (words.text("sweep.final"), words.text(f"sweep.final_{'yes' if experiment.has_final_tables else 'no'}")),
    ]
    lines += [(words.text("sweep.writing"), f"{holder.name}: {holder.process}") for holder in status.writing]
    lines += gap_lines(status.gaps, words)
    return lines + [(words.text("sweep.damaged"), f"{damage.path} {damage.reason}") for damage in status.damages]


def gap_lines(gaps: Sequence[Gap], words: Catalogue) -> list[tuple[str, str]]:
    """Return a line for each gap, the first ten of them."""
    label = words.text("sweep.missing")
    lines = []
    for gap in gaps[:_MOST_GAPS]:
        reason = words.text(f"sweep.{gap.reason.replace(' ', '_')}")
        ids = str(gap.first_id)  # as --run takes it, without commas
        if gap.last_id > gap.first_id:
            ids = _text(words, "from_to", first=str(gap.first_id), last=str(gap.last_id))
        text = words.text("sweep.gap").format(runs=ids, reason=reason)
        lines.append((label, f"{text} ({gap.message})" if gap.message else text))
    if len(gaps) > _MOST_GAPS:
        lines.append((label, _text(words, "more_gaps", n=len(gaps) - _MOST_GAPS)))
    return lines


def duration(seconds: float, words: Catalogue) -> str:
    """Return a time in its largest fitting units."""
    if seconds < 1.5 * _MINUTE:
        return words.text("sweep.seconds").format(n=max(1, round(seconds)))
    if seconds < 1.5 * _HOUR:
        return words.text("sweep.minutes").format(n=round(seconds / _MINUTE))
    if seconds < 2 * _DAY:
        return words.text("sweep.hours").format(n=f"{seconds / _HOUR:.1f}")
    return words.text("sweep.days").format(n=f"{seconds / _DAY:.1f}")


def size(n_bytes: int) -> str:
    """Return a size on the disk in its largest fitting unit."""
    amount = float(n_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.3g} {unit}"
        amount /= 1000
    return f"{amount:.3g} TB"


def _text(words: Catalogue, key: str, **numbers: int | str) -> str:
    """Return a text with its numbers filled in, thousands apart."""
    shown = {name: value if isinstance(value, str) else whole(value) for name, value in numbers.items()}
    return with_singulars(words.text(f"sweep.{key}").format(**shown))
