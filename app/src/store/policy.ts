/** Policies as values: equality, the way from one to another, the values their levers stand at. */

import { numbersOfRule, RULE, RULE_WEIGHT, scenarioNamed, wordAt, wordsOf, type ValuesByPath } from "../model/model";
import type { Policy } from "./types";

/** Return the value of a parameter before any change over time. */
export function valueIn(policy: Policy, path: string): number {
  return policy.settings[path] ?? scenarioNamed(policy.scenario).parameters[path] ?? Number.NaN;
}

/** Return the policy with other values; a value that is the scenario's own is no setting. */
export function withValues(policy: Policy, values: ValuesByPath): Policy {
  const own = scenarioNamed(policy.scenario).parameters;
  const kept = Object.entries({ ...policy.settings, ...values }).filter(([path, value]) => !Object.is(value, own[path]));
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return { scenario: policy.scenario, settings: Object.fromEntries(kept) };
}

export function isSamePolicy(a: Policy, b: Policy): boolean {
  const paths = Object.keys(a.settings);
  return (
    a.scenario === b.scenario &&
    paths.length === Object.keys(b.settings).length &&
    paths.every((path) => Object.is(a.settings[path], b.settings[path]))
  );
}

/** Return by which rule officials decide under a policy. */
export function ruleIn(policy: Policy): string {
  return wordAt(RULE, valueIn(policy, RULE)) ?? "";
}

/** Tell whether officials decide by another rule than the default; with weight 0 every rule is the default. */
export function isByAnotherRule(policy: Policy): boolean {
  return valueIn(policy, RULE) !== 0 && valueIn(policy, RULE_WEIGHT) > 0;
}

/** Return what to set so that officials decide by a rule: what belongs to others goes back to the scenario's own. */
export function valuesForRule(policy: Policy, rule: string): ValuesByPath {
  const own = scenarioNamed(policy.scenario).parameters;
  const others = wordsOf(RULE).filter((one) => one !== rule).flatMap(numbersOfRule);
  const left = [...others, ...(rule === wordAt(RULE, 0) ? [RULE_WEIGHT] : [])].filter((path) => path in policy.settings);
  const values = left.map((path): [string, number] => [path, own[path] ?? Number.NaN]);
  return { ...Object.fromEntries(values), [RULE]: wordsOf(RULE).indexOf(rule) };
}

/** Return the paths whose values differ between two policies before any change over time. */
export function differingPaths(a: Policy, b: Policy): string[] {
  const paths = Object.keys(scenarioNamed(a.scenario).parameters);
  return paths.filter((path) => !Object.is(valueIn(a, path), valueIn(b, path)));
}

/**
 * Return the policy a share of the way between two. What changes over time or by place, or is set by a word, cannot be
 * halved: it is the target's as soon as the way is begun.
 */
export function policyBetween(from: Policy, to: Policy, share: number): Policy {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const values = differingPaths(from, to).map((path) => {
    const [start, end] = [valueIn(from, path), valueIn(to, path)];
    return [path, Number.isNaN(start) || Number.isNaN(end) || wordsOf(path).length > 0 ? end : start + (end - start) * share] as const;
  });
  return withValues(to, Object.fromEntries(values));
}
