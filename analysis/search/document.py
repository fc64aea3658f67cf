"""The page on the shipped search: which packages hold up, with numbers from fresh worlds, and the packages themselves.

``python -m analysis.search.document`` searches, in results/robust_policies, and writes docs/search.md and
scenarios/packages anew; a test compares them with what would be written.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.execution.sweep import SweepWatch
from analysis.search.front import scenarios_of, text_of
from analysis.search.search import SearchResult, search
from analysis.search.search_file import find_search
from analysis.search.sentences import (
    failing_sentences,
    lever_head,
    lever_rows,
    objective_head,
    objective_rows,
    plan_sentences,
    result_sentences,
)
from analysis.words import words_in

_ROOT = Path(__file__).parents[2]
DOCUMENT = _ROOT / "docs" / "search.md"
PACKAGES = _ROOT / "scenarios" / "packages"
NAME = "robust_policies"
_WIDTH = 120


def document(found: SearchResult) -> str:
    """Return docs/search.md."""
    words = words_in("en")
    told = [
        "# Packages that hold up",
        _wrapped(
            "Made by `python -m analysis.search.document`; do not edit. Which packages of policy hold up whatever is "
            f"true of officials? The search is scenarios/searches/{NAME}.toml; `python run.py search {NAME}` does it "
            "again. Its packages are scenarios in scenarios/packages, numbered as here: `python run.py compare "
            f"baseline scenarios/packages/{NAME}_1.toml --officials {found.plan.base.officials}`."
        ),
        *map(_wrapped, plan_sentences(found.plan, words)),
        "## What is left in fresh worlds",
        _items(result_sentences(found, words)),
        _table(lever_head(found, words), lever_rows(found, words)),
        _wrapped(words.text("search.how_to_read")),
        _table(objective_head(found, words), objective_rows(found, words)),
        "## Where they fail",
        _items(failing_sentences(found, words)),
    ]
    return "\n\n".join(told) + "\n"


def package_files(found: SearchResult) -> dict[str, str]:
    """Return the packages as the texts of scenarios, by the names of their files."""
    return {f"{scenario.name}.toml": text_of(scenario, found.plan) for scenario in scenarios_of(found)}


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _items(texts: Iterable[str]) -> str:
    wrapped = (
        textwrap.fill(text[:1].upper() + text[1:], _WIDTH, initial_indent="- ", subsequent_indent="  ")
        for text in texts
    )
    return "\n".join(wrapped)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Write docs/search.md and scenarios/packages."""
    found = search(find_search(NAME), watch=SweepWatch(say=print))
    DOCUMENT.write_text(document(found), encoding="utf-8", newline="\n")
    for path in PACKAGES.glob("*.toml"):
        path.unlink()
    PACKAGES.mkdir(exist_ok=True)
    for name, text in package_files(found).items():
        (PACKAGES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
