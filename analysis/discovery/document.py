"""The page on the shipped discovery: under what conditions officials hardly innovate.

``python -m analysis.discovery.document`` runs scenarios/experiments/who_does_not_innovate.toml, in
results/who_does_not_innovate, and writes docs/discovery.md anew; a test compares it with what would be written.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from analysis.discovery.conditions import condition_of
from analysis.discovery.of_experiment import discover
from analysis.discovery.sentences import sentences_of, what_of
from analysis.execution.sweep import SweepWatch, sweep
from analysis.store.experiment import Experiment
from analysis.words import words_in

DOCUMENT = Path(__file__).parents[2] / "docs" / "discovery.md"
NAME = "who_does_not_innovate"
CONDITIONS = ("innovation_rate < 0.15", "innovation_rate > 0.5")
_WIDTH = 120


def document(experiment: Experiment) -> str:
    """Return docs/discovery.md."""
    words = words_in("en")
    told = [
        "# Under what conditions does it come out so?",
        _wrapped(
            "Made by `python -m analysis.discovery.document`; do not edit. Scenario discovery looks for simple "
            "conditions in a sweep: one half of its points finds them, the other half measures them, and resamples "
            f"tell which limits are firm. The sweep is scenarios/experiments/{NAME}.toml: `python run.py sweep {NAME}`"
            ", then the commands below. Ranges are those that are held plausible; a share of points is no probability "
            "in the world."
        ),
    ]
    for text in CONDITIONS:
        condition = condition_of(text)
        found = discover(experiment, condition)
        items = [
            textwrap.fill(sentence, _WIDTH, initial_indent="- ", subsequent_indent="  ")
            for sentence in sentences_of(what_of(condition, words), found, words)
        ]
        told += [f"## {text}", f'`python run.py discover results/{NAME} --when "{text}"`', "\n".join(items)]
    return "\n\n".join(told) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def main() -> None:
    """Write docs/discovery.md."""
    experiment = sweep(NAME, watch=SweepWatch(say=print))
    DOCUMENT.write_text(document(experiment), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
