"""The answers to the questions of the shipped scenarios, with numbers that come from runs, in docs/answers.md.

``python -m analysis.evidence.scenario_answers`` runs every shipped scenario and writes the document anew. The sentences
stand in scenario_answers.toml beside this file, each number as a placeholder, and a sentence that says "rises" is
refused where nothing rises; a test compares the document with what would be written.
"""

from __future__ import annotations

import functools
import re
import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.number_format import is_share, told, told_difference
from analysis.statistics.paired_effects import intervals_of
from model.catalogue import labels
from model.measures import MEASURES
from model.scenario import Scenario, find_scenario, shipped_scenarios, with_settings
from model.simulate import WINDOW_MONTHS, simulate
from model.vocabulary import DEFAULT_REPLICATIONS, DEFAULT_SEED

_ROOT = Path(__file__).parents[2]
DOCUMENT = _ROOT / "docs" / "answers.md"
SENTENCES = Path(__file__).with_suffix(".toml")
COLUMNS = (
    "innovation_rate",
    "routine_rate",
    "inaction_rate",
    "lazy_prevalence",
    "care",
    "self_dealing_share",
    "sanctions_per_100_officials_and_year",
    "public_value",
)
_BASELINE = "baseline"
_PLACEHOLDER = re.compile(
    r"{(?P<measure>\w+)(?::(?P<verb>\w+))?(?:#(?P<place>\d+))?(?:@(?P<first>\d+)-(?P<last>\d+))?(?:\|(?P<also>\w+))?}"
)
_WIDTH = 120
_NEXT_TO_NOTHING = 0.005  # of shares: half a percentage point

_INTRODUCTION = """# The answers of the shipped scenarios

Made by `python -m analysis.evidence.scenario_answers`; do not edit. The sentences stand in
[scenario_answers.toml](../analysis/evidence/scenario_answers.toml), their numbers come from runs.

Means over the last five years (months 60 to 119) of {runs} runs with seed {seed}, if no other months are named; 1,000
officials. Differences are from the baseline, unless the title names another scenario, and paired run by run (same
officials, same luck); those of shares are in percentage points. Whatever is said to rise or fall does so beyond doubt
as far as chance goes: the 95% interval of the difference leaves out 0. That is no claim about the world. The numbers
hold for this model at its defaults, most of which are assumptions, and public value for weights that are open to
debate.
"""


class ScenarioAnswer(NamedTuple):
    """A sentence with placeholders, what its differences are taken from, and further settings that it tells of."""

    sentence: str
    against: str
    also: Mapping[str, Scenario]


class Where(NamedTuple):
    """Which months of a run, and of which listed jurisdiction (its number from 1; 0 for all) a number is taken."""

    first: int
    last: int
    jurisdiction: int


@functools.cache
def _values(scenario: Scenario) -> NDArray[np.float64]:
    """Return the measures of all runs, shape (runs, months, 1 + listed jurisdictions, measures): all, then each."""
    series = simulate(scenario, by_jurisdiction=bool(scenario.jurisdictions)).series
    if not scenario.jurisdictions:
        return np.stack([run.measures[:, None] for run in series])
    return np.stack([np.concatenate([run.measures[:, None], run.by_jurisdiction], axis=1) for run in series])


def means_of(scenario: Scenario, measure: str, where: Where) -> NDArray[np.float64]:
    """Return the mean of a measure over some months, for each run; missing where there is none in all of them."""
    values = _values(scenario)[:, where.first : where.last + 1, where.jurisdiction, MEASURES.index(measure)]
    n = (~np.isnan(values)).sum(axis=1)
    means: NDArray[np.float64] = np.divide(np.nansum(values, axis=1), n, out=np.full(len(n), np.nan), where=n > 0)
    return means


def answers() -> dict[str, ScenarioAnswer]:
    """Return the answer of every scenario by its name, in the order of the shipped ones; KeyError if one is missing."""
    written = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    return {name: _answer(name, written[name]) for name in shipped_scenarios()}


def _answer(name: str, written: Mapping[str, Any]) -> ScenarioAnswer:
    scenario = find_scenario(name)
    also = {key: with_settings(scenario, _flat(settings)) for key, settings in written.get("also", {}).items()}
    return ScenarioAnswer(written["answer"].strip(), written.get("against", _BASELINE), also)


def _flat(tables: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {f"{table}.{name}": value for table, names in tables.items() for name, value in names.items()}


def filled(name: str, answer: ScenarioAnswer) -> str:
    """Return the sentence of a scenario with its numbers; ValueError where it says what is not so."""

    def number(found: re.Match[str]) -> str:
        scenario = answer.also[found["also"]] if found["also"] else find_scenario(name)
        first, last = found["first"] or scenario.months - WINDOW_MONTHS, found["last"] or scenario.months - 1
        where = Where(int(first), int(last), int(found["place"] or 0))
        here = means_of(scenario, found["measure"], where)
        if not found["verb"]:
            return told(found["measure"], _mean(here))
        there = means_of(find_scenario(answer.against), found["measure"], where)
        return _difference(found["measure"], found["verb"], here - there, f"{name}: {found[0]}")

    return _PLACEHOLDER.sub(number, answer.sentence)


def _mean(values: NDArray[np.float64]) -> float:
    """Return the mean over runs, of those in which there is a value."""
    return float(intervals_of(values[:, None]).mean[0])


def _difference(measure: str, verb: str, differences: NDArray[np.float64], place: str) -> str:
    """Return a difference in figures, if it is as the verb says; ValueError if not."""
    interval = intervals_of(differences[:, None])
    mean, low, high = (float(values[0]) for values in (interval.mean, interval.low, interval.high))
    size = told(measure, abs(mean)).removesuffix("%")
    signed = told_difference(measure, mean)
    holds = {
        "rise": (low > 0.0, size),
        "fall": (high < 0.0, size),
        "change": (not low <= 0.0 <= high, signed),
        "hold": (is_share(measure) and abs(mean) < _NEXT_TO_NOTHING, signed),
    }
    is_so, text = holds[verb]
    if not is_so:
        raise ValueError(f"{place} says what is not so: the difference is {mean:.4g} [{low:.4g}, {high:.4g}]")
    return text


def document() -> str:
    """Return the text of docs/answers.md."""
    found = answers()
    introduction = _INTRODUCTION.format(runs=DEFAULT_REPLICATIONS, seed=DEFAULT_SEED)
    parts = [introduction, *_table(list(found)), ""]
    for name, answer in found.items():
        scenario = find_scenario(name)
        against = f", against `{answer.against}`" if answer.against != _BASELINE else ""
        parts += [f"## {scenario.title.en} (`{name}`{against})", "", f"*{scenario.question.en}*", ""]
        parts += [textwrap.fill(filled(name, answer), _WIDTH, break_long_words=False, break_on_hyphens=False), ""]
    return "\n".join(parts).rstrip() + "\n"


def _table(names: Sequence[str]) -> list[str]:
    """Return the lines of the table of means, a row a scenario."""
    heads = ("", *(labels("en").text(f"measures.{measure}.label") for measure in COLUMNS))
    rows = [heads, ["---", *["---:"] * len(COLUMNS)], *(_row(name) for name in names)]
    return [f"| {' | '.join(row)} |" for row in rows]


def _row(name: str) -> list[str]:
    scenario = find_scenario(name)
    window = Where(scenario.months - WINDOW_MONTHS, scenario.months - 1, 0)
    return [f"`{name}`", *(told(measure, _mean(means_of(scenario, measure, window))) for measure in COLUMNS)]


def main() -> None:
    """Write docs/answers.md."""
    DOCUMENT.write_text(document(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
