"""The page's Chinese font: Noto Sans SC (SIL Open Font License 1.1) cut to the characters that the page can show.

The source is the npm package `@fontsource/noto-sans-sc`, which `npm ci` puts in place. The same source and texts
give the same file, byte for byte.
"""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.report.charts.cut_font import cut

APP = Path(__file__).parents[1]
SOURCE = APP / "node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2"
PAGE_FONT = APP / "generated" / "page_font.woff2"
# What both scripts use, and is wider in Chinese.
_SHARED_SIGNS = "·—‘’“”…"
_FIRST_HAN = "\u2e80"
# Korean names in notes on sources are left to the system's fonts.
_HANGUL = ("\uac00", "\ud7af")


def page_texts() -> list[Path]:
    """Return the files whose text the page can show."""
    patterns = ("index.html", "texts/*.toml", "lessons/*/*.toml", "generated/*.json", "room/plays/*.toml")
    return sorted(path for pattern in patterns for path in APP.glob(pattern))


def page_characters() -> frozenset[str]:
    """Return the Chinese characters and signs that the page can show; Latin ones are left to the system's fonts."""
    text = "".join(path.read_text(encoding="utf-8") for path in page_texts())
    chinese = {sign for sign in text if sign >= _FIRST_HAN and not _HANGUL[0] <= sign <= _HANGUL[1]}
    return frozenset(chinese) | frozenset(_SHARED_SIGNS)


def cut_page_font(source: Path = SOURCE, target: Path = PAGE_FONT) -> int:
    """Write the cut font as WOFF2; return its size in bytes.

    Raises
    ------
    FileNotFoundError
        If the source is not there: run `npm ci` in the folder app.
    ImportError
        If brotli is missing.
    """
    tables: Any = import_module("fontTools.ttLib")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "page_font.ttf"
        cut(source, plain, page_characters())
        font = tables.TTFont(plain, recalcTimestamp=False)
        font.flavor = "woff2"
        font.save(target)
    return target.stat().st_size


def characters_not_in_font(font_file: Path = PAGE_FONT) -> frozenset[str]:
    """Return the characters that the page can show and its font does not have."""
    tables: Any = import_module("fontTools.ttLib")
    font = tables.TTFont(font_file)
    return frozenset(sign for sign in page_characters() if ord(sign) not in font.getBestCmap())
