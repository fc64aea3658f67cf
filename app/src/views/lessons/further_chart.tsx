/** A further chart of a lesson's reveal. */

import { useMemo } from "preact/hooks";
import type { Kernel } from "../../kernel/types";
import { useSpeech, type Speech } from "../../text/context";
import { said } from "../../text/text";
import type { Reveal } from "./lesson";
import { isOrdered, isShare, LessonChart, lookOf, mannerOfLine, type LessonLine } from "./lesson_chart";
import { lineOf, type LessonRuns } from "./reading";

interface FurtherProps {
  readonly name: string;
  readonly chart: Reveal;
  readonly kernel: Kernel;
  readonly runs: LessonRuns;
}

export function FurtherChart({ name, chart, kernel, runs }: FurtherProps) {
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
