"""A discovery in words: what, where, how sure, how much of it, perhaps, and only within which ranges."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from analysis.design.specification import Factor
from analysis.discovery.conditions import Clause, Condition
from analysis.discovery.discovery import Discovery, FoundBox, Limit
from analysis.number_format import is_share
from model.catalogue import Catalogue

_MOSTLY = 0.5


def sentences_of(what: str, found: Discovery, words: Catalogue) -> list[str]:
    """Return what was found, a paragraph a box, or that no simple condition was.

    `what` is the condition in words, as `what_of` gives it, without a capital.
    """
    factors = {factor.path: factor for factor in found.factors}
    if not found.boxes:
        texts = {"what": what, "base": percent(found.base_rate), "n": f"{found.n_points:,}"}
        return [words.text("discovery.nothing").format(**texts)]
    told = [_box_sentences(what, box, factors, words, number) for number, box in enumerate(found.boxes)]
    told += _together_sentence(found, words)
    if found.second is not None:
        texts = {
            "density": percent(found.second.held_out.density),
            "coverage": percent(found.second.held_out.coverage),
            "overlap": percent(found.second.overlap),
        }
        key = "second_prim" if found.how.method == "cart" else "second_cart"
        told.append(words.text(f"discovery.{key}").format(**texts))
    left_out = [words.text("discovery.left_out").format(n=f"{found.n_missing:,}")] if found.n_missing else []
    return [*told, *left_out, words.text("discovery.only_within").format(n=f"{found.n_points:,}")]


def what_of(condition: Condition, words: Catalogue) -> str:
    """Return the condition in words: innovation rate is below 15%."""
    joined = words.text("discovery.both")
    told = [_clause(clause, condition.of == "difference", words) for clause in condition.clauses]
    return told[0] if len(told) == 1 else joined.format(one=told[0], other=told[1])


def _clause(clause: Clause, is_difference: bool, words: Catalogue) -> str:
    key = "change" if is_difference else "level"
    side = "below" if clause.sign == "<" else "above"
    number = 100.0 * clause.number if is_share(clause.measure) else clause.number
    unit = "" if not is_share(clause.measure) else words.text("discovery.points") if is_difference else "%"
    texts = {
        "measure": small(words.text(f"measures.{clause.measure}.label")),
        "side": words.text(f"discovery.{side}"),
        "number": f"{number:+g}{unit}" if is_difference else f"{number:g}{unit}",
    }
    return words.text(f"discovery.{key}").format(**texts)


def _box_sentences(what: str, box: FoundBox, factors: Mapping[str, Factor], words: Catalogue, number: int) -> str:
    """Return the sentences on a box, counted from 0; what is told of a later one is of the points in none before."""
    texts = {
        "what": _spaced(what[:1].upper() + what[1:] if number == 0 else what, words),
        "often": words.text("discovery.mostly" if box.added.density > _MOSTLY else "discovery.more_often"),
        "where": _conditions(box.limits, factors, words),
        "density": percent(box.added.density),
        "low": percent(box.added.low),
        "high": percent(box.added.high),
        "base": percent(box.added.base_rate),
        "coverage": percent(box.added.coverage),
    }
    if number == 0:
        keys = ["where" if any(limit.is_firm for limit in box.limits) else "where_perhaps", "how_sure", "how_much"]
    else:
        first = "where_wider" if box.wider_than is not None else "where_besides"
        texts["outside"] = words.text("discovery.outside_one" if number == 1 else "discovery.outside_all")
        keys = [first, "how_sure_besides", "how_much_besides"]
    told = [words.text(f"discovery.{key}").format(**texts) for key in keys]
    if box.limits[0].share == box.limits[0].share:
        ends = words.text("discovery.semicolon").join(_ends(limit, words) for limit in box.limits)
        texts = {"ends": ends, "steadiness": percent(box.steadiness)}
        told.append(words.text("discovery.how_steady").format(**texts))
    return ("" if words.language == "zh" else " ").join(told)


def _spaced(text: str, words: Catalogue) -> str:
    """Return a text that a Chinese one follows at once, with the space that stands after figures and letters."""
    return f"{text} " if words.language == "zh" and text[-1:].isascii() else text


def _conditions(limits: Sequence[Limit], factors: Mapping[str, Factor], words: Catalogue) -> str:
    """Return the limits of a box in words, those that are not firm at the end, with a perhaps."""
    firm, shaky = (
        _listed([_where(limit, factors[limit.path], words) for limit in limits if limit.is_firm == is_firm], words)
        for is_firm in (True, False)
    )
    if firm and shaky:
        return words.text("discovery.perhaps_too").format(firm=firm, shaky=shaky)
    return firm or words.text("discovery.none_firm").format(shaky=shaky)


def _together_sentence(found: Discovery, words: Catalogue) -> Iterator[str]:
    """Yield what several boxes hold together."""
    if found.together is not None and len(found.boxes) > 1:
        texts = {
            "coverage": percent(found.together.coverage),
            "mass": percent(found.together.mass),
            "density": percent(found.together.density),
        }
        yield words.text(f"discovery.together_{len(found.boxes)}").format(**texts)


def _where(limit: Limit, factor: Factor, words: Catalogue) -> str:
    texts = {
        "factor": label_of(limit.path, words),
        "side": words.text(f"discovery.{limit.side}"),
        "at": f"{limit.at:.3g}",
        "low": f"{factor.low:g}",
        "high": f"{factor.high:g}",
    }
    return words.text("discovery.limit").format(**texts)


def _ends(limit: Limit, words: Catalogue) -> str:
    texts = {
        "factor": label_of(limit.path, words),
        "share": percent(limit.share),
        "low": f"{limit.low:.3g}",
        "high": f"{limit.high:.3g}",
        "at": f"{limit.at:.3g}",
    }
    key = "discovery.end" if limit.lies == "within" else f"discovery.end_{limit.lies}"
    return words.text(key).format(**texts)


def label_of(path: str, words: Catalogue) -> str:
    """Return the name of a factor in the words of the model, without a capital in the middle of a sentence."""
    return small(words.text(f"parameters.{path}.label") if f"parameters.{path}.label" in words.texts else path)


def small(text: str) -> str:
    """Return a text without a capital at its beginning."""
    return text[:1].lower() + text[1:]


def _listed(texts: Sequence[str], words: Catalogue) -> str:
    if len(texts) < 2:
        return "".join(texts)
    between = words.text("discovery.comma")
    return words.text("discovery.last").format(first=between.join(texts[:-1]), last=texts[-1])


def percent(share: float) -> str:
    """Return a share as a whole percentage, a dash where there is none."""
    return f"{100.0 * share:.0f}%" if math.isfinite(share) else "–"
