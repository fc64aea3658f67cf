/** Asking the phones of a room for their predictions, and locking them: the middle one becomes the room's drawing. */

import { useEffect, useState } from "preact/hooks";
import { useSpeech } from "../../text/context";
import { shownOf, useClass } from "./class_drawing";
import type { Lesson } from "./lesson";

interface Props {
  readonly lesson: Lesson;
  readonly places: number;
  /** Called with the class's middle guess when it is locked. */
  readonly onLocked: (median: readonly number[]) => void;
}

export function AskPhones({ lesson, places, onLocked }: Props) {
  const { t } = useSpeech();
  const drawing = useClass();
  const [isLocking, setLocking] = useState(false);
  const isAsked = drawing?.asked === lesson.id;
  const shown = shownOf(drawing, lesson.id, places);
  useEffect(() => {
    if (!isLocking || isAsked || !shown) return;
    setLocking(false);
    onLocked(shown.median);
  }, [isLocking, isAsked, shown]);
  if (!drawing) return null;
  const tooFew = !isAsked && drawing.drawn(lesson.id) !== null && !shown;
  const lock = (): void => {
    setLocking(true);
    void drawing.lock();
  };
  return (
    <div class="buttons ask-phones" data-asked={isAsked}>
      {isAsked ? (
        <button type="button" class="primary" onClick={lock}>
          {t("lessons.lock_phones")}
        </button>
      ) : (
        <button type="button" class="primary" disabled={!drawing.canAsk} onClick={() => void drawing.ask(lesson.id, places)}>
          {t("lessons.ask_phones")}
        </button>
      )}
      <span role="status">
        {isAsked && t("lessons.phones_answered", { n: drawing.answered, all: drawing.seated })}
        {tooFew && t("lessons.phones_few")}
        {!isAsked && !tooFew && !drawing.canAsk && t("lessons.phones_busy")}
      </span>
    </div>
  );
}
