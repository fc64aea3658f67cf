/** Six coins: each is taken or left, one after the other. */

import { useWords } from "../play/words";
import { useShown, type ScreenProps } from "./context";
import { isSaid, type PhoneView } from "./view";

function isAnswered(view: PhoneView, n: number, stored: boolean | null | undefined): boolean {
  return isSaid(view, `coin ${n}`) || (stored ?? null) !== null;
}

export function Coins({ state }: ScreenProps) {
  const { t, signed } = useWords();
  const { phone, view } = useShown();
  const { coins = [], accepted = [] } = state.asked ?? {};
  const n = coins.findIndex((_, place) => !isAnswered(view, place, accepted[place]));
  const coin = coins[n];
  if (!coin) return <Done isWaiting={coins.some((_, place) => view.sent[`coin ${place}`]?.status === "waiting")} />;
  const answer = (accept: boolean): void => phone.say({ t: "coin", n, accept });
  return (
    <section class="card" aria-live="polite">
      <h2>{t("phone.coins_heading")}</h2>
      <p class="quiet-text">{t("phone.coin", { n: n + 1 })}</p>
      <p class="question">{t("phone.coin_text", { win: signed(Math.abs(coin[0])).slice(1), lose: signed(Math.abs(coin[1])).slice(1) })}</p>
      <div class="two" key={n}>
        <button type="button" onClick={() => answer(true)}>
          {t("phone.coin_take")}
        </button>
        <button type="button" onClick={() => answer(false)}>
          {t("phone.coin_leave")}
        </button>
      </div>
    </section>
  );
}

function Done({ isWaiting }: { readonly isWaiting: boolean }) {
  const { t } = useWords();
  return (
    <section class="card notice" role="status">
      <h2>{t("phone.coins_heading")}</h2>
      <p>{t(isWaiting ? "phone.sending" : "phone.coins_done")}</p>
    </section>
  );
}
