"""The fonts of the charts: one that comes with the project, and what to do where it lacks a character."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator
from pathlib import Path

from matplotlib.font_manager import FontProperties, fontManager, get_font

from model.catalogue import Catalogue

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
_log = logging.getLogger(__name__)


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
    if missing:
        _tell_once(catalogue.text("charts.characters_not_shown").format(characters=" ".join(missing)))
    return on_one_line.translate(dict.fromkeys(map(ord, missing), _BOX))


@functools.cache
def _tell_once(message: str) -> None:
    _log.warning("%s", message)


def _character_sets() -> Iterator[frozenset[str]]:
    """Yield what each family has, read only as far as it is needed: a system's Chinese font is large."""
    for family in chart_families():
        yield _characters_of(family)


@functools.cache
def _characters_of(family: str) -> frozenset[str]:
    font = get_font(fontManager.findfont(FontProperties(family=[family])))
    return frozenset(map(chr, font.get_charmap()))
