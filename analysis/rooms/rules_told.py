"""The rules of a session as a report tells them: their sentences, and side by side what the wall said in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from analysis.report.elements import Callout, Element, Facts, Paragraph, Table
from analysis.rooms.session import Session
from analysis.rooms.wall import WallNumbers, filing_never_pays, saved_by_filing
from model.catalogue import Catalogue

_FIRST_LETTER = ord("A")
_NUMBERS: tuple[tuple[str, Callable[[WallNumbers], float]], ...] = (
    ("pursued", lambda wall: wall.pursued_in_100),
    ("times", lambda wall: wall.times_baseline),
    ("exempt", lambda wall: wall.exempt_tenths),
    ("exempt_filed", lambda wall: wall.exempt_filed_tenths),
    ("sanctions_known", lambda wall: wall.publicity_tenths),
    ("exemptions_known", lambda wall: wall.disclosure_tenths),
    ("called", lambda wall: wall.called_in_1000),
)
_OF_FILING: tuple[tuple[str, Callable[[WallNumbers], float]], ...] = (
    ("filing", lambda wall: wall.filing),
    ("saved", lambda wall: round(saved_by_filing(wall), 1)),
)


def titles_of(said: Mapping[str, Any], words: Catalogue) -> list[str]:
    """Return the rules' titles with the letters by which the wall calls them."""
    titled = words.text("rooms.rule_titled")
    return [titled.format(letter=letter_of(act), title=title) for act, title in enumerate(said["acts"])]


def letter_of(act: int) -> str:
    """Return the letter by which the wall calls a rule."""
    return chr(_FIRST_LETTER + act)


def walls_of_acts(session: Session) -> dict[int, WallNumbers]:
    """Return what stood on the wall of each rule that held in any world."""
    found = {wall.act: wall for walls in session.walls for wall in walls}
    return dict(sorted(found.items()))


def rules_told(session: Session, said: Mapping[str, Any], words: Catalogue) -> list[Element]:
    """Return the rules: what they say, what the wall told of each, and whether failures are pursued as in the model."""
    titles, walls = titles_of(said, words), walls_of_acts(session)
    head = (words.text("rooms.rule_number"), *(titles[act] for act in walls))
    numbers = (*_NUMBERS, *_OF_FILING) if filing_is_open(session) else _NUMBERS
    rows = tuple(
        (words.text(f"rooms.rule_{name}"), *(f"{of(wall):g}" for wall in walls.values())) for name, of in numbers
    )
    blocks: list[Element] = [Facts(tuple(zip(titles, said["rules"], strict=True))), Table("", head, rows)]
    times = {wall.times_baseline for wall in walls.values()}
    if times != {1.0}:
        least, most = f"{min(times):g}", f"{max(times):g}"
        told = least if least == most else words.text("rooms.from_to").format(least=least, most=most)
        blocks.append(Callout(words.text("rooms.harsher").format(times=told), "warning"))
    if filing_is_open(session) and filing_never_pays(list(walls.values())):
        blocks.append(Paragraph(words.text("rooms.filing_note")))
    return [*blocks, Paragraph(words.text("rooms.care_note"), is_quiet=True)]


def filing_is_open(session: Session) -> bool:
    """Tell whether people could file in advance in this play."""
    return session.designs[0].parameters_in(1).behaviour.filed_innovation_open > 0.0
