/** By which rule officials decide, in words: said wherever it is not the default. */

import { aboutParameter, RULE, RULE_WEIGHT, wordAt } from "../model/model";
import { isByAnotherRule, valueIn } from "../store/policy";
import type { Policy } from "../store/types";
import type { Speech } from "../text/context";

/** Return a value of a parameter as people read it: by its word, if it has one. */
export function settingSaid(path: string, value: number, { word, numbers }: Speech): string {
  const found = wordAt(path, value);
  return found === undefined ? numbers.setting(value) : (word("choices", path, found) ?? found);
}

/** Return the rule of a policy, with its weight if that is not the whole; with weight 0 it is the default. */
export function nameOfRule(policy: Policy, speech: Speech): string {
  const value = isByAnotherRule(policy) ? valueIn(policy, RULE) : aboutParameter(RULE).standard;
  const rule = settingSaid(RULE, value, speech);
  const weight = valueIn(policy, RULE_WEIGHT);
  if (!isByAnotherRule(policy) || weight === aboutParameter(RULE_WEIGHT).standard) return rule;
  return speech.t("rule.with_weight", { rule, weight: speech.numbers.setting(weight) });
}

/** Return by which rules officials decide where a policy, or the pinned one beside it, is not by the default; else null. */
export function rulesSaid(policy: Policy, pinned: Policy | null, speech: Speech): string | null {
  const rule = nameOfRule(policy, speech);
  const other = pinned ? nameOfRule(pinned, speech) : rule;
  if (!isByAnotherRule(policy)) return pinned && isByAnotherRule(pinned) ? speech.t("rule.badge_pinned_only", { pinned: other }) : null;
  return other === rule ? speech.t("rule.badge", { rule }) : speech.t("rule.badge_pinned", { rule, pinned: other });
}
