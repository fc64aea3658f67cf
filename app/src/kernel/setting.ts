/** A scenario in the form in which the compiled rules take it: who sits where, which policy holds when. */

import description from "../../generated/kernel_layout.json";
import { DECISION_RULES, PARAMETER_PATHS, type ParameterPath, type RuleName } from "../../generated/names";
import { Call, DEFAULT_RULE, newWhole, type Arrays, type KernelExports, type ArgumentNumbers, type Whole } from "./calls";
import type { Arena, Placed } from "./memory";
import type { ScenarioSpec, Settings } from "./types";

const PLACE_OF = new Map<string, number>(PARAMETER_PATHS.map((path, place) => [path, place]));
const N_PARAMETERS = PARAMETER_PATHS.length;
const LARGEST_WORD = 2 ** 32 - 1;
const LARGEST_RUN = 2 ** 31 - 1;
const TIMES_OF_CHANGE = 3;

export interface Setting {
  readonly spec: ScenarioSpec;
  readonly jurisdictions: number;
  readonly officials: number;
  readonly blocks: number;
  readonly months: number;
  readonly layout: Whole;
  readonly rows: Placed;
  readonly rowOf: Placed;
  /** Layout and policies by the names of arguments. */
  readonly arrays: Arrays;
  /** The numbers of the decision rule by the names of arguments; none under the default. */
  readonly ruleNumbers: ArgumentNumbers;
}

/** Return the rule by which the officials of a scenario decide: it is the same from the first month on, everywhere. */
export function ruleOf({ parameters }: ScenarioSpec): RuleName {
  const rule = DECISION_RULES[parameters["decision.rule"]];
  if (rule === undefined) throw new RangeError(`there is no decision rule ${parameters["decision.rule"]}`);
  return rule;
}

function ruleNumbersOf({ rule }: KernelExports, { parameters }: ScenarioSpec): ArgumentNumbers {
  if (rule === DEFAULT_RULE) return {};
  const named = description.other_rules.numbers.map((line) => line.split(" ")[0] ?? "");
  return Object.fromEntries(
    named.map((name) => [name, parameters[`decision.${name.split(".").at(-1)}` as ParameterPath]]),
  );
}

/** Return the place of a parameter in a row; TypeError if there is none of that name. */
export function placeOf(path: string): number {
  const place = PLACE_OF.get(path);
  if (place === undefined) throw new TypeError(`there is no parameter "${path}"`);
  return place;
}

/** Throw RangeError unless a number is whole and within limits: compiled code checks nothing. */
export function checkWhole(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${what} is ${value}; allowed is a whole number from ${least} to ${most}`);
  }
}

export function checkSeedAndRun(seed: number, run: number): void {
  checkWhole("the seed", seed, 0, LARGEST_WORD);
  checkWhole("the run", run, 0, LARGEST_WORD);
}

/** Lay a scenario out in the kernel's memory. */
export function newSetting(exports: KernelExports, arena: Arena, spec: ScenarioSpec): Setting {
  const isListed = spec.listed.length > 0;
  const jurisdictions = isListed ? spec.listed.length : spec.jurisdictions;
  const officials = isListed ? spec.listed.reduce((sum, listed) => sum + listed.officials, 0) : spec.officials;
  checkWhole("the number of months", spec.months, 1, LARGEST_RUN);
  checkWhole("the number of jurisdictions", jurisdictions, 1, LARGEST_RUN);
  checkWhole("the number of officials", officials, jurisdictions, LARGEST_RUN);

  const layout = newWhole(arena, "layout", { jurisdictions, "jurisdictions + 1": jurisdictions + 1 });
  const sizes = arena.array("int64", [jurisdictions]);
  if (isListed) {
    for (const listed of spec.listed) checkWhole("a jurisdiction's officials", listed.officials, 1, LARGEST_RUN);
    arena.memory.wholes(sizes).set(spec.listed.map((listed) => BigInt(listed.officials)));
  } else new Call(exports, arena, "fill_sizes", { sizes }).with({ officials });
  const seat = new Call(exports, arena, "seat_officials", { sizes, ...layout.arrays });
  const blocks = seat.with({ is_listed: isListed ? 1 : 0 });

  const { rows, rowOf } = policiesOf(exports, arena, spec);
  const arrays = { ...layout.arrays, "policies.rows": rows, "policies.row_of": rowOf };
  const ruleNumbers = ruleNumbersOf(exports, spec);
  return { spec, jurisdictions, officials, blocks, months: spec.months, layout, rows, rowOf, arrays, ruleNumbers };
}

/** Put values into a row of parameters, at the places of their names. */
export function putSettings(row: Float64Array, settings: Settings): void {
  for (const [path, value] of Object.entries(settings)) row[placeOf(path)] = value;
}

function policiesOf(exports: KernelExports, arena: Arena, spec: ScenarioSpec): { rows: Placed; rowOf: Placed } {
  const kinds = Math.max(1, spec.listed.length);
  const bases = arena.floats([kinds, N_PARAMETERS]);
  const times = arena.floats([spec.changes.length, TIMES_OF_CHANGE]);
  const targets = arena.floats([spec.changes.length, N_PARAMETERS]);
  const rows = arena.floats([spec.months * kinds, N_PARAMETERS]);
  const rowOf = arena.array("int64", [spec.months, kinds]);

  const { memory } = arena;
  for (let kind = 0; kind < kinds; kind++) {
    const row = rowAt(memory.floats(bases), kind);
    PARAMETER_PATHS.forEach((path: ParameterPath, place) => (row[place] = spec.parameters[path]));
    putSettings(row, spec.listed[kind]?.settings ?? {});
  }
  memory.floats(targets).fill(Number.NaN);
  spec.changes.forEach((change, number) => {
    const until = change.until ?? Number.POSITIVE_INFINITY;
    memory.floats(times).set([change.month, until, change.phaseInMonths], number * TIMES_OF_CHANGE);
    putSettings(rowAt(memory.floats(targets), number), change.settings);
  });
  const call = new Call(exports, arena, "fill_policies", { bases, times, targets, rows, row_in_force: rowOf });
  return { rows: { ...rows, shape: [call.with(), N_PARAMETERS] }, rowOf };
}

/** Return one row of parameters out of a table of them. */
export function rowAt(table: Float64Array, number: number): Float64Array {
  return table.subarray(number * N_PARAMETERS, (number + 1) * N_PARAMETERS);
}
