/** One official's month in sentences: how it turned out, and why the official chose as it did. */

import { ACTIONS, type ActionName, type OutlookName } from "../../generated/names";
import type { ConsequenceExplanation, OfficialExplanation } from "../kernel/types";
import { nameOfRule } from "../levers/rule_said";
import { isByAnotherRule, ruleIn } from "../store/policy";
import type { Policy } from "../store/types";
import type { Speech } from "../text/context";
import { fixed, toldApart } from "../text/fixed_numbers";
import { sentences } from "../text/text";
import { actionSaid } from "./deeds";
import { contrastOf } from "./reasons";

/** Return the sanction of a case by the ladder that it is for; null if there was none. */
export function sanctionSaid({ rung, isMisconduct }: ConsequenceExplanation, { t }: Speech): string | null {
  if (rung === null) return null;
  return isMisconduct ? t(`people.form_${rung}`) : t(`people.rung_${rung}`);
}

/** Return with how much care an official acted, and whether its matter was urgent; nothing where there is neither. */
export function dutySaid({ action, outlook }: OfficialExplanation, { t, numbers }: Speech): string {
  const care = CARE_OF[action];
  const parts = [
    ...(care === null ? [] : [t("people.care", { share: numbers.wholePercent(outlook[care]) })]),
    ...(outlook.may_file === 0 ? [t("people.urgent")] : []),
  ];
  return parts.join("");
}

/** The care that belongs to an action: what covers private gain is not filed. */
const CARE_OF: Readonly<Record<ActionName, OutlookName | null>> = {
  inaction: null,
  routine: "routine_care",
  innovation: "unfiled_care",
  filed_innovation: "filed_care",
  self_dealing: "unfiled_care",
};

/** Return how the month turned out: the outcome, and what the authorities made of it. */
export function consequenceSaid({ outcome, consequence }: OfficialExplanation, speech: Speech): string {
  const { t, word } = speech;
  const parts = [t("people.outcome", { outcome: word("outcomes", outcome) ?? outcome })];
  if (consequence.isUnpursued) parts.push(t("people.unpursued"));
  if (consequence.isFailureCase) parts.push(t(consequence.isExempt ? "people.exempt" : "people.not_exempt"));
  if (consequence.isMisconduct) parts.push(t(consequence.isExempt ? "people.found_out_exempt" : "people.found_out"));
  const sanction = sanctionSaid(consequence, speech);
  if (sanction !== null) parts.push(t(consequence.isMisconduct ? "people.misconduct_sanction" : "people.sanction", { rung: sanction }));
  if (consequence.freezeMonths > 0) parts.push(t("people.freeze", { n: consequence.freezeMonths }));
  return parts.join("");
}

/** Return the sentence that sets the choice against the best alternative. */
export function whySaid(explanation: OfficialExplanation, speech: Speech): string {
  const { t, word, numbers } = speech;
  const chosen = actionSaid(explanation.action, speech);
  const said = t("people.chosen", { action: chosen, share: numbers.percent(explanation.probabilities[explanation.action]) });
  const contrast = contrastOf(explanation);
  if (!contrast) return said;
  const other = actionSaid(contrast.other, speech);
  const term = (name: string): string => word("terms", name) ?? name;
  const parts = [said];
  if (contrast.pro) parts.push(t("people.pro", { other, term: term(contrast.pro) }));
  if (contrast.con) parts.push(t("people.con", { other, term: term(contrast.con) }));
  if (contrast.isAgainstTheOdds) parts.push(t("people.against_the_odds", { other }));
  return parts.join(speech.language === "en" ? " " : "");
}

/** Return by which other rule an official decides, and what it made of the odds, which no term shows; null by default. */
export function ruleSaid(explanation: OfficialExplanation, policy: Policy, speech: Speech): string | null {
  if (!isByAnotherRule(policy)) return null;
  const said = speech.t("people.decides_by", { rule: nameOfRule(policy, speech) });
  const did = WHAT_RULES_DO[ruleIn(policy)]?.(explanation, speech);
  return did === undefined ? said : sentences(speech.language, said, did);
}

/** The rules that act on the odds themselves; the others are seen in the terms. */
const WHAT_RULES_DO: Readonly<Record<string, (explanation: OfficialExplanation, speech: Speech) => string>> = {
  threshold({ told: { first, second } }, { t, language }) {
    const [share, threshold] = toldApart(first, second, language);
    return t(first < second ? "people.told_threshold_few" : "people.told_threshold_enough", { share, threshold });
  },
  satisficing({ told: { first: last, second: chance } }, speech) {
    const action = ACTIONS[last];
    if (action === undefined) return speech.t("people.told_satisficing_nothing");
    const values = { action: actionSaid(action, speech), chance: fixed(chance, speech.language) };
    return speech.t("people.told_satisficing_keeps", values);
  },
};
