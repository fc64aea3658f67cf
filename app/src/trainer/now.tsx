/** What the class sees at the moment, what the trainer does and asks, and what the next step brings. */

import { rulesSaid } from "../levers/rule_said";
import { stepFrom } from "../presenter/steps";
import { useSession } from "../store/context";
import { reduced } from "../store/reducer";
import type { PageState } from "../store/types";
import { RuleBadge } from "../take/rule_badge";
import { useSpeech, type Speech } from "../text/context";
import { said } from "../text/text";
import { lessonOf, lessons, stepOf, type Lesson } from "../views/lessons/lesson";
import { doesSaid } from "../views/lessons/script";

export function Now() {
  const speech = useSpeech();
  const { t, language } = speech;
  const session = useSession((now) => now);
  const { state } = session;
  const lesson = lessonOf(state);
  const next = stepFrom(session, 1);
  const after = next ? reduced(session, next).state : null;
  return (
    <>
      <section class="trainer-now">
        <h2>{placeSaid(state, lesson, speech)}</h2>
        <RuleBadge said={lesson ? null : rulesSaid(state.policy, state.pinned, speech)} />
        {lesson && <Script lesson={lesson} state={state} />}
      </section>
      <section class="trainer-next">
        <h2>{t("trainer.next")}</h2>
        <p>{after ? placeSaid(after, lessonOf(after), speech) : t("trainer.nothing_next")}</p>
        {lesson && <p>{answerSaid(lesson, state, language)}</p>}
      </section>
    </>
  );
}

/** Return where a state is: the view, or the step of a lesson and the claim. */
function placeSaid(state: PageState, lesson: Lesson | undefined, { t, language }: Speech): string {
  const offered = state.view === "lessons" && state.offered ? lessons()[state.offered.place] : undefined;
  if (offered) return t("trainer.offered", { view: t("views.lessons"), title: said(offered.title, language) });
  if (!lesson || !state.lesson) return t(`views.${state.view}`);
  const step = stepOf(state.lesson);
  const place = t("presenter.step", { name: said(lesson.title, language), step: t(`lessons.step_${step}`) });
  if (step !== "reveal") return place;
  return `${place} · ${t("trainer.claims_shown", { n: state.lesson.shown ?? 0, all: lesson.claim.length })}`;
}

/** Return what the next click answers; the trainer may read it before the class does. */
function answerSaid(lesson: Lesson, { lesson: at }: PageState, language: Speech["language"]): string {
  const claim = at && stepOf(at) === "reveal" ? lesson.claim[at.shown ?? 0] : undefined;
  return claim ? said(claim.text, language) : "";
}

function Script({ lesson, state }: { readonly lesson: Lesson; readonly state: PageState }) {
  const speech = useSpeech();
  const { t, language } = speech;
  if (!state.lesson) return null;
  const step = stepOf(state.lesson);
  const { questions, minutes } = lesson.step[step];
  return (
    <>
      <p class="trainer-minutes">{t("lessons.minutes", { n: minutes })}</p>
      <p class="trainer-does">{doesSaid(lesson, step, speech)}</p>
      <ul hidden={questions.length === 0}>
        {questions.map((question) => (
          <li key={question.en}>{said(question, language)}</li>
        ))}
      </ul>
    </>
  );
}
