/** One lesson: predict, lock, reveal, discuss. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useKernel } from "../../runs/context";
import { useDispatch } from "../../store/context";
import type { LessonState } from "../../store/types";
import { useSpeech } from "../../text/context";
import { said } from "../../text/text";
import { lessonSize, useAnswer } from "./answer";
import { Discussion } from "./discussion";
import { isWhole, nothingDrawn } from "./drawing";
import { drawnPlaces, lessons, minutesOf, STEPS, type Lesson, type StepName } from "./lesson";
import { PredictionChart } from "./prediction_chart";
import { Questions } from "./questions";
import { MONTHS_PER_YEAR } from "./reading";
import { Revealed } from "./revealed";

interface Props {
  readonly lesson: Lesson;
  readonly at: LessonState;
}

export function LessonShown({ lesson, at }: Props) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const kernel = useKernel();
  const { runs, done, total, failure } = useAnswer(lesson);
  const { months, jurisdictions } = lessonSize();
  const places = drawnPlaces(lesson, Math.floor(months / MONTHS_PER_YEAR), jurisdictions);
  const locked = at.prediction?.length === places ? at.prediction : null;
  const [drawn, setDrawn] = useState<readonly number[]>(locked ?? nothingDrawn(places));
  useEffect(() => setDrawn(locked ?? nothingDrawn(places)), [locked, places]);
  const step = STEPS[Math.min(at.step, STEPS.length - 1)] ?? "predict";
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [step]);
  const go = (to: StepName, prediction = locked): void =>
    dispatch({ type: "lesson", lesson: { id: lesson.id, step: STEPS.indexOf(to), prediction } });
  const isOpen = step === "reveal" || step === "discuss";
  const waiting = t("lessons.working", { n: done, all: total });
  const chart = useMemo(
    () => (kernel && runs ? { kernel, runs } : null),
    [kernel, runs],
  );
  return (
    <div class="view lessons lesson" data-lesson={lesson.id} data-step={step} data-ready={runs !== null}>
      <Head lesson={lesson} step={step} canReveal={isOpen || step === "lock"} go={go} />
      {failure && <p role="alert">{t("page.failed", { reason: failure })}</p>}
      <section class="lesson-body" aria-labelledby="lesson-step">
        <h3 id="lesson-step" class="hidden" ref={heading} tabIndex={-1}>
          {t(`lessons.step_${step}`)}
        </h3>
        {step === "predict" && <p class="lesson-story">{said(lesson.story, language)}</p>}
        <p class="lesson-question">{said(lesson.question, language)}</p>
        {step !== "discuss" && (
          <>
            {step === "predict" && <p class="lesson-task">{said(lesson.prediction.task, language)}</p>}
            {chart ? (
              <PredictionChart
                {...chart}
                lesson={lesson}
                drawn={drawn}
                isDrawing={step === "predict"}
                isOpen={isOpen}
                onDraw={setDrawn}
                onEnd={() => undefined}
              />
            ) : (
              <p class="waiting" role="status">
                {waiting}
              </p>
            )}
          </>
        )}
        {step === "predict" && (
          <div class="buttons">
            <button type="button" class="primary" disabled={!isWhole(drawn)} onClick={() => go("lock", drawn)}>
              {t("lessons.lock")}
            </button>
            <button type="button" onClick={() => setDrawn(nothingDrawn(places))}>
              {t("lessons.clear")}
            </button>
            <button type="button" class="quiet" onClick={() => go("reveal", null)}>
              {t("lessons.without")}
            </button>
            <span class="lesson-hint">{t("lessons.keys")}</span>
          </div>
        )}
        {step === "lock" && (
          <>
            <p class="lesson-locked">{t("lessons.locked")}</p>
            <Questions lesson={lesson} step="lock" />
            <div class="buttons">
              <button type="button" class="primary" onClick={() => go("reveal")}>
                {t("lessons.reveal")}
              </button>
              <button type="button" class="quiet" onClick={() => go("predict")}>
                {t("lessons.unlock")}
              </button>
            </div>
          </>
        )}
        {step === "reveal" && chart && <Revealed {...chart} lesson={lesson} onNext={() => go("discuss")} />}
        {step === "discuss" && <Discussion lesson={lesson} />}
        <Notes lesson={lesson} step={step} />
      </section>
    </div>
  );
}

interface HeadProps {
  readonly lesson: Lesson;
  readonly step: StepName;
  readonly canReveal: boolean;
  readonly go: (to: StepName) => void;
}

function Head({ lesson, step, canReveal, go }: HeadProps) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const reachable = (to: StepName): boolean =>
    to === "predict" || (to === "lock" ? canReveal || step === "lock" : canReveal);
  return (
    <header class="lesson-head">
      <div>
        <p class="lesson-place">
          <button type="button" class="quiet small" onClick={() => dispatch({ type: "lesson", lesson: null })}>
            {t("lessons.all")}
          </button>
          {t("lessons.place", { n: lesson.number, all: lessons().length })} · {t("lessons.minutes", { n: minutesOf(lesson) })}
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
                disabled={!reachable(one)}
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
  const { t, language } = useSpeech();
  const { minutes, does, questions } = lesson.step[step];
  return (
    <details class="lesson-notes">
      <summary>{t("lessons.notes", { n: minutes })}</summary>
      <p>{said(does, language)}</p>
      {(step === "predict" || step === "reveal") && (
        <ul>
          {questions.map((question) => (
            <li key={question.en}>{said(question, language)}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
