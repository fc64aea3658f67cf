"""Dates as coders and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_FORMS = (
    re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[ T]00:00(?::00(?:\.0+)?)?)?"),
    re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})"),
    re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?"),
)
_SERIAL = re.compile(r"(\d{5})(?:\.0)?")
# Spreadsheets count days from here; 1900 was no leap year, but they take it for one.
_FIRST_DAY_OF_SPREADSHEETS = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000


def plain_date(text: str) -> str | None:
    """Return a date as YYYY, YYYY-MM or YYYY-MM-DD; None if it is none.

    Also taken are 2023/7/1, 20230701, 2023年7月1日, and the number of days that a spreadsheet makes of a date.
    """
    serial = _SERIAL.fullmatch(text)
    if serial and text.isascii() and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        return (_FIRST_DAY_OF_SPREADSHEETS + timedelta(days=int(serial[1]))).isoformat()
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and text.translate({ord(sign): None for sign in "年月日号"}).isascii():
            return _checked(*(int(part) if part else None for part in found.groups()))
    return None


def _checked(year: int | None, month: int | None, day: int | None) -> str | None:
    try:
        whole = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]
