/** The page's lessons at the desk of a room: phones draw the prediction, the class's middle one is locked and answered. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { useThemeOnRoot } from "../design/theme";
import { useTopOfPlace } from "../design/top_of_place";
import { useWords } from "../play/words";
import { RunsProvider } from "../runs/context";
import { QrCode } from "../share/qr_code";
import { defaultState, newSession } from "../store/defaults";
import { StoreProvider } from "../store/context";
import { newStore } from "../store/store";
import { SpeechProvider, speechIn } from "../text/context";
import { ClassProvider, type ClassDrawing } from "../views/lessons/class_drawing";
import { LessonsView } from "../views/lessons/view";
import type { Lessons } from "../../generated/room_messages";
import { spaced } from "./spaced";
import type { Watch } from "./watch";

interface Props {
  readonly watch: Watch;
  readonly onLanguage: () => void;
}

export function LessonsPage({ watch, onLanguage }: Props) {
  const { language } = useWords();
  const { lessons } = watch.told;
  const speech = useMemo(() => speechIn(language), [language]);
  const first = useRef(language);
  const store = useMemo(() => newStore(newSession({ ...defaultState(first.current), view: "lessons" })), []);
  useEffect(() => store.dispatch({ type: "speak", language }), [store, language]);
  const drawing = useMemo(() => lessons && drawingOf(watch, lessons), [watch, lessons]);
  if (!lessons) return null;
  return (
    <StoreProvider value={store}>
      <SpeechProvider value={speech}>
        <RunsProvider>
          <ClassProvider value={drawing}>
            <Laid watch={watch} lessons={lessons} onLanguage={onLanguage} />
          </ClassProvider>
        </RunsProvider>
      </SpeechProvider>
    </StoreProvider>
  );
}

function Laid({ watch, lessons, onLanguage }: Props & { readonly lessons: Lessons }) {
  const { t, language } = useWords();
  useThemeOnRoot();
  useTopOfPlace();
  const other = language === "en" ? "zh-CN" : "en";
  const { told } = watch;
  return (
    <div class="page">
      <header class="bar room-bar">
        <h1>{t("room.lessons")}</h1>
        <p class="room-in" role="status">
          {t("room.lessons_in", { seated: lessons.seated, awake: lessons.awake })}
        </p>
        <button type="button" lang={other} aria-label={`${t("room.language")}: ${t("room.language_meaning")}`} onClick={onLanguage}>
          {t("room.language")}
        </button>
        <span class="room-code">
          {spaced(lessons.code)}
          <QrCode text={`${lessons.phones_url}/#${lessons.code}`} label={t("room.join")} />
        </span>
      </header>
      <div role="alert" class="notices">
        {told.isLost && <p>{t("room.lost_lessons")}</p>}
        {told.refused && <p>{t("room.not_done", { why: t(`room.why_${told.refused}`, { folder: lessons.folder }) })}</p>}
      </div>
      <main class="content">
        <LessonsView />
      </main>
    </div>
  );
}

/** Return what the lessons may ask of the class and what it has drawn. */
export function drawingOf(watch: Pick<Watch, "do">, lessons: Lessons): ClassDrawing {
  return {
    asked: lessons.asked ?? null,
    answered: lessons.answered,
    seated: lessons.seated,
    canAsk: lessons.may.includes("ask"),
    drawn: (lesson) => lessons.guesses[lesson] ?? null,
    ask: (asked, places) => watch.do("ask", { asked, places }),
    lock: () => watch.do("lock"),
  };
}
