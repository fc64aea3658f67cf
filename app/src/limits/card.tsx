/** The limits card: purpose, what is assumed, what it must not be used for. One click away on every screen. */

import { useEffect, useRef } from "preact/hooks";
import { useDispatch, useSession } from "../store/context";
import { useSpeech } from "../text/context";

export function LimitsCard() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const isOpen = useSession((session) => session.isLimitsOpen);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const card = dialog.current;
    if (!card) return;
    if (isOpen && !card.open) card.showModal();
    if (!isOpen && card.open) card.close();
  }, [isOpen]);
  const close = (): void => dispatch({ type: "limits", isOpen: false });
  return (
    <dialog
      ref={dialog}
      class="card"
      aria-labelledby="limits-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="card-body">
        <LimitsText />
        <button type="button" class="wide primary" onClick={close}>
          {t("page.close")}
        </button>
      </div>
    </dialog>
  );
}

/** The card's words, for the one-page report too. */
export function LimitsText() {
  const { t } = useSpeech();
  return (
    <>
      <h2 id="limits-title">{t("limits.title")}</h2>
      <h3>{t("limits.purpose_heading")}</h3>
      <p>{t("limits.purpose")}</p>
      <h3>{t("limits.assumed_heading")}</h3>
      <ul>
        <li>{t("limits.assumed_people")}</li>
        <li>{t("limits.assumed_numbers")}</li>
        <li>{t("limits.assumed_chance")}</li>
        <li>{t("limits.china_note")}</li>
      </ul>
      <h3>{t("limits.not_heading")}</h3>
      <ul>
        <li>{t("limits.not_forecast")}</li>
        <li>{t("limits.not_people")}</li>
        <li>{t("limits.not_proof")}</li>
        <li>{t("limits.not_weights")}</li>
      </ul>
    </>
  );
}
