"""The page on the shipped search: which packages hold up, with numbers from fresh worlds, and the packages themselves.

``python -m analysis.search.document`` searches, in results/robust_policies, and writes docs/search.md and
scenarios/packages anew, the page in both languages; a test compares them with what would be written.
"""

from __future__ import annotations

from pathlib import Path

from analysis.documents import bullets, headed, paragraph, table, write_document
from analysis.execution.sweep import SweepWatch
from analysis.search.front import scenarios_of, text_of
from analysis.search.search import SearchResult, search
from analysis.search.search_file import find_search
from analysis.search.sentences import (
    difference_head,
    difference_rows,
    failing_sentences,
    lever_head,
    lever_rows,
    objective_head,
    objective_rows,
    plan_sentences,
    result_sentences,
)
from analysis.words import words_in
from model.catalogue import Language

DOCUMENT = "search"
PACKAGES = Path(__file__).parents[2] / "scenarios" / "packages"
NAME = "robust_policies"


def document(found: SearchResult, language: Language) -> str:
    """Return docs/search.md in a language."""
    words = words_in(language)

    def text(key: str) -> str:
        return words.text(f"search.{key}")

    told = [
        headed(text("document_title"), DOCUMENT, language),
        paragraph(text("document_introduction").format(name=NAME, officials=found.plan.base.officials), language),
        *(paragraph(one, language) for one in plan_sentences(found.plan, words)),
        f"## {text('report_left')}",
        bullets(result_sentences(found, words), language),
        table(lever_head(found, words), lever_rows(found, words)),
        paragraph(text("how_to_read"), language),
        table(objective_head(found, words), objective_rows(found, words)),
        paragraph(text("differences"), language),
        table(difference_head(found, words), difference_rows(found, words)),
        f"## {text('report_failing')}",
        paragraph(text("document_failing").format(name=NAME), language),
        bullets(failing_sentences(found, words), language),
    ]
    return "\n\n".join(told) + "\n"


def package_files(found: SearchResult) -> dict[str, str]:
    """Return the packages as the texts of scenarios, by the names of their files."""
    return {f"{scenario.name}.toml": text_of(scenario, found.plan) for scenario in scenarios_of(found)}


def main() -> None:
    """Write docs/search.md in both languages, and scenarios/packages."""
    found = search(find_search(NAME), watch=SweepWatch(say=print))
    write_document(DOCUMENT, lambda language: document(found, language))
    for path in PACKAGES.glob("*.toml"):
        path.unlink()
    PACKAGES.mkdir(exist_ok=True)
    for name, text in package_files(found).items():
        (PACKAGES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
