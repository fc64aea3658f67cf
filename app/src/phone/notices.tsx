/** The screens on which there is nothing to do: waiting, open elsewhere, left, closed. */

import { useWords } from "../play/words";
import { RuleText } from "../play/rule";
import { useShown, type ScreenProps } from "./context";
import { End } from "./end";

export function Wait({ state }: ScreenProps) {
  const { t } = useWords();
  const { view } = useShown();
  const isAnnounced = state.phase === "announce";
  const isLate = ["decide", "practice", "result", "practised"].includes(state.phase);
  return (
    <section class="card notice">
      <h2>{t(!isAnnounced ? "phone.wait_heading" : state.changed ? "phone.changed" : "phone.unchanged")}</h2>
      <p>{t(isAnnounced ? (state.changed ? "phone.wait_announce" : "phone.wait_unchanged") : isLate ? "phone.wait_late" : "phone.wait_text")}</p>
      {isAnnounced && state.wall && <RuleText rule={state.wall} />}
      {!isAnnounced && <Keep />}
      {view.link === "online" && <p class="quiet-text">● {t("phone.connected")}</p>}
    </section>
  );
}

/** The digits that bring the seat to another phone. */
export function Keep() {
  const { t } = useWords();
  const { view } = useShown();
  if (!view.seat) return null;
  return (
    <p class="keep">
      {t("phone.keep")}
      <strong>{`${view.seat.seat}-${view.seat.recovery}`}</strong>
    </p>
  );
}

export function Moved() {
  const { t } = useWords();
  const { phone } = useShown();
  return (
    <section class="card notice">
      <h2>{t("phone.moved_heading")}</h2>
      <p>{t("phone.moved_text")}</p>
      <button type="button" class="primary" onClick={() => phone.connect()}>
        {t("phone.moved_back")}
      </button>
    </section>
  );
}

export function Left() {
  const { t } = useWords();
  const { phone } = useShown();
  return (
    <section class="card notice">
      <h2>{t("phone.left_heading")}</h2>
      <p>{t("phone.left_text")}</p>
      <button type="button" onClick={() => phone.forget()}>
        {t("phone.left_again")}
      </button>
    </section>
  );
}

export function Closed({ state }: ScreenProps) {
  const { t } = useWords();
  return (
    <>
      <section class="card notice">
        <h2>{t("phone.closed_heading")}</h2>
        <p>{t("phone.closed_text")}</p>
      </section>
      {state.final && <End state={state} />}
    </>
  );
}
