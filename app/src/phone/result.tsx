/** What came of a quarter, month by month, in words and points. */

import type { MonthOf } from "../../generated/room_messages";
import { useWords, type Words } from "../play/words";
import { useShown, type ScreenProps } from "./context";
import { HistoryButton } from "./history";

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

export function Result({ state }: ScreenProps) {
  const { t } = useWords();
  const { view } = useShown();
  const { last } = state;
  const isPractice = state.phase === "practised";
  return (
    <>
      <h2>{isPractice ? t("phone.result_practice") : t("phone.result", { n: state.round })}</h2>
      {last && (
        <section class="card" aria-live="polite">
          {last.deputy && <p class="deputy">{t("phone.deputy")}</p>}
          <Months months={last.months} />
          <Sums quarter={last.points} total={isPractice ? null : (state.total ?? 0)} />
        </section>
      )}
      <p class="notice-line">{t(view.deadline ? "phone.next_soon" : "phone.next_trainer")}</p>
      {!isPractice && <HistoryButton />}
    </>
  );
}

function Months({ months }: { readonly months: readonly MonthOf[] }) {
  const words = useWords();
  const { t, signed } = words;
  return (
    <ul class="months">
      {months.map((month) => (
        <li key={month.month}>
          <span class="month-head">
            {t("phone.month", { n: month.month })} · {t(`phone.action_short_${month.action}`)}
          </span>
          <span class="month-came">{cameOf(month, words)}</span>
          <strong class="points">{signed(month.points)}</strong>
        </li>
      ))}
    </ul>
  );
}

function Sums({ quarter, total }: { readonly quarter: number; readonly total: number | null }) {
  const { t, signed } = useWords();
  return (
    <dl class="sums">
      <div>
        <dt>{t("phone.quarter_points")}</dt>
        <dd>{signed(quarter)}</dd>
      </div>
      {total !== null && (
        <div>
          <dt>{t("phone.total_points")}</dt>
          <dd>{signed(total)}</dd>
        </div>
      )}
    </dl>
  );
}
