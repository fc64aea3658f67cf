"""Every number of the model, once: default, unit, hard bounds, plausible range, source.

One line declares a parameter; the compiled rules, the check of scenarios, the tables of the documentation, the ranges
of experiments and the sliders of the page all read that line. *Bounds* are what is possible: outside them a scenario
is refused. *Plausible* is where sampling looks; a parameter without a plausible range is not sampled. ``source`` is a
key of ``sources.toml``, or "assumption" where there is no source, or "judgement" for the weights of public value.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled, fields_of

Range = tuple[float, float]

SHARE: Range = (0.0, 1.0)
POSITIVE: Range = (1e-9, 1e9)
UTILITY: Range = (0.0, 100.0)
MONTHS: Range = (0.0, 1200.0)
EVIDENCE: Range = (0.0, 10.0)
WORTH: Range = (-100.0, 100.0)
EXPONENT: Range = (0.05, 5.0)

# What `decision.rule` and `network.kind` can say, in the order of their numbers: the default first.
DECISION_RULES = ("expected_utility", "prospect", "fear", "threshold", "satisficing", "reinforcement")
NETWORKS = ("complete", "small_world", "hierarchy")


@dataclass(frozen=True)
class About:
    """What is known of a parameter beside its name and its default.

    `neutral` names the mechanisms that the parameter switches: at the value given there, or at that of the parameter
    whose path is given, the mechanism does nothing. A mechanism of several parameters is named at each of them.
    A parameter with `words` is set by one of them; its number is the place of the word among them.
    """

    unit: str
    bounds: Range
    plausible: Range | None
    source: str
    neutral: Mapping[str, float | str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


def one_of(words: tuple[str, ...]) -> About:
    """Return what is known of a parameter that is set by one of these words."""
    return About("word", (0.0, len(words) - 1.0), None, "assumption", words=words)


class Accountability(NamedTuple):
    """How surely, how hard and how publicly officials are called to account."""

    certainty: Annotated[float, About("probability per failure", SHARE, (0.0, 0.2), "assumption")] = 0.04
    severity: Annotated[float, About("mean rung / 3", SHARE, (0.0, 0.6), "hunan_inspection_2018")] = 0.317
    misconduct_severity: Annotated[float, About("mean rung / 3", SHARE, (0.2, 1.0), "assumption")] = 0.6
    publicity: Annotated[float, About("share", SHARE, (0.3, 1.0), "accountability_rules_2016")] = 0.9
    inaction_certainty: Annotated[float, About("probability per month", SHARE, (0.0, 0.05), "assumption")] = 0.008
    inaction_loss: Annotated[float, About("utility", UTILITY, (0.0, 10.0), "assumption")] = 4.0
    inaction_freeze_months: Annotated[float, About("months", MONTHS, (0.0, 12.0), "assumption")] = 6.0


class Exemption(NamedTuple):
    """Who is let off after a failure, how it is found out, and what the procedure costs."""

    probability: Annotated[float, About("probability", SHARE, (0.0, 1.0), "korea_exemption_2024")] = 0.4
    access: Annotated[float, About("share", SHARE, (0.2, 1.0), "assumption")] = 0.8
    evidence_force_majeure: Annotated[float, About("standard deviations", EVIDENCE, (0.0, 4.0), "assumption")] = 3.0
    evidence_complexity: Annotated[float, About("standard deviations", EVIDENCE, (0.5, 4.0), "assumption")] = 2.0
    evidence_ability: Annotated[float, About("standard deviations", EVIDENCE, (0.0, 3.0), "assumption")] = 1.0
    evidence_negligence: Annotated[float, About("standard deviations", EVIDENCE, (0.0, 1.0), "assumption")] = 0.3
    evidence_filing: Annotated[float, About("standard deviations", EVIDENCE, (0.0, 2.0), "assumption")] = 1.0
    filing_cost: Annotated[float, About("utility", UTILITY, (0.0, 0.5), "assumption")] = 0.12
    remedy: Annotated[float, About("probability", SHARE, (0.0, 0.5), "assumption", {"remedy": 0.0})] = 0.1
    correction: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption")] = 0.5
    caution: Annotated[float, About("ratio", UTILITY, (0.0, 3.0), "assumption", {"public_loop": 0.0})] = 0.5
    disclosure: Annotated[
        float, About("share", SHARE, (0.0, 1.0), "assumption", {"disclosure": "accountability.publicity"})
    ] = 0.2
    review_burden: Annotated[float, About("utility", UTILITY, (0.0, 0.5), "assumption", {"review_burden": 0.0})] = 0.15


class Supervision(NamedTuple):
    """How private gain is found out, and what looking for it costs those who innovate."""

    detection: Annotated[float, About("probability per month", SHARE, (0.0, 0.5), "assumption")] = 0.1
    red_tape: Annotated[float, About("utility", UTILITY, (0.0, 0.5), "assumption")] = 0.1


class Guidance(NamedTuple):
    """How far jurisdictions may fit the exemption rate to their own risk, what they know more, and whom they favour."""

    flexibility: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption", {"flexibility": 0.0})] = 0.0
    local_knowledge: Annotated[float, About("standard deviations", EVIDENCE, (0.0, 1.0), "assumption")] = 0.5
    local_favour: Annotated[float, About("standard deviations", EVIDENCE, (0.0, 1.0), "assumption")] = 0.3


class Work(NamedTuple):
    """What makes work succeed or fail, and what it costs and brings."""

    urgency: Annotated[float, About("probability per month", SHARE, (0.0, 0.5), "assumption", {"urgency": 0.0})] = 0.15
    haste: Annotated[float, About("share", SHARE, (0.0, 0.4), "assumption")] = 0.15
    force_majeure: Annotated[float, About("probability", SHARE, (0.0, 0.2), "assumption")] = 0.08
    complexity: Annotated[float, About("probability", (0.0, 0.95), (0.1, 0.6), "assumption")] = 0.35
    complexity_spread: Annotated[float, About("probability", SHARE, (0.0, 0.3), "assumption")] = 0.15
    ability_weight: Annotated[float, About("share", SHARE, (0.2, 0.6), "assumption")] = 0.4
    negligence: Annotated[float, About("probability", SHARE, (0.1, 0.6), "assumption", {"care": 0.0})] = 0.4
    care_cost: Annotated[float, About("utility", POSITIVE, (0.2, 1.5), "assumption")] = 0.5
    routine_failure: Annotated[
        float, About("probability per month", SHARE, (0.0, 0.15), "assumption", {"care": 0.0})
    ] = 0.06
    routine_care_cost: Annotated[float, About("utility", POSITIVE, (0.03, 0.3), "assumption")] = 0.1
    learning_max: Annotated[float, About("share", SHARE, (0.0, 0.9), "assumption", {"learning_by_doing": 0.0})] = 0.5
    learning_half: Annotated[float, About("tries per official", POSITIVE, (2.0, 24.0), "assumption")] = 6.0
    diffusion: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption")] = 0.2
    routine_reward: Annotated[float, About("share of a success", UTILITY, (0.1, 0.5), "assumption")] = 0.25
    routine_effort: Annotated[float, About("utility", UTILITY, (0.0, 0.4), "assumption")] = 0.2
    innovation_effort: Annotated[float, About("utility", UTILITY, (0.2, 0.8), "assumption")] = 0.4
    self_dealing_gain: Annotated[float, About("utility", UTILITY, (0.0, 3.0), "assumption")] = 1.2


class Behaviour(NamedTuple):
    """How officials choose, what they believe at first and whom they learn from.

    A scenario lists the actions open to officials as ``behaviour.actions``; the three ``*_open`` fields hold it.
    """

    temperature: Annotated[float, About("utility", (1e-6, 100.0), (0.1, 0.6), "assumption")] = 0.3
    nesting: Annotated[float, About("ratio", (1e-6, 1.0), (0.2, 1.0), "train_2009", {"nesting": 1.0})] = 0.5
    conformity: Annotated[float, About("utility", UTILITY, (0.0, 1.0), "assumption", {"conformity": 0.0})] = 0.2
    habit: Annotated[float, About("utility", UTILITY, (0.0, 0.6), "assumption", {"habit": 0.0})] = 0.25
    prior_strength: Annotated[float, About("cases", POSITIVE, (5.0, 31.0), "anwar_loughran_2011")] = 15.0
    credence: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption")] = 0.7
    circle: Annotated[float, About("officials", (0.0, 1e9), (20.0, 500.0), "dunbar_1993")] = 150.0
    weight_own: Annotated[float, About("cases", UTILITY, None, "lochner_2007", {"learning_from_cases": 0.0})] = 1.0
    weight_peer: Annotated[float, About("cases", UTILITY, (0.0, 1.0), "apel_2013", {"learning_from_cases": 0.0})] = 0.2
    weight_national: Annotated[
        float, About("cases", UTILITY, (0.0, 0.1), "lochner_2007", {"learning_from_cases": 0.0})
    ] = 0.01
    negativity: Annotated[float, About("ratio", UTILITY, (1.0, 3.0), "baumeister_et_al_2001", {"negativity": 1.0})] = (
        1.5
    )
    memory_half_life_months: Annotated[float, About("months", (0.01, 1e9), (6.0, 60.0), "assumption")] = 24.0
    routine_open: Annotated[float, About("switch", SHARE, None, "assumption")] = 1.0
    filed_innovation_open: Annotated[float, About("switch", SHARE, None, "assumption", {"filing": 0.0})] = 1.0
    self_dealing_open: Annotated[float, About("switch", SHARE, None, "assumption", {"self_dealing": 0.0})] = 1.0
    initial_innovation_share: Annotated[float, About("share", SHARE, None, "assumption")] = math.nan


class Deciding(NamedTuple):
    """By which rule officials decide, with what weight beside the default, and the numbers of the rules.

    With weight 0 every rule is the default. A number acts under the rule that it belongs to, and nowhere else.
    """

    rule: Annotated[float, one_of(DECISION_RULES)] = 0.0
    weight: Annotated[float, About("share", SHARE, None, "assumption")] = 1.0
    gain_curvature: Annotated[float, About("exponent", EXPONENT, None, "tversky_kahneman_1992")] = 0.88
    loss_curvature: Annotated[float, About("exponent", EXPONENT, None, "tversky_kahneman_1992")] = 0.88
    gain_elevation: Annotated[float, About("ratio", EXPONENT, None, "gonzalez_wu_1999")] = 0.734
    gain_sensitivity: Annotated[float, About("exponent", EXPONENT, None, "gonzalez_wu_1999")] = 0.543
    loss_elevation: Annotated[float, About("ratio", EXPONENT, None, "gonzalez_wu_1999")] = 0.834
    loss_sensitivity: Annotated[float, About("exponent", EXPONENT, None, "gonzalez_wu_1999")] = 0.641
    fear_half_cases: Annotated[float, About("cases", POSITIVE, None, "assumption")] = 10.0
    threshold_mean: Annotated[float, About("share", SHARE, None, "assumption")] = 0.2
    threshold_sd: Annotated[float, About("share", SHARE, None, "assumption")] = 0.15
    aspiration: Annotated[float, About("utility", WORTH, None, "assumption")] = 0.0
    learning_rate: Annotated[float, About("share per month", SHARE, None, "assumption")] = 0.1


class Network(NamedTuple):
    """Whom officials see and hear of in their jurisdiction, and who answers for whom; a number acts in its network."""

    kind: Annotated[float, one_of(NETWORKS)] = 0.0
    neighbours: Annotated[float, About("officials", (1.0, 10_000.0), None, "assumption")] = 8.0
    rewiring: Annotated[float, About("probability", SHARE, None, "watts_strogatz_1998")] = 0.1
    span: Annotated[float, About("officials", (1.0, 1_000_000.0), None, "assumption")] = 7.0
    blame_down: Annotated[float, About("probability", SHARE, None, "assumption")] = 0.3
    superior_weight: Annotated[float, About("share", SHARE, None, "assumption")] = 0.3


class Public(NamedTuple):
    """How the public of a jurisdiction bears failure, how well it judges, and how successes and failures move it."""

    tolerance: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption")] = 0.4
    tolerance_weight: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption", {"public_loop": 0.0})] = 0.6
    objectivity: Annotated[float, About("share", SHARE, (0.0, 1.0), "assumption")] = 0.3
    reversion: Annotated[float, About("per month", SHARE, (0.0, 0.2), "assumption")] = 0.05
    gain_success: Annotated[float, About("per month", SHARE, (0.0, 0.2), "assumption")] = 0.05
    loss_failure: Annotated[float, About("per month", SHARE, (0.0, 0.2), "weaver_1986")] = 0.1


class Career(NamedTuple):
    """When the hope of promotion fades and when officials leave."""

    ceiling_age: Annotated[
        float,
        About(
            "years", (18.0, 120.0), (45.0, 58.0), "china_retirement_rules", {"career_horizon": "career.retirement_age"}
        ),
    ] = 52.0
    retirement_age: Annotated[float, About("years", (33.0, 120.0), (55.0, 65.0), "china_retirement_rules")] = 60.0


class Population(NamedTuple):
    """How traits are distributed among officials, at month 0 and among newcomers."""

    competence_mu: Annotated[float, About("logit", (-10.0, 10.0), None, "assumption")] = 0.4
    competence_sd: Annotated[float, About("logit", (0.0, 10.0), None, "assumption", {"heterogeneity": 0.0})] = 0.6
    loss_aversion_mean: Annotated[
        float, About("ratio", (1e-6, 100.0), (1.8, 2.1), "brown_et_al_2024", {"loss_aversion": 1.0})
    ] = 1.955
    loss_aversion_sd: Annotated[
        float, About("log ratio", (0.0, 3.0), None, "assumption", {"loss_aversion": 0.0, "heterogeneity": 0.0})
    ] = 0.35
    public_service_motivation_mean: Annotated[float, About("utility", UTILITY, None, "assumption")] = 0.45
    public_service_motivation_sd: Annotated[
        float, About("utility", UTILITY, None, "assumption", {"heterogeneity": 0.0})
    ] = 0.25
    ambition_mean: Annotated[float, About("utility", UTILITY, None, "assumption")] = 0.8
    ambition_sd: Annotated[float, About("utility", UTILITY, None, "assumption", {"heterogeneity": 0.0})] = 0.45
    integrity_mu: Annotated[float, About("logit", (-10.0, 10.0), None, "assumption")] = 1.5
    integrity_sd: Annotated[float, About("logit", (0.0, 10.0), None, "assumption", {"heterogeneity": 0.0})] = 0.8


class Value(NamedTuple):
    """What one official's month is worth to the public: weights to be debated, not findings."""

    success: Annotated[float, About("value", WORTH, None, "judgement")] = 1.0
    routine: Annotated[float, About("value", WORTH, None, "judgement")] = 0.2
    failure: Annotated[float, About("value", WORTH, None, "judgement")] = -0.3
    negligence: Annotated[float, About("value", WORTH, None, "judgement")] = -1.5
    self_dealing: Annotated[float, About("value", WORTH, None, "judgement")] = -2.0
    inaction: Annotated[float, About("value", WORTH, None, "judgement")] = -0.1
    filing: Annotated[float, About("value", WORTH, None, "judgement")] = -0.03
    case: Annotated[float, About("value", WORTH, None, "judgement")] = -0.1
    detection: Annotated[float, About("value", WORTH, None, "judgement")] = -0.05


class Parameters(NamedTuple):
    """All parameters, a table a theme: what a scenario sets and what every rule reads."""

    accountability: Accountability = Accountability()
    exemption: Exemption = Exemption()
    supervision: Supervision = Supervision()
    guidance: Guidance = Guidance()
    work: Work = Work()
    behaviour: Behaviour = Behaviour()
    decision: Deciding = Deciding()
    network: Network = Network()
    public: Public = Public()
    career: Career = Career()
    population: Population = Population()
    value: Value = Value()


# Set once and for all before the first month, so that a change at a later month would do nothing.
FIXED_AT_START = frozenset(
    {
        "behaviour.initial_innovation_share",
        *(f"decision.{name}" for name in Deciding._fields),
        *(f"network.{name}" for name in Network._fields),
    }
)


# The two ladders of sanctions (model.md, section 6), from the lowest rung to the highest, which ends in removal.
N_RUNGS = 4
REMOVAL_RUNG = 3
# circular, admonition, discipline, removal: the shape of a provincial inspection's measures, removals an assumption
ACCOUNTABILITY_SHARES = (0.40, 0.30, 0.25, 0.05)  # hunan_inspection_2018
# the four forms (四种形态)
MISCONDUCT_SHARES = (0.638, 0.286, 0.037, 0.039)  # ccdi_2023
LADDER_LOSSES = (0.5, 2.0, 6.0, 15.0)  # utility, about the drive of as many months; assumption
# After an admonition an assumption; who is removed leaves at the end of the month.
LADDER_FREEZES_MONTHS = (0.0, 6.0, 18.0, 0.0)  # ccdi_2016_reply

REFERENCE_CLARITY = 2.0  # how clear a case from complexity is where `exemption.probability` is what happens to it
LEAST_CLARITY = 0.5
HISTORY_MONTHS = 24  # how far back an official's inaction is kept, a bit a month
HABIT_MONTHS = 12  # of these the newest, which make the habit and by which officials are lazy
LAZY_MONTHS = 6  # lazy: inactive in more than so many of them
NEWCOMER_AGES = (28.0, 32.0)
MONTHS_PER_YEAR = 12.0
MOST_COMPLEXITY = 0.95


@functools.cache
def parameter_paths() -> tuple[str, ...]:
    """Return "table.name" of every parameter, in the order in which their values stand in a row."""
    return tuple(f"{table}.{name}" for table, values in Parameters()._asdict().items() for name in values._fields)


@functools.cache
def about(path: str) -> About:
    """Return what is known of the parameter at "table.name"; KeyError if there is none."""
    table, _, name = path.partition(".")
    annotation = get_type_hints(type(Parameters()._asdict()[table]), include_extras=True)[name]
    found: About = annotation.__metadata__[0]
    return found


@functools.cache
def mechanisms() -> Mapping[str, Mapping[str, float | str]]:
    """Return the mechanisms that can be switched off: for each, the paths to set and their neutral values.

    A value that is a path itself stands for the value of that parameter.
    """
    found: dict[str, dict[str, float | str]] = {}
    for path in parameter_paths():
        for mechanism, neutral in about(path).neutral.items():
            found.setdefault(mechanism, {})[path] = neutral
    return found


def words_of(path: str) -> tuple[str, ...]:
    """Return the words by which the parameter at a key path is set; none if it is a number or there is no such path."""
    return about(path).words if path in parameter_paths() else ()


def value_at(parameters: Parameters, path: str) -> float:
    """Return the value of the parameter at "table.name"."""
    table, _, name = path.partition(".")
    value: float = getattr(getattr(parameters, table), name)
    return value


def replaced(parameters: Parameters, values: dict[str, float]) -> Parameters:
    """Return the parameters with other values at some paths "table.name"."""
    tables: dict[str, Any] = parameters._asdict()
    for path, value in values.items():
        table, _, name = path.partition(".")
        tables[table] = tables[table]._replace(**{name: float(value)})
    return Parameters(**tables)


def row_of(parameters: Parameters) -> list[float]:
    """Return the values of all parameters as one flat row, the form in which compiled code is handed them."""
    return [float(value) for table in parameters for value in table]


class InForce(NamedTuple):
    """The parameters that compiled rules read in a month: all but those of how officials decide and see each other.

    The numbers of a decision rule and of a network never change in a run, so their tags carry them, and what does not
    ask for them is compiled and run without them.
    """

    accountability: Accountability
    exemption: Exemption
    supervision: Supervision
    guidance: Guidance
    work: Work
    behaviour: Behaviour
    public: Public
    career: Career
    population: Population
    value: Value


_SIZES = {name: len(table) for name, table in Parameters()._asdict().items()}
N_PARAMETERS = sum(_SIZES.values())
_PLACES = {name: sum(list(_SIZES.values())[:number]) for number, name in enumerate(_SIZES)}
_STARTS = tuple(_PLACES[name] for name in InForce._fields)
_LENGTHS = tuple(_SIZES[name] for name in InForce._fields)


def all_parameters_of_row(row: NDArray[np.float64]) -> Parameters:
    """Return all the parameters that stand in a flat row, shape (N_PARAMETERS,): the way back from ``row_of``."""
    tables = {name: row[place : place + _SIZES[name]].tolist() for name, place in _PLACES.items()}
    return Parameters(**{name: type(getattr(Parameters(), name))(*values) for name, values in tables.items()})


@compiled
def parameters_of_row(row: NDArray[np.float64]) -> Parameters:
    """Return what compiled rules read of the parameters that stand in a flat row, shape (N_PARAMETERS,)."""
    s, n = _STARTS, _LENGTHS
    return InForce(  # type: ignore[return-value]  # a rule reads either
        Accountability(*fields_of(row[s[0] :], n[0])),
        Exemption(*fields_of(row[s[1] :], n[1])),
        Supervision(*fields_of(row[s[2] :], n[2])),
        Guidance(*fields_of(row[s[3] :], n[3])),
        Work(*fields_of(row[s[4] :], n[4])),
        Behaviour(*fields_of(row[s[5] :], n[5])),
        Public(*fields_of(row[s[6] :], n[6])),
        Career(*fields_of(row[s[7] :], n[7])),
        Population(*fields_of(row[s[8] :], n[8])),
        Value(*fields_of(row[s[9] :], n[9])),
    )
