/** The end: one's points beside the twin's, how often each tried, and where one stands; nobody else sees it. */

import { useWords } from "../play/words";
import type { ScreenProps } from "./context";
import { HistoryButton } from "./history";

export function End({ state }: ScreenProps) {
  const { t, signed } = useWords();
  const { final } = state;
  return (
    <>
      <h2>{t("phone.end_heading")}</h2>
      {final && (
        <section class="card end">
          <p class="figure">{t("phone.end_points", { points: signed(final.points), twin: signed(final.twin_points) })}</p>
          <p>{t("phone.end_tried", { n: final.tried, all: final.rounds, twin: final.twin_tried })}</p>
          <p class="quiet-text">{t("phone.end_twin")}</p>
          {final.fifth >= 0 && <p>{t(`phone.end_fifth_${final.fifth}`)}</p>}
          {final.coin_points !== 0 && <p>{t("phone.end_coins", { points: signed(final.coin_points) })}</p>}
        </section>
      )}
      <HistoryButton />
      {state.phase !== "closed" && <p class="notice-line">{t("phone.wait_text")}</p>}
    </>
  );
}
