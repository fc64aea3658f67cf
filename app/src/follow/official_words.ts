/** One official's month in sentences: how it turned out, and why the official chose as it did. */

import type { OfficialExplanation } from "../kernel/types";
import type { Speech } from "../text/context";
import { actionSaid } from "./deeds";
import { contrastOf } from "./reasons";

/** Return how the month turned out: the outcome, and what the authorities made of it. */
export function consequenceSaid({ outcome, consequence }: OfficialExplanation, { t, word }: Speech): string {
  const parts = [t("people.outcome", { outcome: word("outcomes", outcome) ?? outcome })];
  if (consequence.isUnpursued) parts.push(t("people.unpursued"));
  if (consequence.isCase) parts.push(t(consequence.isExempt ? "people.exempt" : "people.not_exempt"));
  if (consequence.rung !== null) parts.push(t("people.sanction", { rung: t(`people.rung_${consequence.rung}`) }));
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
