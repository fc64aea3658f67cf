/** Lessons: the list of them, or the one that is under way. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { useDispatch, useSession } from "../../store/context";
import { useSpeech } from "../../text/context";
import { said } from "../../text/text";
import { lessonAt, lessons, minutesOf, type Lesson } from "./lesson";
import { WhichLength } from "./which_length";
import { LessonShown } from "./lesson_shown";
import "./lessons.css";

export function LessonsView() {
  const at = useSession((session) => session.state.lesson);
  const lesson = at ? lessonAt(at) : undefined;
  return lesson && at ? <LessonShown key={lesson.id} lesson={lesson} at={at} /> : <List />;
}

function List() {
  const { t } = useSpeech();
  const offered = useSession((session) => session.state.offered);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => list.current?.querySelector("[data-offered='true']")?.scrollIntoView({ block: "center" }), [offered]);
  return (
    <div class="view lessons">
      <h2>{t("lessons.title")}</h2>
      <p class="lessons-intro">{t("lessons.intro")}</p>
      <ol ref={list} class="lesson-list">
        {lessons().map((lesson, place) => (
          <li key={lesson.id} data-offered={place === offered?.place}>
            <Card lesson={lesson} />
            <WhichLength lesson={lesson} at={{ id: lesson.id, step: 0, prediction: null }} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Card({ lesson }: { readonly lesson: Lesson }) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  return (
    <button
      type="button"
      class="lesson-card"
      data-lesson={lesson.id}
      onClick={() => dispatch({ type: "lesson", lesson: { id: lesson.id, step: 0, prediction: null } })}
    >
      <span class="lesson-number" aria-hidden="true">
        {lesson.number}
      </span>
      <strong>{said(lesson.title, language)}</strong>
      <span>{said(lesson.question, language)}</span>
      <small>{t("lessons.minutes", { n: minutesOf(lesson) })}</small>
    </button>
  );
}
