/** What comes out: the lesson's claims with their numbers, and the further charts. */

import { useMemo } from "preact/hooks";
import type { Kernel } from "../../kernel/types";
import { useSpeech, type Speech } from "../../text/context";
import { said } from "../../text/text";
import type { Claim, Lesson, LineAsked, Reveal } from "./lesson";
import { isOrdered, isShare, LessonChart, lookOf, mannerOfLine, type LessonLine } from "./lesson_chart";
import { claimRead, LESSON_RUNS, lineOf, type ClaimRead, type LessonRuns } from "./reading";

interface Props {
  readonly kernel: Kernel;
  readonly runs: LessonRuns;
  readonly lesson: Lesson;
  readonly onNext: () => void;
}

export function Revealed({ kernel, runs, lesson, onNext }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const claims = useMemo(() => lesson.claim.map((claim) => claimRead(kernel, runs, claim)), [kernel, runs, lesson]);
  return (
    <>
      <section class="lesson-claims">
        <h4>{t("lessons.claims", { n: LESSON_RUNS })}</h4>
        <ul>
          {claims.map((read) => (
            <OneClaim key={read.claim.text.en} read={read} />
          ))}
        </ul>
      </section>
      <div class="lesson-charts">
        {lesson.reveal.map((chart, number) => (
          <Further key={number} name={`reveal-${number + 1}`} chart={chart} kernel={kernel} runs={runs} />
        ))}
      </div>
      <div class="buttons">
        <button type="button" class="primary" onClick={onNext}>
          {t("lessons.discuss")}
        </button>
      </div>
    </>
  );
}

function OneClaim({ read }: { readonly read: ClaimRead }) {
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
        <small>{numbersOf(read, speech)}</small>
        {!read.holds && <small class="claim-not"> {t("lessons.holds_not")}</small>}
      </span>
    </li>
  );
}

/** Return a claim's two values and their difference with its interval. */
function numbersOf({ claim, effect }: ClaimRead, speech: Speech): string {
  const manner = mannerOfLine(lineOfClaim(claim), speech);
  const isDifference = claim.quantity.less !== undefined;
  const value = (number: number): string => {
    if (isDifference) return manner.difference(number);
    return manner.unit ? `${manner.value(number)} ${manner.unit}` : manner.value(number);
  };
  return speech.t("lessons.claim_numbers", {
    own: value(effect.mean),
    other: value(effect.reference_mean),
    difference: manner.difference(effect.difference),
    low: manner.end(effect.low),
    high: manner.end(effect.high),
  });
}

function lineOfClaim({ quantity, text }: Claim): LineAsked {
  const { arm, measure, per } = quantity;
  return { title: text, arms: [arm], measures: [measure], ...(per && { per: [per] }) };
}

interface FurtherProps {
  readonly name: string;
  readonly chart: Reveal;
  readonly kernel: Kernel;
  readonly runs: LessonRuns;
}

function Further({ name, chart, kernel, runs }: FurtherProps) {
  const speech = useSpeech();
  const { language } = speech;
  const [asked] = chart.line;
  const read = useMemo(() => chart.line.map((line) => lineOf(kernel, runs, chart, line)), [kernel, runs, chart]);
  if (!asked) return null;
  const lines = chart.line.flatMap((line, number): LessonLine[] => {
    const found = read[number];
    return found ? [{ name: said(line.title, language), read: found, look: lookOf(number, chart.line.length) }] : [];
  });
  const ends = isOrdered(chart) ? [endsSaid(lines, asked, speech)] : [];
  const summary = [said(chart.reading, language), ...ends].join(language === "en" ? " " : "");
  return (
    <LessonChart
      name={name}
      chart={chart}
      title={said(chart.title, language)}
      summary={summary}
      asked={asked}
      size={runs}
      lines={lines}
      {...(!asked.less && isShare(asked) && { domain: topped(lines) })}
    />
  );
}

/** Shares are drawn from 0, to the next tenth above the largest. */
function topped(lines: readonly LessonLine[]): readonly [number, number] {
  const most = Math.max(0.1, ...lines.flatMap(({ read }) => read.values.filter(Number.isFinite)));
  return [0, Math.min(1, Math.ceil(most * 10 + 0.2) / 10)];
}

function endsSaid(lines: readonly LessonLine[], asked: Reveal["line"][number], speech: Speech): string {
  const manner = mannerOfLine(asked, speech);
  return lines
    .map(({ name, read }) =>
      speech.t("lessons.ends", {
        name,
        from: manner.value(read.values[0] ?? Number.NaN),
        to: manner.value(read.values.at(-1) ?? Number.NaN),
      }),
    )
    .join(speech.language === "en" ? " " : "");
}
