"""Each stylised fact put to the model: which policies are compared, run by run, and what should come out.

A fact has several comparisons. Those of the sign and of the size decide on the verdict; those for information show
where the model does otherwise, or under what condition. All are taken within a run first, between policies under which
every official has the same luck, or between officials of one run. Windows are the last five years unless said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from analysis.officials.months import OfficialMonths, gap_while_barred, official_months_of
from model.measures import MEASURES
from model.parameters import Range, replaced
from model.rules.ladder import expected_loss, ladder_of
from model.scenario import Change, Scenario, Settings, find_scenario
from model.simulate import WINDOW_MONTHS, jobs_of, simulate

Floats = NDArray[np.float64]
Role = Literal["sign", "size", "information"]
# "points": percentage points of all officials or of a share; "percent": of what it is compared with.
Unit = Literal["points", "percent", "months", "value"]

RISES: Range = (0.0, math.inf)
FALLS: Range = (-math.inf, 0.0)
# Outcomes nearer to each other than this are not called two outcomes.
TWO_OUTCOMES: Range = (0.05, math.inf)

HARSH = {"accountability.certainty": 0.9, "accountability.severity": 0.3}
GENEROUS = {"exemption.probability": 0.8}
UNDISCLOSED, DISCLOSED = {"exemption.disclosure": 0.0}, {"exemption.disclosure": 0.9}
MOTIVATED = {"population.public_service_motivation_mean": 0.7}
YEAR = 12


@dataclass(frozen=True)
class Comparison:
    """One number that the model gives, run by run, and the range in which its 95% interval should lie."""

    what: str
    role: Role
    unit: Unit
    expected: Range
    values: Floats


class TriedPolicy(NamedTuple):
    """The baseline, or another shipped scenario, with other settings and changes, for some months."""

    settings: Settings = Settings()
    changes: tuple[Change, ...] = ()
    months: int = 120
    scenario: str = "baseline"


def scenario_of(policy: TriedPolicy) -> Scenario:
    """Return the scenario in which the policy is tried."""
    shipped = find_scenario(policy.scenario)
    parameters = replaced(shipped.parameters, dict(policy.settings))
    return replace(shipped, parameters=parameters, changes=policy.changes, months=policy.months)


@lru_cache(maxsize=64)
def series_under(policy: TriedPolicy, n_runs: int) -> Floats:
    """Return the measures of the runs 0 to n_runs - 1 under a policy, shape (runs, months, N_MEASURES)."""
    return simulate(scenario_of(policy), n_runs).values


def under(*settings: Mapping[str, float]) -> TriedPolicy:
    """Return the baseline with these settings."""
    return TriedPolicy(Settings({path: value for part in settings for path, value in part.items()}))


def mean_of(measure: str, policy: TriedPolicy, n_runs: int, window: slice = slice(-WINDOW_MONTHS, None)) -> Floats:
    """Return a measure's mean over some months of every run, shape (runs,)."""
    return np.asarray(np.nanmean(series_under(policy, n_runs)[:, window, MEASURES.index(measure)], axis=1))


def gain(measure: str, policy: TriedPolicy, base: TriedPolicy, n_runs: int) -> Floats:
    """Return what a policy adds to a measure, run by run, shape (runs,)."""
    return mean_of(measure, policy, n_runs) - mean_of(measure, base, n_runs)


def oversight_chills(n_runs: int) -> list[Comparison]:
    """Compare four harsh years that are then lifted with none, as in Los Angeles from 1998 to 2006."""
    begins, ends, months = 36, 84, 240
    harsh, calm = TriedPolicy(changes=(Change(begins, ends, 0, HARSH),), months=months), TriedPolicy(months=months)

    def lost(measure: str, year: slice) -> Floats:
        return mean_of(measure, calm, n_runs, year) - mean_of(measure, harsh, n_runs, year)

    fourth, fourth_after = slice(ends - YEAR, ends), slice(ends + 3 * YEAR, ends + 4 * YEAR)
    change = -lost("innovation_rate", fourth) / mean_of("innovation_rate", calm, n_runs, fourth)
    recovered = 1 - lost("innovation_rate", fourth_after) / lost("innovation_rate", fourth)
    activity = lost("inaction_rate", fourth) / (1 - mean_of("inaction_rate", calm, n_runs, fourth))
    late = months_until_back(harsh, calm, n_runs, ends)
    return [
        Comparison("innovation in the fourth harsh year", "sign", "percent", FALLS, change),
        Comparison("of that fall, made up for in the fourth year after", "sign", "percent", RISES, recovered),
        Comparison("the fall: in Los Angeles 29 to 45%, by kind of crime", "size", "percent", (-0.45, -0.29), change),
        Comparison("made up for: in Los Angeles half to all", "size", "percent", (0.5, 1.0), recovered),
        Comparison("until innovation is back to within 5%", "information", "months", RISES, late),
        Comparison("all activity (1 - inaction) in the fourth year", "information", "percent", RISES, activity),
    ]


def months_until_back(policy: TriedPolicy, base: TriedPolicy, n_runs: int, since: int) -> Floats:
    """Return after how many months a year's innovation is within 5% of that under another policy, shape (runs,).

    The year is the one that ends with the month; a run in which innovation does not come back is missing.
    """
    place = MEASURES.index("innovation_rate")
    totals = [np.cumsum(series_under(tried, n_runs)[:, since:, place], axis=1) for tried in (policy, base)]
    years = [total[:, YEAR:] - total[:, :-YEAR] for total in totals]
    is_back = years[0] >= 0.95 * years[1]
    return np.where(is_back.any(axis=1), is_back.argmax(axis=1) + YEAR + 1.0, np.nan)


def lasting_defence(n_runs: int) -> list[Comparison]:
    """Compare the baseline with the share of Italian officers who choose the defensive option."""
    baseline = TriedPolicy()
    lazy = mean_of("lazy_prevalence", baseline, n_runs)
    either = mean_of("inaction_rate", baseline, n_runs) + mean_of("routine_rate", baseline, n_runs)
    return [
        Comparison("officials who did nothing for more than half of the last year", "size", "points", (0.1, 0.2), lazy),
        Comparison("official-months of inaction or routine", "information", "points", RISES, either),
    ]


def inaction_to_routine(n_runs: int) -> list[Comparison]:
    """Compare inaction called to account ten times as often with the baseline."""
    punished, baseline = under({"accountability.inaction_certainty": 0.3}), TriedPolicy()
    routine, innovation = (gain(f"{action}_rate", punished, baseline, n_runs) for action in ("routine", "innovation"))
    return [
        Comparison("routine", "sign", "points", RISES, routine),
        Comparison("gain of routine less gain of innovation", "sign", "points", RISES, routine - innovation),
        Comparison("innovation", "information", "points", RISES, innovation),
    ]


def seen_tolerance_works(n_runs: int) -> list[Comparison]:
    """Compare a rate raised from 0.4 to 0.8 with nothing disclosed, and then with nearly everything disclosed."""
    rule = "innovation_rate"
    none, paper = under(UNDISCLOSED), under(UNDISCLOSED, GENEROUS)
    seen, baseline = under(DISCLOSED, GENEROUS), TriedPolicy()
    on_paper, in_sight = gain(rule, paper, none, n_runs), gain(rule, seen, none, n_runs)
    feared = gain(rule, under(HARSH, UNDISCLOSED, GENEROUS), baseline, n_runs)
    disclosure = gain(rule, seen, paper, n_runs)
    motivated = gain(rule, under(DISCLOSED, GENEROUS, MOTIVATED), under(UNDISCLOSED, GENEROUS, MOTIVATED), n_runs)
    return [
        Comparison(
            "effect of disclosing nearly all exemptions at the higher rate", "sign", "points", RISES, disclosure
        ),
        Comparison(
            "half the effect of rate and disclosure, less that of the rate alone",
            "sign",
            "points",
            RISES,
            in_sight / 2 - on_paper,
        ),
        Comparison(
            "harsher accountability with tolerance on paper, against the baseline", "sign", "points", FALLS, feared
        ),
        Comparison(
            "effect of disclosure at a mean motivation of 0.7, less that at 0.4",
            "sign",
            "points",
            RISES,
            motivated - disclosure,
        ),
        Comparison("effect of the higher rate alone, undisclosed", "information", "points", RISES, on_paper),
    ]


def out_of_use(n_runs: int) -> list[Comparison]:
    """Compare a rule whose practice hardens by hand with one left alone; see whether an unseen one lapses by itself."""
    shipped = find_scenario("rule_out_of_use")
    hardens, stays = TriedPolicy(changes=shipped.changes, scenario=shipped.name), TriedPolicy(scenario=shipped.name)
    no_rule = Settings({"exemption.probability": 0.0, **UNDISCLOSED})
    adopted = TriedPolicy(no_rule, (Change(24, None, 0, {"exemption.probability": 0.41}),))
    not_learned = adopted._replace(settings=Settings({**no_rule, "work.learning_max": 0.0}))
    first, last = slice(24, 24 + YEAR), slice(120 - YEAR, 120)

    def filings(policy: TriedPolicy) -> Floats:
        return mean_of("filed_share", policy, n_runs, last) * mean_of("innovation_rate", policy, n_runs, last)

    def growth_of_use(policy: TriedPolicy) -> Floats:
        return mean_of("exemptions", policy, n_runs, last) / mean_of("exemptions", policy, n_runs, first) - 1

    exempted, per_case = (
        [mean_of(measure, policy, n_runs, last) for policy in (hardens, stays)]
        for measure in ("exemptions", "actual_exemption")
    )
    trust = [mean_of("perceived_exemption", adopted, n_runs, window) for window in (last, first)]
    hard, same = "practice hardens", "rule and practice stay, undisclosed"
    return [
        Comparison(f"{hard}: exempted cases per honest case", "sign", "points", FALLS, per_case[0] - per_case[1]),
        Comparison(f"{hard}: filings per official", "sign", "points", FALLS, filings(hardens) - filings(stays)),
        Comparison(f"{same}: exempted cases, last year on first", "sign", "percent", FALLS, growth_of_use(adopted)),
        Comparison("the same, nothing learned by doing", "information", "percent", FALLS, growth_of_use(not_learned)),
        Comparison(f"{same}: belief in exemption", "information", "points", FALLS, trust[0] - trust[1]),
        Comparison(
            f"{hard}: exempted cases (Korea: -85%)", "information", "percent", FALLS, exempted[0] / exempted[1] - 1
        ),
    ]


def audits_shift_method(n_runs: int) -> list[Comparison]:
    """Compare more scrutiny of what is filed, and more red tape on all innovation, with the baseline."""
    checked, taped = under({"exemption.filing_cost": 0.4}), under({"supervision.red_tape": 0.5})
    baseline = TriedPolicy()

    def unfiled(policy: TriedPolicy) -> Floats:
        return mean_of("innovation_rate", policy, n_runs) * (1 - mean_of("filed_share", policy, n_runs))

    return [
        Comparison(
            "filing made dearer: share of innovations that are filed",
            "sign",
            "points",
            FALLS,
            gain("filed_share", checked, baseline, n_runs),
        ),
        Comparison(
            "filing made dearer: innovations that are not filed, per official",
            "sign",
            "points",
            RISES,
            unfiled(checked) - unfiled(baseline),
        ),
        Comparison(
            "more red tape: innovation", "sign", "points", FALLS, gain("innovation_rate", taped, baseline, n_runs)
        ),
        Comparison("more red tape: routine", "sign", "points", RISES, gain("routine_rate", taped, baseline, n_runs)),
    ]


def severity_with_loss(factor: float) -> float:
    """Return the severity at which the expected loss of a sanction is this many times that of the baseline."""
    severity = scenario_of(TriedPolicy()).parameters.accountability.severity
    target = factor * expected_loss(ladder_of(severity))
    found: float = brentq(lambda tried: expected_loss(ladder_of(tried)) - target, severity, 1.0, xtol=1e-12)
    return found


def certainty_over_severity(n_runs: int) -> list[Comparison]:
    """Compare certainty and severity raised so that the expected sanction grows by the same 25%."""
    factor, baseline, unburdened = 1.25, TriedPolicy(), {"exemption.review_burden": 0.0}
    parameters = scenario_of(baseline).parameters
    sure = {"accountability.certainty": factor * parameters.accountability.certainty}
    hard = {"accountability.severity": severity_with_loss(factor)}
    found_out = {"supervision.detection": factor * parameters.supervision.detection}
    dear = {"work.self_dealing_loss": factor * parameters.work.self_dealing_loss}

    def relative(measure: str, lever: Mapping[str, float], base: Mapping[str, float]) -> Floats:
        return gain(measure, under(base, lever), under(base), n_runs) / mean_of(measure, under(base), n_runs)

    by_certainty, by_severity = relative("innovation_rate", sure, {}), relative("innovation_rate", hard, {})
    by_detection, by_loss = (relative("self_dealing_share", lever, {}) for lever in (found_out, dear))
    without = [relative("innovation_rate", lever, unburdened) for lever in (sure, hard)]
    more = "effect of certainty less that of severity"
    return [
        Comparison(f"innovation: {more}", "sign", "percent", FALLS, by_certainty - by_severity),
        Comparison(
            "private gain: effect of detection less that of its loss", "sign", "percent", FALLS, by_detection - by_loss
        ),
        Comparison(
            f"innovation: {more}, no burden of review", "information", "percent", FALLS, without[0] - without[1]
        ),
        Comparison("innovation under 25% more certainty", "information", "percent", FALLS, by_certainty),
        Comparison("innovation under 25% more expected loss", "information", "percent", FALLS, by_severity),
    ]


def hot_stove(n_runs: int) -> list[Comparison]:
    """Compare a start where nearly all innovate with one where hardly anybody does, by default and where trust is
    learned.
    """
    strong = {"behaviour.conformity": 0.8}
    learned = {**strong, **GENEROUS, **DISCLOSED, "exemption.access": 1.0, "behaviour.credence": 0.2}
    deaf = {f"behaviour.weight_{source}": 0.0 for source in ("own", "peer", "national")}
    tried, untried = ({"behaviour.initial_innovation_share": share} for share in (0.99, 0.01))

    def apart(measure: str, *settings: Mapping[str, float]) -> Floats:
        return gain(measure, under(*settings, tried), under(*settings, untried), n_runs)

    done, believed = "innovation_rate", "perceived_exemption"
    where = "trust to be learned"
    return [
        Comparison("baseline: innovation", "sign", "points", TWO_OUTCOMES, apart(done)),
        Comparison(f"{where}: innovation", "sign", "points", TWO_OUTCOMES, apart(done, learned)),
        Comparison(f"{where}: belief in exemption", "sign", "points", TWO_OUTCOMES, apart(believed, learned)),
        Comparison(
            f"{where}, but nobody learns: innovation", "information", "points", RISES, apart(done, learned, deaf)
        ),
        Comparison("strong conformity alone: innovation", "information", "points", RISES, apart(done, strong)),
        Comparison(
            "strong conformity alone: belief in exemption", "information", "points", RISES, apart(believed, strong)
        ),
    ]


def leniency_shelters(n_runs: int) -> list[Comparison]:
    """Compare 13 exemption rates from 0 to 1."""
    rates = np.linspace(0.0, 1.0, 13)
    policies = [under({"exemption.probability": float(rate)}) for rate in rates]
    value = np.array([mean_of("public_value", policy, n_runs) for policy in policies])
    best = int(value.mean(axis=1)[1:-1].argmax()) + 1
    sheltered = gain("self_dealing_share", policies[-1], TriedPolicy(), n_runs)
    return [
        Comparison("self-dealing share when all are let off, against the baseline", "sign", "points", RISES, sheltered),
        Comparison(
            "public value at the best rate between 0 and 1, less that at 0",
            "sign",
            "value",
            RISES,
            value[best] - value[0],
        ),
        Comparison(
            "public value at the best rate between 0 and 1, less that at 1",
            "sign",
            "value",
            RISES,
            value[best] - value[-1],
        ),
        Comparison("that best rate, of 13 tried", "information", "value", RISES, np.full(n_runs, rates[best])),
    ]


def retreat_near_retirement(n_runs: int) -> list[Comparison]:
    """Compare officials of one run: above and below the ceiling age, barred from promotion and not."""
    ceiling = scenario_of(TriedPolicy()).parameters.career.ceiling_age
    spells = [official_months_of(job, WINDOW_MONTHS) for job in jobs_of(scenario_of(TriedPolicy()), range(n_runs))]

    def difference(is_in: Callable[[OfficialMonths], NDArray[np.bool_]]) -> Floats:
        shares = [[spell.innovates[group].mean() for group in (is_in(spell), ~is_in(spell))] for spell in spells]
        return np.array([inside - outside for inside, outside in shares])

    of_old, of_barred = (
        difference(lambda spell: spell.age >= ceiling),
        difference(lambda spell: spell.freeze_months > 0),
    )
    same_persons = np.array([gap_while_barred(spell) for spell in spells])
    return [
        Comparison("innovation above the ceiling age, less that below", "sign", "points", FALLS, of_old),
        Comparison("innovation of the barred, less that of the others", "sign", "points", FALLS, of_barred),
        Comparison("the same persons while barred, less while not", "sign", "points", FALLS, same_persons),
    ]


FACTS: tuple[Callable[[int], list[Comparison]], ...] = (
    oversight_chills,
    lasting_defence,
    inaction_to_routine,
    seen_tolerance_works,
    out_of_use,
    audits_shift_method,
    certainty_over_severity,
    hot_stove,
    leniency_shelters,
    retreat_near_retirement,
)
