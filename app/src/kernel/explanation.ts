/** An explanation as compiled code left it in memory, with names. */

import {
  ACTIONS,
  CASE_LUCK,
  CAUSES,
  CIRCUMSTANCES,
  DEED_FIELDS,
  MONTH_LUCK,
  OFFICIAL_FIELDS,
  OUTCOMES,
  OUTLOOK,
  POLICY_TABLE_FIELDS,
  RUNGS,
  TERMS,
  TOLD,
  type DeedField,
} from "../../generated/names";
import type { Whole } from "./calls";
import type { Memory } from "./memory";
import type { ConsequenceExplanation, OfficialExplanation } from "./types";

/** Return the explanation that the compiled function wrote. */
export function explained(memory: Memory, whole: Whole, month: number, official: number): OfficialExplanation {
  const row = (field: string): Float64Array => memory.floats(whole.at(field));
  const deed = named(DEED_FIELDS, Array.from(memory.wholes(whole.at("deed")), Number));
  const tables = row("tables");
  const width = POLICY_TABLE_FIELDS.length;
  const terms = row("terms");
  const menu = ACTIONS.map((action, number) => [
    action,
    named(TERMS, TERMS.map((_, term) => terms[term * ACTIONS.length + number] ?? Number.NaN)),
  ]);
  return {
    month,
    official,
    jurisdiction: deed.jurisdiction,
    generation: deed.generation,
    state: named(OFFICIAL_FIELDS, row("state")),
    policy: named(POLICY_TABLE_FIELDS, tables.subarray(deed.jurisdiction * width, (deed.jurisdiction + 1) * width)),
    circumstances: named(CIRCUMSTANCES, row("circumstances")),
    outlook: named(OUTLOOK, row("outlook")),
    menu: Object.fromEntries(menu) as OfficialExplanation["menu"],
    utilities: named(ACTIONS, row("utilities")),
    probabilities: named(ACTIONS, row("probabilities")),
    told: named(TOLD, row("told")),
    luck: { ...named(MONTH_LUCK, row("month_luck")), ...named(CASE_LUCK, row("case_luck")) },
    action: nameAt(ACTIONS, deed.action),
    outcome: nameAt(OUTCOMES, deed.outcome),
    consequence: consequenceOf(deed),
  };
}

function consequenceOf(deed: Readonly<Record<DeedField, number>>): ConsequenceExplanation {
  return {
    isFailureCase: deed.is_failure_case === 1,
    isMisconduct: deed.is_misconduct === 1,
    isHonest: deed.is_honest === 1,
    isExempt: deed.is_exempt === 1,
    isUnpursued: deed.is_unpursued === 1,
    rung: RUNGS[deed.rung] ?? null,
    cause: deed.is_failure_case === 1 || deed.is_misconduct === 1 ? nameAt(CAUSES, deed.cause) : null,
    freezeMonths: deed.freeze_months,
  };
}

function named<Name extends string>(names: readonly Name[], values: ArrayLike<number>): Record<Name, number> {
  return Object.fromEntries(names.map((name, place) => [name, values[place] ?? Number.NaN])) as Record<Name, number>;
}

function nameAt<Name extends string>(names: readonly Name[], place: number): Name {
  const name = names[place];
  if (name === undefined) throw new RangeError(`there is no number ${place} among ${names.join(", ")}`);
  return name;
}
