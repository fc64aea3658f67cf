/** The way from a lesson to its short form, and back. */

import { useDispatch } from "../../store/context";
import type { LessonState } from "../../store/types";
import { useSpeech } from "../../text/context";
import { lessonAt, minutesOf, type Lesson } from "./lesson";

interface Props {
  readonly lesson: Lesson;
  /** Where the class is; it goes on there, with no claim answered yet. */
  readonly at: LessonState;
}

export function WhichLength({ lesson, at: { shown: _, isShort = false, ...at } }: Props) {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const other = lessonAt({ id: lesson.id, isShort: !isShort });
  if (!other) return null;
  const told = { minutes: minutesOf(other), n: other.claim.length };
  return (
    <button
      type="button"
      class="quiet small which-length"
      data-short={other.isShort}
      onClick={() => dispatch({ type: "lesson", lesson: { ...at, ...(other.isShort && { isShort: true }) } })}
    >
      {t(other.isShort ? "lessons.in_short" : "lessons.in_full", told)}
    </button>
  );
}
