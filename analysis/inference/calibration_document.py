"""What a calibration came to, in words: blocks that the terminal, a report and a document in Markdown show alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.inference.calibration import Calibration
from analysis.inference.inference import Told
from analysis.inference.targets import Target
from model.catalogue import Catalogue

MANY_DROPPED = 0.05
_MOST_TELLERS = 3
_VERDICTS: tuple[Told, ...] = ("told", "in_part", "not_told")


@dataclass(frozen=True)
class Said:
    """A sentence."""

    text: str


@dataclass(frozen=True)
class Tabled:
    """A table: its head and its rows, all of text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Titled:
    """A part with a title."""

    name: str
    title: str
    blocks: tuple[Said | Tabled, ...]


def parts_of(found: Calibration, words: Catalogue) -> list[Titled]:
    """Return all parts of what a calibration came to, in order."""
    parts = [
        ("in_short", tuple(_in_short(found, words))),
        ("marginals", tuple(_marginals(found, words))),
        ("pairs", tuple(_pairs(found, words))),
        ("check", (_check_table(found, words),)),
        ("predictions", tuple(_predictions(found, words))),
        ("targets", tuple(_targets(found, words))),
        ("limits", tuple(Said(words.text(f"calibration.limit_{name}")) for name in ("targets", "fixed", "draws"))),
    ]
    return [Titled(name, words.text(f"calibration.{name}"), blocks) for name, blocks in parts]


def gate_sentence(found: Calibration, words: Catalogue) -> str:
    """Return whether the intervals can be trusted, in a sentence."""
    table = found.inference.check.table
    n = int(table["n"].iloc[0])
    if found.inference.check.is_clean:
        low, high = (_share(float(value)) for value in (table["coverage_90"].min(), table["coverage_90"].max()))
        return _text(words, "check_clean", n=n, low=low, high=high)
    names = [label_of(name, words) for name in table.loc[~table["is_clean"], "name"]]
    key = "check_accepted" if found.is_accepted else "check_failed"
    return _text(words, key, n=n, names=_listed(names, words))


def label_of(name: str, words: Catalogue) -> str:
    """Return what a parameter or a nuisance is called."""
    if "." not in name:
        return _text(words, "nuisance", name=name)
    return words.text(f"parameters.{name}.label")


def said(target: Target, words: Catalogue) -> str:
    """Return what a target is, in the language of the words."""
    return str(getattr(target.what, words.language))


def _in_short(found: Calibration, words: Catalogue) -> Iterator[Said | Tabled]:
    inference, table = found.inference, found.inference.table
    n = len(table.points)
    sizes = {"calibrating": len(table.targets), "points": f"{n:,}", "open": len(inference.prior.names)}
    yield Said(_text(words, "head", rounds=found.rounds, **sizes))
    for warning in found.targets.warnings:
        yield Said(_text(words, "warning", text=warning))
    dropped = int((~table.is_whole).sum())
    if dropped:
        yield Said(_text(words, "dropped", n=f"{dropped:,}", points=f"{n:,}", share=_share(dropped / n)))
    if dropped > MANY_DROPPED * n:
        yield Said(_text(words, "dropped_where"))
        rows = ((label_of(name, words), *map(_share, shares)) for name, shares in inference.table.dropped_by_thirds())
        yield Tabled((_text(words, "parameter"), "1/3", "2/3", "3/3"), tuple(rows))
    yield Said(gate_sentence(found, words))
    yield from _told_sentences(found, words)
    yield from _reach_sentences(found, words)


def _told_sentences(found: Calibration, words: Catalogue) -> Iterator[Said]:
    marginals = found.inference.marginals
    parameters = marginals[marginals["name"].str.contains(".", regex=False)]
    counts = {name: int((parameters["verdict"] == name).sum()) for name in _VERDICTS}
    yield Said(_text(words, "told_number", n=len(parameters), **counts))
    for verdict in _VERDICTS:
        names = [label_of(name, words) for name in parameters.loc[parameters["verdict"] == verdict, "name"]]
        told = _listed(names, words) if names else _text(words, "none")
        shown = _text(words, f"verdict_{verdict}")
        yield Said(_text(words, "told_list", verdict=shown[:1].upper() + shown[1:], names=told))


def _reach_sentences(found: Calibration, words: Catalogue) -> Iterator[Said]:
    reach = found.inference.reach
    by_name = {target.name: target for target in found.targets.targets}
    for row in reach[~reach["is_reached"]].to_dict("records"):
        texts = {"observed": row["observed"], "low": row["table_low"], "high": row["table_high"]}
        numbers = {key: _number(float(value)) for key, value in texts.items()}
        yield Said(_text(words, "unreached", target=said(by_name[row["target"]], words), **numbers))
    if not found.inference.is_usual:
        yield Said(_text(words, "unusual"))


def _marginals(found: Calibration, words: Catalogue) -> Iterator[Said | Tabled]:
    by_name = {target.name: target for target in found.targets.targets}
    rows = []
    for row in found.inference.marginals.to_dict("records"):
        is_told = row["verdict"] != "not_told"
        tellers = found.inference.tellers(row["name"])[:_MOST_TELLERS] if is_told else []
        told_by = [
            _text(words, "teller", target=said(by_name[target], words), lost=f"{share:.2f}")
            for target, share in tellers
        ]
        rows.append(
            (
                label_of(row["name"], words),
                _interval(row["low"], row["high"], words),
                _middle(row["median"], row["q025"], row["q975"], words),
                f"{row['contraction']:.2f}",
                _text(words, f"verdict_{row['verdict']}"),
                _listed(told_by, words) if told_by else "–",
            )
        )
    head = ("parameter", "range", "middle", "contraction", "verdict", "told_by")
    yield Tabled(tuple(_text(words, name) for name in head), tuple(rows))
    yield Said(_text(words, "contraction_is"))


def _pairs(found: Calibration, words: Catalogue) -> Iterator[Said]:
    pairs = found.inference.pairs
    together = pairs[pairs["is_together_only"]]
    if together.empty:
        yield Said(_text(words, "no_pair"))
    for row in together.to_dict("records"):
        names = {key: label_of(row[key], words) for key in ("first", "second")}
        yield Said(_text(words, "pair", correlation=f"{row['correlation']:.2f}", **names))


def _check_table(found: Calibration, words: Catalogue) -> Tabled:
    rows = [
        (
            label_of(row["name"], words),
            _share(row["coverage_50"]),
            _share(row["coverage_90"]),
            f"{row['p']:.3f}",
            _text(words, "yes" if row["is_clean"] else "no"),
        )
        for row in found.inference.check.table.to_dict("records")
    ]
    head = ("parameter", "coverage_50", "coverage_90", "p", "is_clean")
    return Tabled(tuple(_text(words, name) for name in head), tuple(rows))


def _predictions(found: Calibration, words: Catalogue) -> Iterator[Said | Tabled]:
    table = found.predictions
    if table.empty:
        yield Said(_text(words, "not_predicted"))
        return
    yield Said(_text(words, "predictions_reading", n=int(table["n"].max())))
    for use in ("calibrate", "validate"):
        rows = table[table["use"] == use]
        if len(rows):
            yield Said(_text(words, "predictions_calibrating" if use == "calibrate" else "predictions_validating"))
            yield _prediction_table(found, rows, words)


def _prediction_table(found: Calibration, rows: pd.DataFrame, words: Catalogue) -> Tabled:
    by_name = {target.name: target for target in found.targets.targets}
    lines = [
        (
            said(by_name[row["target"]], words),
            _interval(row["observed_low"], row["observed_high"], words),
            _middle(row["median"], row["low"], row["high"], words),
            _share(row["share"]),
            _text(words, str(row["verdict"])),
        )
        for row in rows.to_dict("records")
    ]
    head = ("target", "observed", "predicted", "share", "verdict")
    return Tabled(tuple(_text(words, name) for name in head), tuple(lines))


def _targets(found: Calibration, words: Catalogue) -> Iterator[Said | Tabled]:
    rows = [
        (
            said(target, words),
            _interval(target.low, target.high, words),
            "–" if target.is_sign else _number(target.discrepancy),
            _text(words, f"use_{target.use}"),
            ", ".join(f"`{key}`" for key in target.source.split("; ")),
        )
        for target in found.targets.targets
    ]
    head = ("target", "observed", "discrepancy", "use", "source")
    yield Tabled(tuple(_text(words, name) for name in head), tuple(rows))
    yield Said(_text(words, "targets_reading"))


def markdown_of(parts: Sequence[Titled]) -> list[str]:
    """Return the lines of parts in Markdown."""
    lines: list[str] = []
    for part in parts:
        lines += [f"## {part.title}", ""]
        for block in part.blocks:
            if isinstance(block, Said):
                lines += [block.text, ""]
                continue
            lines += [_markdown_row(block.head), _markdown_row(["---"] * len(block.head))]
            lines += [*map(_markdown_row, block.rows), ""]
    return lines


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(words: Catalogue, key: str, /, **texts: Any) -> str:
    return words.text(f"calibration.{key}").format(**texts)


def _listed(texts: Sequence[str], words: Catalogue) -> str:
    return words.text("scenario.comma").join(texts)


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{100.0 * value:.0f}%"


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3g}"


def _interval(low: float, high: float, words: Catalogue) -> str:
    if not np.isfinite(high):
        return _text(words, "at_least", low=_number(low))
    if not np.isfinite(low):
        return _text(words, "at_most", high=_number(high))
    return _text(words, "interval", low=_number(low), high=_number(high))


def _middle(middle: float, low: float, high: float, words: Catalogue) -> str:
    return _text(words, "median_interval", middle=_number(middle), low=_number(low), high=_number(high))
