/** The menu: the digits to keep, one's history, research or not, and leaving. */

import { useRef, useState } from "preact/hooks";
import { useWords } from "../play/words";
import { useShown } from "./context";
import { HistoryButton } from "./history";
import { Keep } from "./notices";

export function Menu() {
  const { t } = useWords();
  const { phone, view } = useShown();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isLeaving, setLeaving] = useState(false);
  const consent = view.sent["consent"];
  const isForResearch = consent?.message.t === "consent" && consent.status !== "no" ? consent.message.research : (view.state?.research ?? false);
  const leave = (erase: boolean): void => {
    dialog.current?.close();
    phone.say({ t: "leave", erase });
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        {t("phone.menu")}
      </button>
      <dialog ref={dialog} class="sheet" aria-label={t("phone.menu")} onClose={() => setLeaving(false)}>
        <div class="head">
          <h2>{t("phone.menu")}</h2>
          <button type="button" onClick={() => dialog.current?.close()}>
            {t("phone.menu_close")}
          </button>
        </div>
        <Keep />
        <HistoryButton />
        <label class="check">
          <input
            type="checkbox"
            checked={isForResearch}
            onChange={(event) => phone.say({ t: "consent", research: event.currentTarget.checked })}
          />
          <span>{t("phone.research")}</span>
        </label>
        {isLeaving ? (
          <div class="leaving">
            <p>{t("phone.leave_text")}</p>
            <button type="button" class="wide" onClick={() => leave(false)}>
              {t("phone.leave_keep")}
            </button>
            <button type="button" class="wide" onClick={() => leave(true)}>
              {t("phone.leave_erase")}
            </button>
          </div>
        ) : (
          <button type="button" class="wide" onClick={() => setLeaving(true)}>
            {t("phone.leave")}
          </button>
        )}
      </dialog>
    </>
  );
}
