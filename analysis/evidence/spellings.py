"""One form for values that coders and spreadsheets write in several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from model.catalogue import Language

CONSENSUS = "consensus"
_ALSO_YES_NO = {"1": "yes", "0": "no", "true": "yes", "false": "no", "是": "yes", "否": "no"}
_WHOLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?")
_EXPLANATION = re.compile("[:：（(]")  # what stands behind it in a label explains the value


def yes_or_no(text: str) -> str:
    """Return yes or no for whatever means it; else the text as it stands, in small letters."""
    lower = text.lower()
    return _ALSO_YES_NO.get(lower, lower)


def whole_number(text: str) -> str:
    """Return the digits of a whole number, also of "1,025" and "25.0"; the text itself if it is none."""
    number = _WHOLE.fullmatch(text) if text.isascii() else None
    return number[1].replace(",", "").lstrip("0") or "0" if number else text


def coder(text: str) -> str:
    """Return a coder's name; the one for adjudicated codings in small letters, however it is written."""
    return CONSENSUS if text.lower() == CONSENSUS else text


def value_of_label(text: str, labels: Mapping[str, Mapping[Language, str]]) -> str:
    """Return the value that a text names, itself or by what it is called in a language; else it, in small letters."""
    lower = text.lower()
    if lower in labels:
        return lower
    return next((value for value, names in labels.items() if lower in _short(names.values())), lower)


def _short(names: Iterable[str]) -> set[str]:
    return {form.strip().lower() for name in names for form in (name, _EXPLANATION.split(name)[0])}
