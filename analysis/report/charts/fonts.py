"""The fonts of the charts: one that comes with the project, and what to do where it lacks a character."""

from __future__ import annotations

import functools
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from matplotlib.font_manager import FontProperties, fontManager, get_font

from analysis.words import words_in
from model.catalogue import LANGUAGES, Catalogue

CHART_FAMILY = "Chart Sans SC"
CHART_FONT = Path(__file__).parents[1] / "fonts" / "chart_sans_sc.ttf"
# Comes with matplotlib and has the signs of most European languages.
_LATIN_FAMILY = "DejaVu Sans"
# Chinese families of the usual systems, for characters of users' titles that the chart font was not cut to.
_SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Arial Unicode MS",
    "Noto Sans CJK JP",
)
_BOX = "□"
_MISSING_GLYPH = r"Glyph (\d+) .*missing from"  # how matplotlib's warning of a character that no font has begins
_log = logging.getLogger(__name__)
_told: set[str] = set()


@functools.cache
def chart_families() -> tuple[str, ...]:
    """Return the families that charts are set in, each for the characters that those before it lack."""
    fontManager.addfont(CHART_FONT)
    installed = {entry.name for entry in fontManager.ttflist}
    return (CHART_FAMILY, _LATIN_FAMILY, *(family for family in _SYSTEM_FAMILIES if family in installed))


def characters_not_shown(text: str) -> str:
    """Return the characters of a text that no font at hand has, each once, in the order of their code."""
    missing = {character for character in text if character.isprintable()}
    for known in _character_sets():
        missing -= known
        if not missing:
            break
    return "".join(sorted(missing))


def showable(text: str, catalogue: Catalogue) -> str:
    """Return a user's text as charts can show it: on one line, a box for each character that no font at hand has.

    The characters replaced are told once, in one line of the log, which goes to standard error unless set otherwise.
    """
    on_one_line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    missing = characters_not_shown(on_one_line)
    _tell_once(missing, [catalogue])
    return on_one_line.translate(dict.fromkeys(map(ord, missing), _BOX))


@contextmanager
def missing_glyphs_told() -> Iterator[None]:
    """Tell of the characters that no font at hand has once, in a line of the log, in place of a warning for each.

    So it is for texts that come into a chart from elsewhere than a scenario's title: names of places, levels, plays.
    """
    missing: set[str] = set()
    with warnings.catch_warnings():
        warnings.filterwarnings("always", message=_MISSING_GLYPH)
        show = warnings.showwarning

        def note(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> None:
            glyph = re.match(_MISSING_GLYPH, str(message))
            if glyph:
                missing.add(chr(int(glyph[1])))
            else:
                show(message, category, filename, lineno, file, line)

        warnings.showwarning = note
        yield
    _tell_once(missing, map(words_in, LANGUAGES))


def _tell_once(characters: Iterable[str], catalogues: Iterable[Catalogue]) -> None:
    """Tell which characters charts cannot show, in these languages; those that have been told are not told again."""
    new = sorted(set(characters) - _told)
    if new:
        _told.update(new)
        texts = [each.text("charts.characters_not_shown").format(characters=" ".join(new)) for each in catalogues]
        _log.warning("%s", " / ".join(texts))


def _character_sets() -> Iterator[frozenset[str]]:
    """Yield what each family has, read only as far as it is needed: a system's Chinese font is large."""
    for family in chart_families():
        yield _characters_of(family)


@functools.cache
def _characters_of(family: str) -> frozenset[str]:
    font = get_font(fontManager.findfont(FontProperties(family=[family])))
    return frozenset(map(chr, font.get_charmap()))
