/** What came of a quarter, month by month, in words and points. */

import type { MonthOf } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { cameOf } from "./came";
import { useShown, type ScreenProps } from "./context";
import { HistoryButton } from "./history";

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
