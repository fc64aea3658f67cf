"""Each stylised fact put to the model: which policies are compared, run by run, and what should come out.

A fact has several comparisons. Those of the sign and of the size decide on the verdict; those for information show
where the model does otherwise, or under what condition. All are taken within a run first, between policies under which
every official has the same luck, or between officials of one run. Windows are the last five years unless said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.tried_policies import (
    YEAR,
    Floats,
    PolicyRuns,
    TriedPolicy,
    baseline_parameters,
    gain,
    mean_of,
    months_until_back,
    scenario_of,
    severity_with_loss,
    under,
)
from analysis.officials.months import OfficialMonths, gap_while_barred, official_months_of
from model.parameters import Range
from model.scenario import Change, Settings, find_scenario
from model.simulate import WINDOW_MONTHS, jobs_of

Role = Literal["sign", "size", "information"]
# "points": percentage points of all officials or of a share; "percent": of what it is compared with.
Unit = Literal["points", "percent", "months", "value"]

RISES: Range = (0.0, math.inf)
FALLS: Range = (-math.inf, 0.0)
# Outcomes nearer to each other than this are not called two outcomes.
TWO_OUTCOMES: Range = (0.05, math.inf)

# The levers of `crackdown`; of them those that say how hard a sanction is.
HARDER = {"accountability.severity": 0.45, "accountability.misconduct_severity": 0.8}
HARSH = {"accountability.certainty": 0.1, **HARDER}
GENEROUS = {"exemption.probability": 0.8}
UNDISCLOSED, DISCLOSED = {"exemption.disclosure": 0.0}, {"exemption.disclosure": 0.9}
FEARFUL = {"exemption.caution": 3.0, "public.objectivity": 0.0}
MOTIVATED = {"population.public_service_motivation_mean": 0.7}


@dataclass(frozen=True)
class Comparison:
    """One number that the model gives, run by run, and the range in which its 95% interval should lie."""

    what: str
    role: Role
    unit: Unit
    expected: Range
    values: Floats


def oversight_chills(runs: PolicyRuns) -> list[Comparison]:
    """Compare four harsh years that are then lifted with none, as in Los Angeles from 1998 to 2006."""
    begins, ends, months = 36, 84, 240
    harsh, calm = TriedPolicy(changes=(Change(begins, ends, 0, HARSH),), months=months), TriedPolicy(months=months)

    def lost(measure: str, year: slice) -> Floats:
        return mean_of(measure, calm, runs, year) - mean_of(measure, harsh, runs, year)

    fourth, fourth_after = slice(ends - YEAR, ends), slice(ends + 3 * YEAR, ends + 4 * YEAR)
    change = -lost("innovation_rate", fourth) / mean_of("innovation_rate", calm, runs, fourth)
    recovered = 1 - lost("innovation_rate", fourth_after) / lost("innovation_rate", fourth)
    activity = lost("inaction_rate", fourth) / (1 - mean_of("inaction_rate", calm, runs, fourth))
    late = months_until_back(harsh, calm, runs, ends)
    return [
        Comparison("innovation in the fourth harsh year", "sign", "percent", FALLS, change),
        Comparison("of that fall, made up for in the fourth year after", "sign", "percent", RISES, recovered),
        Comparison("the fall: in Los Angeles 29 to 45%, by kind of crime", "size", "percent", (-0.45, -0.29), change),
        Comparison("made up for: in Los Angeles half to all", "size", "percent", (0.5, 1.0), recovered),
        Comparison("until innovation is back to within 5%", "information", "months", RISES, late),
        Comparison("all activity (1 - inaction) in the fourth year", "information", "percent", RISES, activity),
    ]


def lasting_defence(runs: PolicyRuns) -> list[Comparison]:
    """Compare the baseline with the share of Italian officers who choose the defensive option."""
    baseline = TriedPolicy()
    lazy, again = (mean_of(f"lazy_{measure}", baseline, runs) for measure in ("prevalence", "persistence"))
    either = mean_of("inaction_rate", baseline, runs) + mean_of("routine_rate", baseline, runs)
    return [
        Comparison("of the lazy a year ago, lazy now, less the share of all", "sign", "points", RISES, again - lazy),
        Comparison("did nothing in more than 6 of the last 12 months", "size", "points", (0.1, 0.2), lazy),
        Comparison("of the lazy a year ago, lazy now", "information", "points", RISES, again),
        Comparison("official-months of inaction or routine", "information", "points", RISES, either),
    ]


def inaction_to_routine(runs: PolicyRuns) -> list[Comparison]:
    """Compare inaction called to account five times as often with the baseline."""
    path = "accountability.inaction_certainty"
    often = {path: 5.0 * baseline_parameters().accountability.inaction_certainty}
    punished, without_bar = under(often), under(often, {"accountability.inaction_freeze_months": 0.0})
    baseline = TriedPolicy()
    routine, innovation = (gain(f"{action}_rate", punished, baseline, runs) for action in ("routine", "innovation"))
    freed = gain("innovation_rate", without_bar, punished, runs)
    return [
        Comparison("routine", "sign", "points", RISES, routine),
        Comparison("gain of routine less gain of innovation", "sign", "points", RISES, routine - innovation),
        Comparison("innovation", "information", "points", RISES, innovation),
        Comparison("innovation without the bar on promotion, less with it", "information", "points", RISES, freed),
    ]


def seen_tolerance_works(runs: PolicyRuns) -> list[Comparison]:
    """Compare a rate raised from 0.4 to 0.8 with nothing disclosed, and then with nearly everything disclosed."""
    rule = "innovation_rate"
    none, paper = under(UNDISCLOSED), under(UNDISCLOSED, GENEROUS)
    seen, baseline = under(DISCLOSED, GENEROUS), TriedPolicy()
    on_paper, in_sight = gain(rule, paper, none, runs), gain(rule, seen, none, runs)
    feared = gain(rule, under(HARSH, UNDISCLOSED, GENEROUS), baseline, runs)
    disclosure = gain(rule, seen, paper, runs)
    motivated = gain(rule, under(DISCLOSED, GENEROUS, MOTIVATED), under(UNDISCLOSED, GENEROUS, MOTIVATED), runs)
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
            "effect of disclosure where mean motivation is high, less that in the baseline",
            "sign",
            "points",
            RISES,
            motivated - disclosure,
        ),
        Comparison("effect of the higher rate alone, undisclosed", "information", "points", RISES, on_paper),
    ]


def harshness_disciplines(runs: PolicyRuns) -> list[Comparison]:
    """Compare harder sanctions, for failures and for misconduct, with the baseline."""
    harder, baseline = under(HARDER), TriedPolicy()
    care, routine_care, innovation, inaction = (
        gain(measure, harder, baseline, runs)
        for measure in ("care", "routine_care", "innovation_rate", "inaction_rate")
    )
    return [
        Comparison("care in innovating", "sign", "points", RISES, care),
        Comparison("care in routine", "sign", "points", RISES, routine_care),
        Comparison("innovation", "sign", "points", FALLS, innovation),
        Comparison(
            "share of self-dealing",
            "information",
            "points",
            FALLS,
            gain("self_dealing_share", harder, baseline, runs),
        ),
        Comparison("inaction", "information", "points", FALLS, inaction),
    ]


def out_of_use(runs: PolicyRuns) -> list[Comparison]:
    """Compare a rule whose practice hardens by hand with one left alone; see whether an unseen one lapses by itself."""
    shipped = find_scenario("rule_out_of_use")
    hardens, stays = TriedPolicy(changes=shipped.changes, scenario=shipped.name), TriedPolicy(scenario=shipped.name)
    no_rule = Settings({"exemption.probability": 0.0, **UNDISCLOSED})
    adopted = TriedPolicy(no_rule, (Change(24, None, 0, {"exemption.probability": 0.41}),))
    not_learned = adopted._replace(settings=Settings({**no_rule, "work.learning_max": 0.0}))
    seen = {**no_rule, **DISCLOSED, **FEARFUL, "work.learning_max": 0.0}
    feared = adopted._replace(settings=Settings(seen))
    first, last = slice(24, 24 + YEAR), slice(120 - YEAR, 120)

    def filings(policy: TriedPolicy) -> Floats:
        return mean_of("filed_share", policy, runs, last) * mean_of("innovation_rate", policy, runs, last)

    def growth_of_use(policy: TriedPolicy) -> Floats:
        return mean_of("exemptions", policy, runs, last) / mean_of("exemptions", policy, runs, first) - 1

    exempted, per_case = (
        [mean_of(measure, policy, runs, last) for policy in (hardens, stays)]
        for measure in ("exemptions", "actual_exemption")
    )
    trust = [mean_of("perceived_exemption", adopted, runs, window) for window in (last, first)]
    hard, same = "practice hardens", "rule and practice stay, undisclosed"
    return [
        Comparison(f"{hard}: exempted cases per honest case", "sign", "points", FALLS, per_case[0] - per_case[1]),
        Comparison(f"{hard}: filings per official", "sign", "points", FALLS, filings(hardens) - filings(stays)),
        Comparison(f"{same}: exempted cases, last year on first", "sign", "percent", FALLS, growth_of_use(adopted)),
        Comparison("the same, nothing learned by doing", "information", "percent", FALLS, growth_of_use(not_learned)),
        Comparison(
            "rule stays, reviewers fear an angry public: exempted cases",
            "information",
            "percent",
            FALLS,
            growth_of_use(feared),
        ),
        Comparison(f"{same}: belief in exemption", "information", "points", FALLS, trust[0] - trust[1]),
        Comparison(
            f"{hard}: exempted cases (Korea: -85%)", "information", "percent", FALLS, exempted[0] / exempted[1] - 1
        ),
    ]


def audits_shift_method(runs: PolicyRuns) -> list[Comparison]:
    """Compare more scrutiny of what is filed, and more red tape on all innovation, with the baseline."""
    checked, taped = under({"exemption.filing_cost": 0.4}), under({"supervision.red_tape": 0.5})
    baseline = TriedPolicy()

    def unfiled(policy: TriedPolicy) -> Floats:
        return mean_of("innovation_rate", policy, runs) * (1 - mean_of("filed_share", policy, runs))

    return [
        Comparison(
            "filing made dearer: share of innovations that are filed",
            "sign",
            "points",
            FALLS,
            gain("filed_share", checked, baseline, runs),
        ),
        Comparison(
            "filing made dearer: innovations that are not filed, per official",
            "sign",
            "points",
            RISES,
            unfiled(checked) - unfiled(baseline),
        ),
        Comparison(
            "more red tape: innovation", "sign", "points", FALLS, gain("innovation_rate", taped, baseline, runs)
        ),
        Comparison("more red tape: routine", "sign", "points", RISES, gain("routine_rate", taped, baseline, runs)),
    ]


def certainty_over_severity(runs: PolicyRuns) -> list[Comparison]:
    """Compare certainty and severity raised so that the expected sanction grows by the same 25%."""
    factor, unburdened = 1.25, {"exemption.review_burden": 0.0}
    parameters = baseline_parameters()
    sure = {"accountability.certainty": factor * parameters.accountability.certainty}
    hard, dear = (
        {path: severity_with_loss(path, factor)}
        for path in ("accountability.severity", "accountability.misconduct_severity")
    )
    found_out = {"supervision.detection": factor * parameters.supervision.detection}

    def relative(measure: str, lever: Mapping[str, float], base: Mapping[str, float]) -> Floats:
        return gain(measure, under(base, lever), under(base), runs) / mean_of(measure, under(base), runs)

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


def hot_stove(runs: PolicyRuns) -> list[Comparison]:
    """Compare a start where nearly all innovate with one where hardly anybody does, by default and where trust is
    learned.
    """
    less_strong, strong = ({"behaviour.conformity": worth} for worth in (0.8, 1.0))
    open_to_all = {**GENEROUS, **DISCLOSED, "exemption.access": 1.0, "behaviour.credence": 0.2}
    learned = {**open_to_all, **strong}
    deaf = {f"behaviour.weight_{source}": 0.0 for source in ("own", "peer", "national")}
    tried, untried = ({"behaviour.initial_innovation_share": share} for share in (0.99, 0.01))

    def apart(measure: str, *settings: Mapping[str, float]) -> Floats:
        return gain(measure, under(*settings, tried), under(*settings, untried), runs)

    done, believed = "innovation_rate", "perceived_exemption"
    where = "trust to be learned"
    return [
        Comparison("baseline: innovation", "sign", "points", TWO_OUTCOMES, apart(done)),
        Comparison(f"{where}: innovation", "sign", "points", TWO_OUTCOMES, apart(done, learned)),
        Comparison(f"{where}: belief in exemption", "sign", "points", TWO_OUTCOMES, apart(believed, learned)),
        Comparison(
            f"{where}, but nobody learns: innovation", "information", "points", RISES, apart(done, learned, deaf)
        ),
        Comparison(
            f"{where}, conformity less strong: innovation",
            "information",
            "points",
            TWO_OUTCOMES,
            apart(done, open_to_all, less_strong),
        ),
        Comparison("strong conformity alone: innovation", "information", "points", RISES, apart(done, strong)),
        Comparison(
            "strong conformity alone: belief in exemption", "information", "points", RISES, apart(believed, strong)
        ),
    ]


def leniency_shelters(runs: PolicyRuns) -> list[Comparison]:
    """Compare 13 exemption rates from 0 to 1."""
    rates = np.linspace(0.0, 1.0, 13)
    policies = [under({"exemption.probability": float(rate)}) for rate in rates]
    value = np.array([mean_of("public_value", policy, runs) for policy in policies])
    best = int(value.mean(axis=1)[1:-1].argmax()) + 1
    sheltered = gain("self_dealing_share", policies[-1], TriedPolicy(), runs)
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
        Comparison("that best rate, of 13 tried", "information", "value", RISES, np.full(runs.number, rates[best])),
    ]


def retreat_near_retirement(runs: PolicyRuns) -> list[Comparison]:
    """Compare officials of one run: above and below the ceiling age, barred from promotion and not."""
    ceiling = scenario_of(TriedPolicy()).parameters.career.ceiling_age
    spells = [
        official_months_of(job, WINDOW_MONTHS)
        for job in jobs_of(scenario_of(TriedPolicy(), runs.beside), range(runs.number))
    ]

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


FACTS: tuple[Callable[[PolicyRuns], list[Comparison]], ...] = (
    oversight_chills,
    lasting_defence,
    inaction_to_routine,
    seen_tolerance_works,
    harshness_disciplines,
    out_of_use,
    audits_shift_method,
    certainty_over_severity,
    hot_stove,
    leniency_shelters,
    retreat_near_retirement,
)
