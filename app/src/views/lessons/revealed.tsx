/** What comes out: one claim after the other, each asked of the room before it is answered, with the chart that shows it. */

import { useMemo } from "preact/hooks";
import type { Kernel } from "../../kernel/types";
import { useDispatch } from "../../store/context";
import { useSpeech, type Speech } from "../../text/context";
import { said } from "../../text/text";
import { claimNumbers } from "./claim_numbers";
import { FurtherChart } from "./further_chart";
import { OUTCOMES_OF_CLAIMS, type Lesson } from "./lesson";
import { PredictionChart } from "./prediction_chart";
import { claimRead, LESSON_RUNS, type ClaimRead, type LessonRuns } from "./reading";
import { chartsOpen } from "./staging";

interface Props {
  readonly kernel: Kernel;
  readonly runs: LessonRuns;
  readonly early: LessonRuns | null;
  readonly lesson: Lesson;
  readonly drawn: readonly number[];
  /** How many claims are answered. */
  readonly shown: number;
  readonly guesses: readonly (string | null)[];
  readonly onShow: (shown: number) => void;
  readonly onNext: () => void;
}

export function Revealed({ kernel, runs, early, lesson, drawn, shown, guesses, onShow, onNext }: Props) {
  const { t } = useSpeech();
  const claims = useMemo(() => lesson.claim.map((claim) => claimRead(kernel, runs, claim)), [kernel, runs, lesson]);
  const answered = claims.slice(0, shown);
  const { newest, others } = chartsOpen(lesson, shown);
  const prediction = <PredictionChart {...{ kernel, runs, early, lesson, drawn }} isDrawing={false} isOpen />;
  const further = (number: number) => {
    const chart = lesson.reveal[number - 1];
    return chart && <FurtherChart key={number} name={`reveal-${number}`} chart={chart} kernel={kernel} runs={runs} />;
  };
  return (
    <>
      <div class="lesson-pair">
        <div class="lesson-stage">
          {shown < claims.length ? (
            <Posed lesson={lesson} number={shown} guesses={guesses} />
          ) : (
            <Done claims={claims} guesses={guesses} />
          )}
          {shown > 0 && (
            <section class="lesson-claims">
              <h4>{t("lessons.claims", { n: LESSON_RUNS })}</h4>
              <ol reversed start={shown}>
                {[...answered].reverse().map((read) => (
                  <Answered key={read.claim.text.en} read={read} guess={guesses[read.claim.number] ?? null} runs={runs} />
                ))}
              </ol>
            </section>
          )}
        </div>
        <div class="lesson-figure">{newest === 0 ? prediction : further(newest)}</div>
      </div>
      {others.length > 0 && (
        <div class="lesson-charts">{others.map((number) => (number === 0 ? <div key={0}>{prediction}</div> : further(number)))}</div>
      )}
      <div class="buttons next-step">
        {shown < claims.length ? (
          <button type="button" class="primary" data-tool="show-claim" onClick={() => onShow(shown + 1)}>
            {t("lessons.show_claim")}
          </button>
        ) : (
          <button type="button" class="primary" onClick={onNext}>
            {t("lessons.discuss")}
          </button>
        )}
      </div>
    </>
  );
}

interface PosedProps {
  readonly lesson: Lesson;
  readonly number: number;
  readonly guesses: readonly (string | null)[];
}

/** The question that is next, and what the room may guess. */
function Posed({ lesson, number, guesses }: PosedProps) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const claim = lesson.claim[number];
  if (!claim) return null;
  const guess = guesses[claim.number] ?? null;
  return (
    <section class="lesson-posed" aria-labelledby="lesson-posed">
      <h4>{t("lessons.posed", { n: number + 1, all: lesson.claim.length })}</h4>
      <p id="lesson-posed">{said(claim.ask, language)}</p>
      <div class="lesson-guesses" role="group" aria-label={t("lessons.guess")}>
        {OUTCOMES_OF_CLAIMS.map((outcome) => (
          <button
            key={outcome}
            type="button"
            data-guess={outcome}
            aria-pressed={guess === outcome}
            data-pressed={guess === outcome}
            onClick={() => dispatch({ type: "guess", lesson: lesson.id, claim: claim.number, guess: outcome })}
          >
            {t(`lessons.guess_${outcome}`)}
          </button>
        ))}
      </div>
    </section>
  );
}

interface DoneProps {
  readonly claims: readonly ClaimRead[];
  readonly guesses: readonly (string | null)[];
}

function Done({ claims, guesses }: DoneProps) {
  const { t } = useSpeech();
  const guessed = claims.filter(({ claim }) => (guesses[claim.number] ?? null) !== null).length;
  const right = claims.filter(({ claim, holds }) => holds && guesses[claim.number] === claim.is).length;
  return (
    <section class="lesson-posed lesson-done">
      <p>{guessed > 0 ? t("lessons.guessed_right", { n: right, all: guessed }) : t("lessons.all_shown")}</p>
    </section>
  );
}

interface AnsweredProps {
  readonly read: ClaimRead;
  readonly guess: string | null;
  readonly runs: LessonRuns;
}

function Answered({ read, guess, runs }: AnsweredProps) {
  const speech = useSpeech();
  const { t, language } = speech;
  return (
    <li data-holds={read.holds}>
      <span class="claim-sign" role="img" aria-label={t(read.holds ? "lessons.holds" : "lessons.holds_not")}>
        {read.holds ? "✓" : "✗"}
      </span>
      <span>
        {said(read.claim.text, language)}
        {language === "en" && " "}
        <small>{claimNumbers(read, runs, speech)}</small>
        {!read.holds && <small class="claim-not"> {t("lessons.holds_not")}</small>}
        {guess !== null && <small class="claim-guess">{guessSaid(read, guess, speech)}</small>}
      </span>
    </li>
  );
}

function guessSaid({ claim }: ClaimRead, guess: string, { t }: Speech): string {
  return t(guess === claim.is ? "lessons.guess_was_right" : "lessons.guess_was", { guess: t(`lessons.guess_${guess}`) });
}
