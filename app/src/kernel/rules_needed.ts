/** Which decision rules scenarios need beside the default. */

import { DEFAULT_RULE } from "./calls";
import { ruleOf } from "./setting";
import type { RuleName, ScenarioSpec } from "./types";

export function otherRulesIn(specs: readonly ScenarioSpec[]): RuleName[] {
  return [...new Set(specs.map(ruleOf))].filter((rule) => rule !== DEFAULT_RULE);
}
