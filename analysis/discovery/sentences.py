"""A discovery in words: what, where, how sure, how much of it, perhaps, and only within which ranges."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analysis.design.specification import Factor
from analysis.discovery.conditions import Clause, Condition
from analysis.discovery.discovery import Discovery, FoundBox, Limit
from analysis.number_format import is_share
from model.catalogue import Catalogue


def sentences_of(what: str, found: Discovery, words: Catalogue) -> list[str]:
    """Return what was found, a paragraph a box, or that no simple condition was.

    `what` is the condition in words, as `what_of` gives it, without a capital.
    """
    factors = {factor.path: factor for factor in found.factors}
    if not found.boxes:
        texts = {"what": what, "base": percent(found.base_rate), "n": f"{found.n_points:,}"}
        return [words.text("discovery.nothing").format(**texts)]
    told = [_box_sentences(what, box, factors, words, number) for number, box in enumerate(found.boxes)]
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
    firm = [limit for limit in box.limits if limit.is_firm]
    shaky = [limit for limit in box.limits if not limit.is_firm]
    where = _listed([_where(limit, factors[limit.path], words) for limit in firm or shaky], words)
    key = ("where" if firm else "where_perhaps") if number == 0 else "where_also"
    texts = {
        "what": what[:1].upper() + what[1:],
        "where": where,
        "density": percent(box.held_out.density),
        "low": percent(box.held_out.low),
        "high": percent(box.held_out.high),
        "base": percent(box.held_out.base_rate),
        "coverage": percent(box.held_out.coverage),
    }
    parts = [words.text(f"discovery.{key}"), words.text("discovery.how_sure"), words.text("discovery.how_much")]
    told = [part.format(**texts) for part in parts]
    if firm and shaky:
        told.append(
            words.text("discovery.perhaps").format(
                where=_listed([_where(limit, factors[limit.path], words) for limit in shaky], words)
            )
        )
    if box.limits[0].share == box.limits[0].share:
        ends = words.text("discovery.semicolon").join(_ends(limit, words) for limit in box.limits)
        texts = {"ends": ends, "steadiness": percent(box.steadiness)}
        told.append(words.text("discovery.how_steady").format(**texts))
    return ("" if words.language == "zh" else " ").join(told)


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
    }
    return words.text("discovery.end").format(**texts)


def label_of(path: str, words: Catalogue) -> str:
    """Return the name of a factor in the words of the model, without a capital in the middle of a sentence."""
    return small(words.text(f"parameters.{path}.label") if f"parameters.{path}.label" in words.texts else path)


def small(text: str) -> str:
    """Return a text without a capital at its beginning."""
    return text[:1].lower() + text[1:]


def _listed(texts: Sequence[str], words: Catalogue) -> str:
    if len(texts) == 1:
        return texts[0]
    between = words.text("discovery.comma")
    return words.text("discovery.last").format(first=between.join(texts[:-1]), last=texts[-1])


def percent(share: float) -> str:
    """Return a share as a whole percentage, a dash where there is none."""
    return f"{100.0 * share:.0f}%" if math.isfinite(share) else "–"
