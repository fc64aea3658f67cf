/** The lines of Python that print the report's numbers: the same runs, the same statistics, to the last digit. */

import { ACTIONS, HEADLINES, SWITCHES, scenarioNamed, wordAt } from "../../model/model";
import { valueIn } from "../../store/policy";
import type { Policy, Size } from "../../store/types";
import { MONTHLY_FANS, YEARLY_FANS } from "./numbers";

export interface Reported {
  readonly policy: Policy;
  readonly pinned: Policy | null;
  readonly size: Size;
  readonly seed: number;
  readonly runs: number;
}

const INDENT = "    ";
const LONGEST = 72;

/** Return what stands between brackets, on as many lines as it takes. */
function listed(begin: string, items: readonly string[], end: string): string[] {
  const one = `${begin}${items.join(", ")}${end}`;
  if (one.length <= LONGEST) return [one];
  const lines = [begin];
  let line = INDENT;
  for (const item of items) {
    if (line !== INDENT && line.length + item.length + 1 > LONGEST) {
      lines.push(line.trimEnd());
      line = INDENT;
    }
    line += `${item}, `;
  }
  return [...lines, line.trimEnd(), end];
}

/** Return a value as Python writes it: a word in quotes, a number as it is. */
function literalOf(path: string, value: number): string {
  const word = wordAt(path, value);
  return word === undefined ? String(value) : `"${word}"`;
}

/** Return the settings that turn a shipped scenario into the policy; open actions are one setting of the library's. */
function settingsOf(policy: Policy): string[] {
  const switches = new Set(SWITCHES.values());
  const plain = Object.entries(policy.settings).filter(([path]) => !switches.has(path));
  const settings = plain.map(([path, value]) => `"${path}": ${literalOf(path, value)}`);
  if (plain.length === Object.keys(policy.settings).length) return settings;
  const open = ACTIONS.filter((action) => {
    const path = SWITCHES.get(action);
    return path === undefined || valueIn(policy, path) !== 0;
  });
  // In pieces, so that the list may go over several lines.
  const actions = open.map((action, number) => `${number === 0 ? "[" : ""}"${action}"${number === open.length - 1 ? "]" : ""}`);
  return [...settings, `"behaviour.actions": ${actions[0] ?? "["}`, ...actions.slice(1)];
}

function policyLines(name: string, policy: Policy, size: Size): string[] {
  const isListed = scenarioNamed(policy.scenario).listed.length > 0;
  const sizes = [
    `"size.officials": ${size.officials}`,
    ...(isListed ? [] : [`"size.jurisdictions": ${size.jurisdictions}`]),
    `"size.months": ${size.months}`,
  ];
  const begin = `${name} = with_settings(find_scenario("${policy.scenario}"), {`;
  return listed(begin, [...sizes, ...settingsOf(policy)], "})");
}

export function pythonLines({ policy, pinned, size, seed, runs }: Reported): string {
  const simulated = (name: string): string => `simulate(${name}, ${runs}, seed=${seed}).values`;
  return [
    "import numpy as np",
    "",
    "from analysis.experiments import intervals_of",
    "from model.measures import MEASURES",
    "from model.scenario import find_scenario, with_settings",
    "from model.simulate import simulate, window_means",
    "",
    ...policyLines("policy", policy, size),
    `values = ${simulated("policy")}`,
    "means = window_means(values)",
    ...listed("headlines = (", HEADLINES.map((name) => `"${name}"`), ")"),
    "",
    "def tell(what, intervals):",
    `${INDENT}for name in headlines:`,
    `${INDENT}${INDENT}place = MEASURES.index(name)`,
    `${INDENT}${INDENT}print(what, name, *(part[place] for part in intervals[:3]))`,
    "",
    'tell("mean", intervals_of(means))',
    ...(pinned ? pinnedLines(pinned, size, simulated("pinned")) : []),
    "months = values[:, 11], values[:, -1]",
    "years = window_means(values[:, :12]), window_means(values, 12)",
    "for name, ends in (",
    INDENT + MONTHLY_FANS.map((name) => `("${name}", months),`).join(" "),
    INDENT + YEARLY_FANS.map((name) => `("${name}", years),`).join(" "),
    "):",
    `${INDENT}ends = np.stack(ends)[:, :, MEASURES.index(name)]`,
    `${INDENT}low, median, high = np.nanquantile(ends, [0.05, 0.5, 0.95], axis=1)`,
    `${INDENT}print("course", name, *median, low[1], high[1])`,
    ...mixLines(),
    "",
  ].join("\n");
}

function pinnedLines(pinned: Policy, size: Size, simulated: string): string[] {
  return [
    ...policyLines("pinned", pinned, size),
    `reference = window_means(${simulated})`,
    'tell("difference", intervals_of(means - reference))',
  ];
}

/** A filed innovation and one with private gain are innovations too: their rates are shares of that rate. */
function mixLines(): string[] {
  const names = ["inaction_rate", "routine_rate", "innovation_rate", "filed_share", "self_dealing_share"];
  return [
    ...listed("at_end = [values[:, -1, MEASURES.index(name)] for name in (", names.map((name) => `"${name}"`), ")]"),
    "inaction, routine, innovation, filed, dealing = at_end",
    "rates = [inaction, routine, innovation]",
    "rates += [innovation * np.nan_to_num(share) for share in (filed, dealing)]",
    "means = np.column_stack(rates).sum(axis=0) / len(values)",
    "inaction, routine, innovation, filed, dealing = means",
    "plain = max(0.0, innovation - filed - dealing)",
    'print("end", inaction, routine, plain, filed, dealing)',
  ];
}
