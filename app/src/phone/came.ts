/** What came of a month, in a few words. */

import type { MonthOf } from "../../generated/room_messages";
import type { Words } from "../play/words";

const FAILURES = [3, 4, 5, 6];
const SUCCESS = 2;

/** Return what came of a month in a few words, a sign first. */
export function cameOf(month: MonthOf, { t }: Words): string {
  const isFailure = FAILURES.includes(month.outcome);
  const sign = month.outcome === SUCCESS ? "✓" : isFailure || month.outcome === 1 ? "✗" : "·";
  return [`${sign} ${t(`phone.outcome_${month.outcome}`)}`, ...caseOf(month, isFailure, t)].join(" · ");
}

function caseOf(month: MonthOf, isFailure: boolean, t: Words["t"]): string[] {
  const rung = month.rung >= 0 ? t(`rule.rung_${month.rung}`) : "";
  if (month.case && month.exempt) return [t("phone.case_exempt")];
  if (rung) return [t(month.case ? "phone.case_rung" : "phone.rung_alone", { rung })];
  return isFailure && !month.case ? [t("phone.case_none")] : [];
}
