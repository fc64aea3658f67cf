"""What is measured each month, in each jurisdiction and in all (model.md, 8): name, unit and formula of every measure.

A field of `Measures` declares a measure, its line in `measures_of` says how it follows from what was counted. A ratio
whose denominator is empty is missing (NaN), not 0. "Failures" are those of routine too; "cases" and "exemptions" those
of failures and of misconduct.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Annotated, NamedTuple, get_type_hints

from model.compiled import compiled
from model.parameters import MONTHS_PER_YEAR, Parameters
from model.rules.public import honest_failures_left
from model.vocabulary import (
    FIXED_POINT_UNITS,
    Counts,
    failure_cases_in,
    honest_cases_in,
    honest_exemptions_in,
    honest_failures_in,
    innovations_in,
    sanctions_of_failures_in,
    sanctions_of_misconduct_in,
)


@dataclass(frozen=True)
class AboutMeasure:
    """The unit of a measure, its decimals (of a share: in percent), and whether it is a headline measure."""

    unit: str
    decimals: int = 1
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
    lazy_persistence: Share
    filed_share: Share
    self_dealing_share: HeadlineShare
    success_rate: Share
    care: Share
    routine_care: Share
    failures_force_majeure: NumberPerMonth
    failures_complexity: NumberPerMonth
    failures_ability: NumberPerMonth
    failures_negligence: NumberPerMonth
    routine_failures: NumberPerMonth
    unpursued_failures: NumberPerMonth
    cases: NumberPerMonth
    exemptions: NumberPerMonth
    wrongful_exemptions: NumberPerMonth
    sanctions_failures: NumberPerMonth
    sanctions_misconduct: NumberPerMonth
    sanctions_inaction: NumberPerMonth
    circulars: NumberPerMonth
    admonitions: NumberPerMonth
    disciplines: NumberPerMonth
    organisational_removals: NumberPerMonth
    misconduct_first_form: NumberPerMonth
    misconduct_second_form: NumberPerMonth
    misconduct_third_form: NumberPerMonth
    misconduct_fourth_form: NumberPerMonth
    removals: NumberPerMonth
    retirements: NumberPerMonth
    sanctions_per_100_officials_and_year: Annotated[float, AboutMeasure("per 100 officials and year", is_headline=True)]
    perceived_accountability: Share
    actual_accountability: Share
    fear_gap: Share
    perceived_exemption: Share
    actual_exemption: Share
    trust_gap: HeadlineShare
    public_tolerance: Share
    nerve: Share
    innovation_dispersion: Share
    public_value: Annotated[float, AboutMeasure("value per official and month", decimals=3, is_headline=True)]


MEASURES = Measures._fields
N_MEASURES = len(MEASURES)
# The places in a row of measures of what is no count, so that a month can be summed up over jurisdictions.
NERVE = MEASURES.index("nerve")
PUBLIC_VALUE = MEASURES.index("public_value")


@functools.cache
def about_measure(name: str) -> AboutMeasure:
    """Return what is known of a measure; KeyError if there is none of that name."""
    found: AboutMeasure = get_type_hints(Measures, include_extras=True)[name].__metadata__[0]
    return found


def headline_measures() -> tuple[str, ...]:
    """Return the names of the measures that the main table shows."""
    return tuple(name for name in MEASURES if about_measure(name).is_headline)


class Uncounted(NamedTuple):
    """What enters the measures of a month and is no count, in one jurisdiction or as the mean over all officials."""

    public_tolerance: float
    nerve: float
    innovation_dispersion: float
    public_value: float


@compiled
def ratio(part: float, whole: float) -> float:
    """Return part / whole, missing (NaN) if there is no whole."""
    return part / whole if whole > 0 else math.nan


@compiled
def mean_of_fixed_point(units: int, n: int) -> float:
    """Return the mean of n numbers whose sum is given in units of 2**-32, missing (NaN) if there are none."""
    return ratio(units / FIXED_POINT_UNITS, float(n))


@compiled
def public_value_of(counts: Counts, parameters: Parameters) -> float:
    """Return the public value of a month per official: what was done at its worth, and the cost of supervision."""
    value = parameters.value
    left = honest_failures_left(
        float(honest_failures_in(counts)), float(honest_exemptions_in(counts)), parameters.exemption
    )
    achieved = value.success * counts.successes + value.routine * (counts.routine - counts.routine_failures)
    failed = value.failure * left + value.negligence * counts.failures_negligence
    cases = failure_cases_in(counts) + counts.misconduct_cases
    administered = value.filing * counts.filed_innovation + value.case * cases
    lost = value.self_dealing * counts.self_dealing + value.inaction * counts.inaction
    return (
        achieved + failed + administered + lost
    ) / counts.officials + value.detection * parameters.supervision.detection


@compiled
def measures_of(counts: Counts, uncounted: Uncounted) -> Measures:
    """Return every measure of a month from what was counted and from what is no count."""
    n = counts.officials
    innovations = innovations_in(counts)
    cases = failure_cases_in(counts)
    wrongful = counts.negligence_exemptions + counts.misconduct_exemptions
    sanctions_failures, sanctions_misconduct = sanctions_of_failures_in(counts), sanctions_of_misconduct_in(counts)
    sanctions = sanctions_failures + sanctions_misconduct + counts.sanctions_inaction
    perceived_accountability = mean_of_fixed_point(counts.perceived_accountability, n)
    actual_accountability = ratio(cases, cases + counts.unpursued)
    perceived_exemption = mean_of_fixed_point(counts.perceived_exemption, honest_cases_in(counts))
    actual_exemption = ratio(honest_exemptions_in(counts), honest_cases_in(counts))
    return Measures(
        innovation_rate=innovations / n,
        routine_rate=counts.routine / n,
        inaction_rate=counts.inaction / n,
        lazy_prevalence=counts.lazy / n,
        lazy_persistence=ratio(counts.lazy_then_and_now, counts.lazy_a_year_ago),
        filed_share=ratio(counts.filed_innovation, innovations),
        self_dealing_share=ratio(counts.self_dealing, innovations),
        success_rate=ratio(counts.successes, innovations),
        care=mean_of_fixed_point(counts.care, innovations),
        routine_care=mean_of_fixed_point(counts.routine_care, counts.routine),
        failures_force_majeure=float(counts.failures_force_majeure),
        failures_complexity=float(counts.failures_complexity),
        failures_ability=float(counts.failures_ability),
        failures_negligence=float(counts.failures_negligence),
        routine_failures=float(counts.routine_failures),
        unpursued_failures=float(counts.unpursued),
        cases=float(cases + counts.misconduct_cases),
        exemptions=float(honest_exemptions_in(counts) + wrongful),
        wrongful_exemptions=float(wrongful),
        sanctions_failures=float(sanctions_failures),
        sanctions_misconduct=float(sanctions_misconduct),
        sanctions_inaction=float(counts.sanctions_inaction),
        circulars=float(counts.circulars),
        admonitions=float(counts.admonitions),
        disciplines=float(counts.disciplines),
        organisational_removals=float(counts.organisational_removals),
        misconduct_first_form=float(counts.misconduct_first_form),
        misconduct_second_form=float(counts.misconduct_second_form),
        misconduct_third_form=float(counts.misconduct_third_form),
        misconduct_fourth_form=float(counts.misconduct_fourth_form),
        removals=float(counts.organisational_removals + counts.misconduct_fourth_form),
        retirements=float(counts.retirements),
        sanctions_per_100_officials_and_year=100.0 * MONTHS_PER_YEAR * sanctions / n,
        perceived_accountability=perceived_accountability,
        actual_accountability=actual_accountability,
        fear_gap=perceived_accountability - actual_accountability,
        perceived_exemption=perceived_exemption,
        actual_exemption=actual_exemption,
        trust_gap=actual_exemption - perceived_exemption,
        public_tolerance=uncounted.public_tolerance,
        nerve=uncounted.nerve,
        innovation_dispersion=uncounted.innovation_dispersion,
        public_value=uncounted.public_value,
    )
