/** The link as text and as QR code, and a place to open a link that was handed over. */

import { useState } from "preact/hooks";
import { Card } from "../dialog/card";
import { opened } from "../link/codec";
import { lessonBounds } from "../model/lesson_bounds";
import { useStore } from "../store/context";
import type { Notice } from "../store/types";
import { useSpeech } from "../text/context";
import { linkIn } from "./address";
import { CopyButton } from "./copy_button";
import { LinkCode, useShared } from "./link_code";
import "./share.css";

export function ShareCard({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Card isOpen={isOpen} labelledBy="share-title" onClose={onClose}>
      {isOpen && <Inside onOpened={onClose} />}
    </Card>
  );
}

function Inside({ onOpened }: { readonly onOpened: () => void }) {
  const { t } = useSpeech();
  const { text, reach } = useShared();
  return (
    <>
      <h2 id="share-title">{t("share.title")}</h2>
      <p>{t("share.meaning")}</p>
      <div class="share" data-reach={reach}>
        <LinkCode />
        <div class="share-text">
          <label for="share-link">{t(reach === "served" ? "share.link" : "share.paste")}</label>
          <textarea id="share-link" readOnly rows={3} value={text} onFocus={(event) => event.currentTarget.select()} />
          <CopyButton text={text} label={t("share.copy")} className="primary" />
          <p class="share-note">{t(`share.reach_${reach}`)}</p>
        </div>
      </div>
      <OpenLink onOpened={onOpened} />
    </>
  );
}

function OpenLink({ onOpened }: { readonly onOpened: () => void }) {
  const { t } = useSpeech();
  const store = useStore();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const open = (handed: string): void => {
    const before = store.session().state;
    const { state, notices: found } = opened(linkIn(handed), before.language, lessonBounds());
    setNotices(found);
    if (found.length > 0) return;
    store.dispatch({ type: "open", state: { ...state, theme: before.theme }, notices: [] });
    onOpened();
  };
  return (
    <form
      class="share-open"
      onSubmit={(event) => {
        event.preventDefault();
        open(String(new FormData(event.currentTarget).get("link") ?? ""));
      }}
    >
      <label for="share-handed">{t("share.open_label")}</label>
      <div class="share-row">
        <input id="share-handed" name="link" type="text" required autocomplete="off" spellcheck={false} />
        <button type="submit">{t("share.open")}</button>
      </div>
      {notices.map(({ key, values }) => (
        <p key={key} role="alert" class="share-wrong">
          {t(key, values)}
        </p>
      ))}
    </form>
  );
}
