"""The answer first: what the numbers of a comparison say, in one to three sentences that are computed from them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.command_line.words.measures import effect_phrase, short_label
from analysis.number_format import figure
from model.catalogue import Catalogue

TOLD = ("innovation_rate", "lazy_prevalence")
# Private gain under the name of reform counts as innovation, so the policy with most of one may have most of the other.
TOLD_OF_MANY = (*TOLD, "self_dealing_share")


class Extremes(NamedTuple):
    """The policies that raise and lower a measure most, of those whose interval lies on one side of 0; or None."""

    up: pd.Series | None
    down: pd.Series | None


def extremes_of(effects: pd.DataFrame, measure: str) -> Extremes:
    """Return which policies move a measure most; `effects` as `paired_effects` makes them."""
    of_measure = effects[effects["measure"] == measure].sort_values("difference", kind="stable")
    up, down = of_measure[of_measure["low"] > 0], of_measure[of_measure["high"] < 0]
    return Extremes(up.iloc[-1] if len(up) else None, down.iloc[0] if len(down) else None)


def answers(effects: pd.DataFrame, names: dict[str, str], words: Catalogue) -> list[str]:
    """Return a sentence on each measure of the question; `names` are what to call the scenarios."""
    if effects["scenario"].nunique() == 1:
        return [_of_one_policy(effects, names, words)]
    return [_of_many(effects, measure, names, words) for measure in TOLD_OF_MANY]


def _of_many(effects: pd.DataFrame, measure: str, names: dict[str, str], words: Catalogue) -> str:
    extremes = extremes_of(effects, measure)
    texts = {"measure": short_label(measure, words)}
    for way, row in (("up", extremes.up), ("down", extremes.down)):
        if row is not None:
            texts[way] = names[row["scenario"]]
            texts[f"{way}_effect"] = _phrase(row, words)
    if extremes.up is not None and extremes.down is not None:
        return words.text("command_line.answer_up_and_down").format(**texts)
    if extremes.up is not None:
        return words.text("command_line.answer_up").format(**texts)
    if extremes.down is not None:
        return words.text("command_line.answer_down").format(**texts)
    has_interval = effects.loc[effects["measure"] == measure, "low"].notna().any()
    return words.text("command_line.answer_none" if has_interval else "command_line.answer_no_interval").format(**texts)


def _of_one_policy(effects: pd.DataFrame, names: dict[str, str], words: Catalogue) -> str:
    rows = [effects[effects["measure"] == measure].iloc[0] for measure in TOLD]
    texts = {"policy": names[rows[0]["scenario"]], "reference": names[rows[0]["reference"]]}
    for number, (measure, row) in enumerate(zip(TOLD, rows, strict=True), start=1):
        texts[f"measure_{number}"] = short_label(measure, words)
        texts[f"from_{number}"], texts[f"to_{number}"] = (
            figure(measure, row[column]) for column in ("baseline_mean", "mean")
        )
        texts[f"effect_{number}"] = _phrase(row, words)
    return words.text("command_line.answer_one").format(**texts)


def _phrase(row: pd.Series, words: Catalogue) -> str:
    return effect_phrase(row["measure"], (row["difference"], row["low"], row["high"]), words)
