"""What is measured each month, in each jurisdiction and in all (model.md, 8): name, unit and formula of every measure.

A field of `Measures` declares a measure, a line of `measures_of` says how it follows from what was counted. A ratio
whose denominator is empty is missing (NaN), not 0. "cases" and "exemptions" are those after innovations.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Annotated, NamedTuple, get_type_hints

from model.compiled import compiled
from model.parameters import MONTHS_PER_YEAR, Value
from model.vocabulary import FIXED_POINT_UNITS, Counts, cases_in, exemptions_in, failures_in, innovations_in


@dataclass(frozen=True)
class AboutMeasure:
    """The unit of a measure, and whether it is one of the headline measures."""

    unit: str
    is_headline: bool = False


Share = Annotated[float, AboutMeasure("share")]
HeadlineShare = Annotated[float, AboutMeasure("share", is_headline=True)]
NumberPerMonth = Annotated[float, AboutMeasure("count per month")]


class Measures(NamedTuple):
    """Every measure of one month."""

    innovation_rate: HeadlineShare
    routine_rate: HeadlineShare
    inaction_rate: Share
    lazy_prevalence: HeadlineShare
    filed_share: Share
    self_dealing_share: HeadlineShare
    success_rate: Share
    failures_force_majeure: NumberPerMonth
    failures_complexity: NumberPerMonth
    failures_ability: NumberPerMonth
    unpursued_failures: NumberPerMonth
    cases: NumberPerMonth
    exemptions: NumberPerMonth
    wrongful_exemptions: NumberPerMonth
    sanctions_innovation: NumberPerMonth
    sanctions_routine: NumberPerMonth
    sanctions_inaction: NumberPerMonth
    reminders: NumberPerMonth
    light_sanctions: NumberPerMonth
    heavy_sanctions: NumberPerMonth
    dismissals: NumberPerMonth
    retirements: NumberPerMonth
    sanctions_per_100_officials_year: Annotated[float, AboutMeasure("per 100 officials and year", is_headline=True)]
    perceived_accountability: Share
    perceived_exemption: Share
    actual_exemption: Share
    trust_gap: HeadlineShare
    public_tolerance: Share
    innovation_dispersion: Share
    public_value: Annotated[float, AboutMeasure("value per official and month", is_headline=True)]


MEASURES = Measures._fields
N_MEASURES = len(MEASURES)


@functools.cache
def about_measure(name: str) -> AboutMeasure:
    """Return the unit of a measure; KeyError if there is none of that name."""
    found: AboutMeasure = get_type_hints(Measures, include_extras=True)[name].__metadata__[0]
    return found


def headline_measures() -> tuple[str, ...]:
    """Return the names of the measures that the main table shows."""
    return tuple(name for name in MEASURES if about_measure(name).is_headline)


@compiled
def ratio(part: float, whole: float) -> float:
    """Return part / whole, missing (NaN) if there is no whole."""
    return part / whole if whole > 0 else math.nan


@compiled
def public_value_of(counts: Counts, detection: float, value: Value) -> float:
    """Return the public value of a month per official: what was done at its worth, and the cost of supervision."""
    n = counts.officials
    innovated = value.success * counts.successes + value.failure * failures_in(counts)
    stood = value.routine * counts.routine + value.inaction * counts.inaction
    administered = value.filing * counts.filed_innovation + value.case * cases_in(counts)
    taken = value.self_dealing * counts.self_dealing
    return (innovated + stood + administered + taken) / n + value.detection * detection


@compiled
def measures_of(counts: Counts, public_tolerance: float, innovation_dispersion: float, public_value: float) -> Measures:
    """Return every measure of a month from what was counted and from what is no count."""
    n = counts.officials
    innovations = innovations_in(counts)
    sanctions = counts.sanctions_innovation + counts.sanctions_routine + counts.sanctions_inaction
    perceived_exemption = counts.perceived_exemption / FIXED_POINT_UNITS / n
    actual_exemption = ratio(counts.honest_exemptions, counts.honest_cases)
    return Measures(
        innovations / n,
        counts.routine / n,
        counts.inaction / n,
        counts.lazy / n,
        ratio(counts.filed_innovation, innovations),
        ratio(counts.self_dealing, innovations),
        ratio(counts.successes, innovations),
        float(counts.failures_force_majeure),
        float(counts.failures_complexity),
        float(counts.failures_ability),
        float(counts.unpursued),
        float(cases_in(counts)),
        float(exemptions_in(counts)),
        float(counts.wrongful_exemptions),
        float(counts.sanctions_innovation),
        float(counts.sanctions_routine),
        float(counts.sanctions_inaction),
        float(counts.reminders),
        float(counts.light_sanctions),
        float(counts.heavy_sanctions),
        float(counts.dismissals),
        float(counts.retirements),
        100.0 * MONTHS_PER_YEAR * sanctions / n,
        counts.perceived_accountability / FIXED_POINT_UNITS / n,
        perceived_exemption,
        actual_exemption,
        actual_exemption - perceived_exemption,
        public_tolerance,
        innovation_dispersion,
        public_value,
    )
