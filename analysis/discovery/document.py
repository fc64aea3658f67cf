"""The page on the shipped discovery: under what conditions officials hardly innovate.

``python -m analysis.discovery.document`` runs scenarios/experiments/who_does_not_innovate.toml, in
results/who_does_not_innovate, and writes docs/discovery.md anew, in both languages; a test compares what would be
written.
"""

from __future__ import annotations

from analysis.discovery.conditions import condition_of
from analysis.discovery.of_experiment import discover
from analysis.discovery.sentences import sentences_of, what_of
from analysis.documents import bullets, headed, paragraph, write_document
from analysis.execution.sweep import SweepWatch, sweep
from analysis.store.experiment import Experiment
from analysis.words import words_in
from model.catalogue import Language

DOCUMENT = "discovery"
NAME = "who_does_not_innovate"
CONDITIONS = ("innovation_rate < 0.15", "innovation_rate > 0.5")


def document(experiment: Experiment, language: Language) -> str:
    """Return docs/discovery.md in a language."""
    words = words_in(language)
    told = [
        headed(words.text("discovery.document_title"), DOCUMENT, language),
        paragraph(words.text("discovery.document_introduction").format(name=NAME), language),
        paragraph(words.text("discovery.document_limits"), language),
    ]
    for text in CONDITIONS:
        condition = condition_of(text)
        found = discover(experiment, condition)
        told += [
            f"## {text}",
            f'`python run.py discover results/{NAME} --when "{text}"`',
            bullets(sentences_of(what_of(condition, words), found, words), language),
        ]
    return "\n\n".join(told) + "\n"


def main() -> None:
    """Write docs/discovery.md in both languages."""
    experiment = sweep(NAME, watch=SweepWatch(say=print))
    write_document(DOCUMENT, lambda language: document(experiment, language))


if __name__ == "__main__":
    main()
