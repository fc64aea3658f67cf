"""Words that several sections of a report need: settings, points, months."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from analysis.design.factors import parameter_of, value_of_reference
from analysis.design.reach import EVERYWHERE, Reach, Where, reach_of
from analysis.design.specification import SCENARIO, Factor, Specification
from analysis.number_format import told_number, whole
from analysis.words import with_singulars
from model.catalogue import Catalogue
from model.parameters import about, words_of
from model.scenario import Text
from model.scenario.scenario import Change, Scenario

_SIZES = ("size.officials", "size.jurisdictions", "size.months")
_MOST_FACTORS_NAMED = 3


def said(text: Text, words: Catalogue) -> str:
    """Return a text of two languages in that of the report."""
    return str(getattr(text, words.language))


def label(path: str, words: Catalogue) -> str:
    """Return the name of a parameter, or of the factor whose levels are scenarios."""
    if path == SCENARIO:
        return words.text("sweep.scenario_factor")
    return words.text(f"parameters.{parameter_of(path)}.label")


def measure_label(measure: str, words: Catalogue) -> str:
    """Return the name of a measure."""
    return words.text(f"measures.{measure}.label")


def listed(texts: list[str], words: Catalogue) -> str:
    """Return texts with commas between them."""
    return words.text("scenario.comma").join(texts)


def origin_text(scenario: Scenario) -> str:
    """Return where a scenario says that it comes from, key by key; empty if it does not say."""
    return ", ".join(f"{name} {value}" for name, value in scenario.provenance)


def named_with_origin(scenario: Scenario) -> str:
    """Return the name of a scenario, with where it says that it comes from in brackets."""
    origin = origin_text(scenario)
    return f"{scenario.name} [{origin}]" if origin else scenario.name


def size_text(scenario: Scenario, words: Catalogue) -> str:
    """Return how large a scenario is, and how long."""
    text = words.text("scenario.size").format(
        officials=whole(scenario.officials),
        jurisdictions=whole(scenario.n_jurisdictions),
        months=whole(scenario.months),
    )
    return with_singulars(text)


def unit_text(path: str, words: Catalogue) -> str:
    """Return the unit of a parameter; nothing for counts and lists."""
    if path in (*_SIZES, SCENARIO, "behaviour.actions") or words_of(path):
        return ""
    return words.text(f"units.{about(parameter_of(path)).unit}")


def setting_text(path: str, value: float | str | tuple[str, ...] | None, words: Catalogue) -> str:
    """Return the value of a setting: a number, the open actions, or that there is none."""
    if value is None:
        return words.text("scenario.none")
    if isinstance(value, str):
        return words.text(f"choices.{path}.{value}")
    if isinstance(value, tuple):
        return listed([words.text(f"actions.{action}.label") for action in value], words)
    return whole(int(value)) if path in _SIZES else told_number(value, 6)


def level_text(specification: Specification, factor: Factor, value: float, words: Catalogue) -> str:
    """Return the level that a value of a factor stands for: the title of a scenario, or a word of a setting."""
    if factor.path == SCENARIO:
        return said(specification.scenarios[int(value)].title, words)
    return words.text(f"choices.{factor.path}.{factor.levels[int(value)]}")


def levels_text(specification: Specification, factor: Factor, words: Catalogue) -> str:
    """Return the levels of a factor that are in the design; nothing if it has none."""
    values = factor.values if factor.levels else ()
    return listed([level_text(specification, factor, value, words) for value in values], words)


def spread_text(factor: Factor, words: Catalogue) -> str:
    """Return how the values of a factor are spread, if that is not evenly; else nothing."""
    if factor.distribution is None:
        return ""
    numbers = {
        key: told_number(value, 6) for key, value in asdict(factor.distribution).items() if isinstance(value, float)
    }
    return words.text(f"sweep.spread_{factor.distribution.kind}").format(**numbers)


def plausible_range(path: str) -> tuple[float, float] | None:
    """Return the plausible range of a factor; None for sizes, scenarios and parameters without one."""
    return None if path == SCENARIO or path.startswith("size.") else about(parameter_of(path)).plausible


def base_value_text(specification: Specification, factor: Factor, words: Catalogue) -> str:
    """Return the value of a factor in the base scenario, or that it differs by place."""
    value = value_of_reference(specification, factor)
    if factor.path == SCENARIO:
        none = words.text("sweep.no_level")
        return none if np.isnan(value) else level_text(specification, factor, value, words)
    return words.text("sweep.differs_by_place") if np.isnan(value) else setting_text(factor.path, value, words)


def reach_text(reach: Reach, where: Where, words: Catalogue) -> str:
    """Return where and when a value acts, if that is not everywhere and always; else nothing."""
    if where == EVERYWHERE:
        return words.text("sweep.reach_everywhere")
    texts = []
    if isinstance(where, tuple):
        texts.append(words.text("sweep.reach_places").format(places=listed(list(where), words)))
    elif reach.missed_places:
        places = listed([said(name, words) for name in reach.missed_places], words)
        texts.append(words.text("sweep.reach_missed").format(places=places))
    if reach.spans != ((1, reach.n_months),):
        spans = [words.text("sweep.reach_span").format(first=first, last=last) for first, last in reach.spans]
        texts.append(words.text("sweep.reach_months").format(spans=listed(spans, words), months=reach.n_months))
    return listed(texts, words)


def unseen_texts(specification: Specification, words: Catalogue) -> list[str]:
    """Return a sentence on each factor that acts in none of the months over which means are taken, or not everywhere.

    Where scenarios are levels of a factor, the others may do nothing in some of them.
    """
    first, last = window_months(specification)
    texts = []
    for factor in specification.factors:
        scenarios = specification.scenarios or (specification.base,)
        reaches = [reach_of(scenario, factor.path, factor.where) for scenario in scenarios]
        names = {"factor": label(factor.path, words), "first": first, "last": last}
        if not any(reach.acts_in(first, last) for reach in reaches):
            texts.append(words.text("sweep.reach_unseen").format(**names))
        without = [said(scenario.title, words) for scenario, r in zip(scenarios, reaches, strict=True) if r.is_nothing]
        if without and factor.path != SCENARIO:
            texts.append(words.text("sweep.reach_levels").format(scenarios=listed(without, words), **names))
    return texts


def time_text(change: Change, words: Catalogue) -> str:
    """Return from when to when a change is in force; months are counted from 1."""
    key = "from_month" if change.until is None else "from_month_until"
    text = words.text(f"scenario.{key}").format(month=change.month + 1, until=change.until)
    if change.phase_in_months > 1:
        text += words.text("scenario.phased_in").format(months=change.phase_in_months)
    return text.lstrip(",， ")


def window_months(specification: Specification) -> tuple[int, int]:
    """Return the first and the last month of the window over which means are taken, counted from 1."""
    end = specification.window_until or specification.base.months
    return max(0, end - specification.window_months) + 1, end


def point_text(specification: Specification, point: NDArray[np.float64], number: int, words: Catalogue) -> str:
    """Return what a point is: its values if they are few, else its number."""
    if len(specification.factors) > _MOST_FACTORS_NAMED:
        return words.text("report.point_number").format(number=whole(number))
    texts = []
    for factor, value in zip(specification.factors, point.tolist(), strict=True):
        is_level = bool(factor.levels)
        told = level_text(specification, factor, value, words) if is_level else told_number(value)
        texts.append(f"{label(factor.path, words)} {told}")
    return listed(texts, words)
