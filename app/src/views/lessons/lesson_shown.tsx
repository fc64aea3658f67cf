/** One lesson: predict, lock, reveal, discuss. */

import { useEffect, useRef } from "preact/hooks";
import { PoliciesDrawnProvider } from "../../charts/rules_shown";
import { nameOfRule } from "../../levers/rule_said";
import { useKernel } from "../../runs/context";
import { useDispatch, useSession } from "../../store/context";
import { DEFAULT_POLICY } from "../../store/defaults";
import { isByAnotherRule } from "../../store/policy";
import type { LessonState } from "../../store/types";
import { useSpeech } from "../../text/context";
import { said } from "../../text/text";
import { useAnswer } from "./answer";
import { AskPhones } from "./ask_phones";
import { Discussion, NextLesson } from "./discussion";
import { drawingOf, isWhole, nothingDrawn } from "./drawing";
import { lessons, minutesOf, placesDrawn, STEPS, type Lesson, type StepName } from "./lesson";
import { PredictionChart } from "./prediction_chart";
import { Questions } from "./questions";
import { Revealed } from "./revealed";
import { doesSaid } from "./script";
import { WhichLength } from "./which_length";

interface Props {
  readonly lesson: Lesson;
  readonly at: LessonState;
}

export function LessonShown({ lesson, at }: Props) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const kernel = useKernel();
  const { runs, early, done, total, failure } = useAnswer(lesson);
  const work = useSession((session) => session.classwork[lesson.id]);
  const places = placesDrawn(lesson);
  const step = STEPS[Math.min(at.step, STEPS.length - 1)] ?? "predict";
  const drawing = drawingOf(at, work, places);
  const drawn = step === "predict" ? drawing : (at.prediction ?? drawing);
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [step]);
  const go = (to: StepName, prediction = at.prediction): void =>
    dispatch({ type: "lesson", lesson: { ...at, step: STEPS.indexOf(to), prediction } });
  const draw = (values: readonly number[]): void => dispatch({ type: "draw", lesson: lesson.id, values });
  const chart = { kernel, runs, early, lesson, drawn };
  return (
    <PoliciesDrawnProvider value={BY_DEFAULT}>
    <div class="view lessons lesson" data-lesson={lesson.id} data-step={step} data-ready={runs !== null}>
      <Head lesson={lesson} at={at} step={step} go={go} />
      <RuleNotice />
      {failure && <p role="alert">{t("page.failed", { reason: failure })}</p>}
      <section class="lesson-body" aria-labelledby="lesson-step">
        <h3 id="lesson-step" class="hidden" ref={heading} tabIndex={-1}>
          {t(`lessons.step_${step}`)}
        </h3>
        {step === "predict" && <p class="lesson-story">{said(lesson.story, language)}</p>}
        <p class="lesson-question">{said(lesson.question, language)}</p>
        {step === "predict" && (
          <>
            <p class="lesson-task">
              {said(lesson.prediction.task, language)} <span class="lesson-hint">{t("lessons.keys")}</span>
            </p>
            <PredictionChart {...chart} isDrawing isOpen={false} onDraw={draw} />
            <AskPhones
              lesson={lesson}
              places={places}
              onLocked={(median) => {
                draw(median);
                go("lock", median);
              }}
            />
            <div class="buttons next-step">
              <button
                type="button"
                class="primary"
                disabled={!isWhole(drawn)}
                aria-describedby={isWhole(drawn) ? undefined : "lock-when"}
                onClick={() => go("lock", drawn)}
              >
                {t("lessons.lock")}
              </button>
              <button type="button" onClick={() => draw(nothingDrawn(places))}>
                {t("lessons.clear")}
              </button>
              <button type="button" class="quiet" onClick={() => go("lock", null)}>
                {t("lessons.without")}
              </button>
              {!isWhole(drawn) && (
                <p id="lock-when" class="lesson-hint lock-when">
                  {t("lessons.lock_when", { all: drawn.length })}
                </p>
              )}
            </div>
          </>
        )}
        {step === "lock" && (
          <>
            <PredictionChart {...chart} isDrawing={false} isOpen={false} />
            <p class="lesson-locked">{t(at.prediction ? "lessons.locked" : "lessons.locked_without")}</p>
            <Questions lesson={lesson} step="lock" />
            <div class="buttons next-step">
              <button type="button" class="primary" onClick={() => go("reveal")}>
                {t("lessons.reveal")}
              </button>
              <button type="button" class="quiet" onClick={() => go("predict")}>
                {t("lessons.unlock")}
              </button>
            </div>
          </>
        )}
        {(step === "reveal" || step === "discuss") && !runs && (
          <p class="waiting" role="status">
            {t("lessons.working", { n: done, all: total })}
          </p>
        )}
        {step === "reveal" && kernel && runs && (
          <Revealed
            {...chart}
            kernel={kernel}
            runs={runs}
            shown={at.shown ?? 0}
            guesses={work?.guesses ?? NO_GUESSES}
            onShow={(shown) => dispatch({ type: "lesson", lesson: { ...at, shown } })}
            onNext={() => go("discuss")}
          />
        )}
        {step === "discuss" && (
          <div class="lesson-pair">
            <Discussion lesson={lesson} />
            <div class="lesson-figure">
              <PredictionChart {...chart} isDrawing={false} isOpen />
            </div>
          </div>
        )}
        <Notes lesson={lesson} step={step} />
        {step === "discuss" && <NextLesson lesson={lesson} />}
      </section>
    </div>
    </PoliciesDrawnProvider>
  );
}

/** A lesson's policies are its own, and their claims those of the default rule. */
const BY_DEFAULT = { policy: DEFAULT_POLICY, pinned: null };

/** Says so where another rule was chosen beside the levers. */
function RuleNotice() {
  const speech = useSpeech();
  const policy = useSession((session) => session.state.policy);
  if (!isByAnotherRule(policy)) return null;
  return <p class="lesson-rule">{speech.t("rule.in_lessons", { rule: nameOfRule(policy, speech) })}</p>;
}

const NO_GUESSES: readonly never[] = [];

interface HeadProps extends Props {
  readonly step: StepName;
  readonly go: (to: StepName) => void;
}

function Head({ lesson, at, step, go }: HeadProps) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const isPresenting = useSession((session) => session.state.presenter);
  // From the prediction the way leads through the lock.
  const isReachable = (to: StepName): boolean => to === "predict" || step !== "predict";
  return (
    <header class="lesson-head">
      <div>
        <p class="lesson-place">
          <button type="button" class="quiet small" onClick={() => dispatch({ type: "lesson", lesson: null })}>
            {t("lessons.all")}
          </button>
          <span>
            {t("lessons.place", { n: lesson.number, all: lessons().length })} · {t("lessons.minutes", { n: minutesOf(lesson) })}
          </span>
          <WhichLength lesson={lesson} at={at} />
          {!isPresenting && (
            <button
              type="button"
              class="quiet small present-lesson"
              title={t("lessons.present_meaning")}
              onClick={() => dispatch({ type: "present", presenter: true })}
            >
              {t("page.present")}
            </button>
          )}
        </p>
        <h2>{said(lesson.title, language)}</h2>
      </div>
      <nav aria-label={t("lessons.steps")}>
        <ol class="lesson-steps">
          {STEPS.map((one, number) => (
            <li key={one}>
              <button
                type="button"
                aria-current={one === step ? "step" : undefined}
                disabled={!isReachable(one)}
                onClick={() => go(one)}
              >
                <span aria-hidden="true">{number + 1}</span> {t(`lessons.step_${one}`)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
    </header>
  );
}

/** What the trainer does in this step; closed, so that the class need not read it. */
function Notes({ lesson, step }: { readonly lesson: Lesson; readonly step: StepName }) {
  const speech = useSpeech();
  const { t, language } = speech;
  const { minutes, questions } = lesson.step[step];
  return (
    <details class="lesson-notes">
      <summary>{t("lessons.notes", { n: minutes })}</summary>
      <p>{doesSaid(lesson, step, speech)}</p>
      {(step === "predict" || step === "reveal") && questions.length > 0 && (
        <ul>
          {questions.map((question) => (
            <li key={question.en}>{said(question, language)}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
