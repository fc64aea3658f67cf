/** The last step: questions, what the model cannot tell, where to read on, and where to try it. */

import { referenceOf, sourceNamed } from "../../model/model";
import { useDispatch } from "../../store/context";
import { useSpeech } from "../../text/context";
import { said } from "../../text/text";
import { useClass } from "./class_drawing";
import { lessons, policyOf, type Arm, type Lesson } from "./lesson";
import { Questions } from "./questions";

export function Discussion({ lesson }: { readonly lesson: Lesson }) {
  const { t, language } = useSpeech();
  return (
    <div class="lesson-discussion">
      <Questions lesson={lesson} step="discuss" />
      <section class="lesson-questions lesson-cannot">
        <h4>{t("lessons.cannot_tell")}</h4>
        <ul>
          {lesson.cannot_tell.map((text) => (
            <li key={text.en}>{said(text, language)}</li>
          ))}
        </ul>
      </section>
      <Try lesson={lesson} />
      <section class="lesson-sources">
        <h4>{t("lessons.sources")}</h4>
        <ul>
          {lesson.references.map((key) => {
            const source = sourceNamed(key);
            return source && <li key={key}>{referenceOf(source)}</li>;
          })}
        </ul>
      </section>
    </div>
  );
}

/** The lesson's policies as they are pinned and compared: the first, and the one asked for. */
function Try({ lesson }: { readonly lesson: Lesson }) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const hasOtherViews = useClass() === null;
  const [first] = lesson.arm;
  const asked = lesson.arm.find(({ name }) => name === lesson.prediction.asked.arms.at(-1)) ?? first;
  const other = asked === first ? lesson.arm.at(-1) : asked;
  // The lessons of a room stand by themselves: there is no view to go to.
  if (!first || !other || !hasOtherViews) return null;
  const take = (arm: Arm): void => dispatch({ type: "choose policy", policy: policyOf(arm) });
  const compare = (view: "compare" | "explore"): void => {
    take(first);
    dispatch({ type: "pin" });
    take(other);
    dispatch({ type: "go", view });
  };
  const titles = { a: said(first.title, language), b: said(other.title, language) };
  return (
    <div class="buttons">
      <button type="button" onClick={() => compare("explore")}>
        {t("lessons.explore", titles)}
      </button>
      <button type="button" onClick={() => compare("compare")}>
        {t("lessons.compare", titles)}
      </button>
    </div>
  );
}

/** The way on to the lesson after this one; nothing after the last. */
export function NextLesson({ lesson }: { readonly lesson: Lesson }) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const next = lessons().find(({ number }) => number === lesson.number + 1);
  if (!next) return null;
  return (
    <div class="buttons next-step">
      <button
        type="button"
        class="primary"
        onClick={() => dispatch({ type: "lesson", lesson: { id: next.id, step: 0, prediction: null, ...(lesson.isShort && { isShort: true }) } })}
      >
        {t("lessons.next", { title: said(next.title, language) })}
      </button>
    </div>
  );
}
