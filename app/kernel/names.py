"""The names that places in the kernel's arrays stand for, list by list: what the page reads numbers by."""

from __future__ import annotations

from collections.abc import Sequence

from app.kernel.calls import POST_FIELDS, DeedFields
from app.kernel.summaries import INTERVAL_FIELDS, PAIRED_FIELDS
from model.arrays import REMOVED, RETIRES, STAYS
from model.draws import CaseLuck, MonthLuck
from model.measures import MEASURES, headline_measures
from model.parameters import DECISION_RULES, Parameters, parameter_paths
from model.rules.decision.decision_rule import RuleTold
from model.rules.ladder import Ladder
from model.rules.utility import TERMS, Circumstances, Outlook, PerAction
from model.state import OfficialState, PolicyTables
from model.vocabulary import ACTIONS, Cause, Outcome

_LEAVES = {STAYS: "stays", REMOVED: "removed", RETIRES: "retires"}

# By the name of the list in TypeScript: the name of its type, and its names in the order of their places.
NAME_LISTS: dict[str, tuple[str, Sequence[str]]] = {
    "TABLES": ("TableName", Parameters._fields),
    "PARAMETER_PATHS": ("ParameterPath", parameter_paths()),
    "DECISION_RULES": ("RuleName", DECISION_RULES),
    "MEASURES": ("MeasureName", MEASURES),
    "HEADLINE_MEASURES": ("HeadlineMeasure", headline_measures()),
    "ACTIONS": ("ActionName", ACTIONS),
    "OUTCOMES": ("OutcomeName", [outcome.name.lower() for outcome in Outcome]),
    "CAUSES": ("CauseName", [cause.name.lower() for cause in Cause]),
    "RUNGS": ("RungName", Ladder._fields),
    "LEAVES": ("LeavesName", [_LEAVES[number] for number in sorted(_LEAVES)]),
    "OFFICIAL_FIELDS": ("OfficialField", OfficialState._fields),
    "POST_FIELDS": ("PostField", POST_FIELDS),
    "POLICY_TABLE_FIELDS": ("PolicyTableField", PolicyTables._fields),
    "CIRCUMSTANCES": ("CircumstanceName", Circumstances._fields),
    "OUTLOOK": ("OutlookName", Outlook._fields),
    "TERMS": ("TermName", TERMS),
    "TOLD": ("ToldName", RuleTold._fields),
    "MONTH_LUCK": ("MonthLuckName", MonthLuck._fields),
    "CASE_LUCK": ("CaseLuckName", CaseLuck._fields),
    "DEED_FIELDS": ("DeedField", DeedFields._fields),
    "INTERVAL_FIELDS": ("IntervalField", INTERVAL_FIELDS),
    "PAIRED_FIELDS": ("PairedField", PAIRED_FIELDS),
}

if PerAction._fields != ACTIONS:
    raise ValueError(f"a term {PerAction._fields} does not stand in the order of the actions {ACTIONS}")
