/** What the kernel is asked to run: a policy and a size, as a scenario with all its numbers. */

import type { ParameterValues, ScenarioSpec } from "../kernel/types";
import { scenarioNamed } from "../model/model";
import type { Policy, Size } from "./types";

/**
 * Return sizes in the same proportions that add up to a total, by the largest remainder, each at least 1: the library's
 * `proportional_sizes`, compared with it in a test.
 */
export function proportionalSizes(sizes: readonly number[], total: number): number[] {
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const remainder = (place: number): number => (total * (sizes[place] ?? 0)) % whole;
  const scaled = sizes.map((size) => Math.floor((total * size) / whole));
  const byRemainder = sizes.map((_, place) => place).sort((a, b) => remainder(b) - remainder(a) || a - b);
  const left = total - scaled.reduce((sum, size) => sum + size, 0);
  for (const place of byRemainder.slice(0, left)) scaled[place] = (scaled[place] ?? 0) + 1;
  const seated = scaled.map((size) => Math.max(1, size));
  while (seated.reduce((sum, size) => sum + size, 0) > total) {
    const largest = seated.indexOf(Math.max(...seated));
    seated[largest] = (seated[largest] ?? 0) - 1;
  }
  return seated;
}

/** Return the scenario to run: the library's `with_settings(scenario, settings, officials, months)`. */
export function specOf(policy: Policy, size: Size): ScenarioSpec {
  const scenario = scenarioNamed(policy.scenario);
  const sizes = proportionalSizes(
    scenario.listed.map((place) => place.officials),
    size.officials,
  );
  return {
    ...scenario,
    officials: size.officials,
    jurisdictions: scenario.listed.length || size.jurisdictions,
    months: size.months,
    listed: scenario.listed.map((place, number) => ({ ...place, officials: sizes[number] ?? 1 })),
    parameters: { ...scenario.parameters, ...policy.settings } as ParameterValues,
  };
}
