"""The claims of a lesson with their numbers in words, as the page says them."""

from __future__ import annotations

from typing import NamedTuple

from app.teaching.claims import lead_of, quantity
from app.teaching.files import Lesson, Tree, parts_of
from app.teaching.kit_charts import size_of_lessons
from app.teaching.kit_words import word
from model.measures import about_measure

_UNITS = {"count per month": "count", "per 100 officials and year": "per_100", "value per official and month": "value"}
_DIGITS = {"count": 1, "per_100": 1, "value": 3}
_MINUS = "\u2212"


class ClaimTold(NamedTuple):
    """A claim as it is handed out: the question, the answer, what stands behind it, and the number of its chart."""

    ask: str
    text: str
    key: str
    numbers: str
    chart: int


def claims_told(lesson: Lesson, language: str, *, only_short: bool = False) -> list[ClaimTold]:
    """Return the claims of a lesson, or those that its short form keeps, with their numbers."""
    chart, told = 0, []
    short = lesson.content.get("short", ())
    for number, claim in enumerate(lesson.content["claim"], start=1):
        chart = claim.get("chart", chart)
        if not only_short or number in short:
            texts = claim["ask"][language], claim["text"][language]
            told.append(ClaimTold(*texts, claim["is"], numbers_of(lesson, claim, language), chart))
    return told


def numbers_of(lesson: Lesson, claim: Tree, language: str) -> str:
    """Return a claim's two values, their difference and its interval in words."""
    lead = lead_of(lesson, claim)
    own, other = (float(quantity(lesson, claim[key]).mean()) for key in ("quantity", "than"))
    unit = _unit_of(claim["quantity"])
    officials, _, _ = size_of_lessons()
    if unit:
        return word(language, "against").format(
            own=_plain(own, _DIGITS[unit]),
            other=_plain(other, _DIGITS[unit]),
            unit=word(language, unit).format(officials=f"{officials:,}"),
            difference=_signed(lead.mean, _DIGITS[unit]),
            low=_signed(lead.low, _DIGITS[unit]),
            high=_signed(lead.high, _DIGITS[unit]),
        )
    is_difference = "less" in claim["quantity"]
    shown = (lambda value: f"{_signed(100 * value, 1)} {word(language, 'points')}") if is_difference else _percent
    return word(language, "against").format(
        own=shown(own),
        other=shown(other),
        unit="",
        difference=f"{_signed(100 * lead.mean, 1)} {word(language, 'points')}",
        low=_signed(100 * lead.low, 1),
        high=_signed(100 * lead.high, 1),
    )


def _unit_of(asked: Tree) -> str | None:
    """Return the key of a quantity's unit, or None if it is a share."""
    (_, first), *_ = parts_of(asked["measure"])
    return None if "per" in asked else _UNITS.get(about_measure(first).unit)


def _percent(share: float) -> str:
    return f"{_plain(100 * share, 1)}%"


def _plain(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", _MINUS)


def _signed(value: float, digits: int) -> str:
    text = f"{value:+.{digits}f}"
    return (text[1:] if float(text) == 0 else text).replace("-", _MINUS)
