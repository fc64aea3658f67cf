/** What the trainer asks the class in a step. */

import { useSpeech } from "../../text/context";
import { said } from "../../text/text";
import type { Lesson, StepName } from "./lesson";

export function Questions({ lesson, step }: { readonly lesson: Lesson; readonly step: StepName }) {
  const { t, language } = useSpeech();
  const { questions } = lesson.step[step];
  if (questions.length === 0) return null;
  return (
    <section class="lesson-questions">
      <h4>{t("lessons.questions")}</h4>
      <ul>
        {questions.map((question) => (
          <li key={question.en}>{said(question, language)}</li>
        ))}
      </ul>
    </section>
  );
}
