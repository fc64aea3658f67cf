/** How long this step has taken, against what is planned, and how long the lesson has. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useSession } from "../store/context";
import { useSpeech } from "../text/context";
import { lessonOf, minutesOf, stepOf } from "../views/lessons/lesson";

const SECOND_MS = 1000;
const SECONDS_PER_MINUTE = 60;

export function Timer() {
  const { t } = useSpeech();
  const state = useSession((session) => session.state);
  const lesson = lessonOf(state);
  const step = state.lesson && stepOf(state.lesson);
  const ofStep = useSince(`${lesson?.id} ${step}`);
  const ofLesson = useSince(lesson?.id ?? "");
  if (!lesson || !step) return null;
  const planned = lesson.step[step].minutes * SECONDS_PER_MINUTE;
  return (
    <p class="trainer-timer" data-late={ofStep.seconds > planned}>
      <span class="figure">{clockSaid(ofStep.seconds)}</span>{" "}
      {t("trainer.of_step", { planned: clockSaid(planned) })} · {t("trainer.of_lesson", { spent: clockSaid(ofLesson.seconds), planned: clockSaid(minutesOf(lesson) * SECONDS_PER_MINUTE) })}{" "}
      <button
        type="button"
        class="quiet small"
        onClick={() => {
          ofStep.restart();
          ofLesson.restart();
        }}
      >
        {t("trainer.restart")}
      </button>
    </p>
  );
}

/** Return the seconds since something became what it is. */
function useSince(what: string): { readonly seconds: number; readonly restart: () => void } {
  const start = useRef({ what, at: Date.now() });
  if (start.current.what !== what) start.current = { what, at: Date.now() };
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return {
    seconds: Math.floor((Date.now() - start.current.at) / SECOND_MS),
    restart: () => {
      start.current = { what, at: Date.now() };
      redraw((n) => n + 1);
    },
  };
}

/** Return seconds as minutes and seconds, "3:07". */
export function clockSaid(seconds: number): string {
  const rest = seconds % SECONDS_PER_MINUTE;
  return `${Math.floor(seconds / SECONDS_PER_MINUTE)}:${String(rest).padStart(2, "0")}`;
}
