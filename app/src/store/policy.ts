/** Policies as values: equality, the way from one to another, the values their levers stand at. */

import { scenarioNamed, type ValuesByPath } from "../model/model";
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

/** Return the paths whose values differ between two policies before any change over time. */
export function differingPaths(a: Policy, b: Policy): string[] {
  const paths = Object.keys(scenarioNamed(a.scenario).parameters);
  return paths.filter((path) => !Object.is(valueIn(a, path), valueIn(b, path)));
}

/**
 * Return the policy a share of the way between two. What changes over time or by place cannot be halved: it is the
 * target's as soon as the way is begun.
 */
export function policyBetween(from: Policy, to: Policy, share: number): Policy {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const values = differingPaths(from, to).map((path) => {
    const [start, end] = [valueIn(from, path), valueIn(to, path)];
    return [path, Number.isNaN(start) || Number.isNaN(end) ? end : start + (end - start) * share] as const;
  });
  return withValues(to, Object.fromEntries(values));
}
