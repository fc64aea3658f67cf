/** The reader's own settings of type: larger, and set wider apart. */

import { Card } from "../dialog/card";
import { useDispatch, useSession } from "../store/context";
import type { Reading } from "../store/types";
import { useSpeech } from "../text/context";

const SETTINGS = ["isLarge", "isSpaced"] as const satisfies readonly (keyof Reading)[];

export function ReadingCard({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Card isOpen={isOpen} labelledBy="reading-title" onClose={onClose}>
      {isOpen && <Inside />}
    </Card>
  );
}

function Inside() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const reading = useSession((session) => session.reading);
  return (
    <>
      <h2 id="reading-title">{t("reading.title")}</h2>
      {SETTINGS.map((setting) => (
        <p key={setting} class="reading-choice">
          <input
            id={`reading-${setting}`}
            type="checkbox"
            checked={reading[setting]}
            aria-describedby={`reading-${setting}-meaning`}
            onChange={(event) => dispatch({ type: "reading", reading: { ...reading, [setting]: event.currentTarget.checked } })}
          />
          <label for={`reading-${setting}`}>{t(`reading.${setting}`)}</label>
          <small id={`reading-${setting}-meaning`}>{t(`reading.${setting}_meaning`)}</small>
        </p>
      ))}
      <p class="reading-note">{t("reading.note")}</p>
    </>
  );
}
