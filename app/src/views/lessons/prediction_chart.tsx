/** The chart that a class draws on; once revealed, with the answer under the drawing. */

import { useMemo } from "preact/hooks";
import type { Kernel } from "../../kernel/types";
import { useSpeech, type Speech } from "../../text/context";
import { said } from "../../text/text";
import { shownOf, useClass } from "./class_drawing";
import { DrawLayer } from "./draw_layer";
import { isWhole } from "./drawing";
import { lessonSize } from "./answer";
import type { Lesson } from "./lesson";
import { isOrdered, LessonChart, LOOKS, mannerOfLine, placeNames, type LessonLine } from "./lesson_chart";
import { distanceOf, lineOf, placesOf, type LineRead, type LessonRuns } from "./reading";

interface Props {
  readonly kernel: Kernel | null;
  /** Null until the answer is worked out: the class can draw all the same. */
  readonly runs: LessonRuns | null;
  /** For the line that is given. */
  readonly early: LessonRuns | null;
  readonly lesson: Lesson;
  readonly drawn: readonly number[];
  readonly isDrawing: boolean;
  /** Whether the answer is shown. */
  readonly isOpen: boolean;
  readonly onDraw?: (values: readonly number[]) => void;
}

const UNSEEN: readonly never[] = [];
const nothing = (): void => undefined;

export function PredictionChart({ kernel, runs, early, lesson, drawn, isDrawing, isOpen, onDraw = nothing }: Props) {
  const speech = useSpeech();
  const { language } = speech;
  const { prediction } = lesson;
  const size = lessonSize();
  const given = useMemo(
    () => (kernel && early && prediction.given ? lineOf(kernel, early, prediction, prediction.given) : null),
    [kernel, early, prediction],
  );
  const answer = useMemo(
    () => (kernel && runs ? lineOf(kernel, runs, prediction, prediction.asked) : null),
    [kernel, runs, prediction],
  );
  const first = placesOf(prediction, size) - drawn.length;
  const names = placeNames(prediction, placesOf(prediction, size), speech).slice(first);
  const lines: LessonLine[] = [
    ...(given && prediction.given ? [{ name: said(prediction.given.title, language), read: given, look: LOOKS.given }] : []),
    ...(isOpen && answer ? [{ name: said(prediction.asked.title, language), read: answer, look: LOOKS.answer }] : []),
  ];
  const hasDrawn = drawn.some(Number.isFinite);
  const phones = shownOf(useClass(), lesson.id, drawn.length);
  // Only where the drawing is the phones' middle one, and not one that was made by hand since.
  const byClass = !isDrawing && phones?.median.every((value, place) => value === drawn[place]) ? phones : null;
  return (
    <div class="prediction" data-drawing={isDrawing}>
      <LessonChart
        name="prediction"
        chart={prediction}
        title={said(prediction.title, language)}
        summary={summaryOf({ drawn, answer, isDrawing, isOpen, names, first, lesson }, speech)}
        asked={prediction.asked}
        size={size}
        lines={lines}
        domain={prediction.domain}
        drawn={hasDrawn || isDrawing ? { first, values: drawn } : null}
        byClass={byClass}
        {...(isDrawing && {
          layer: (frame, manner) => (
            <DrawLayer
              frame={frame}
              domain={prediction.domain}
              first={first}
              values={drawn}
              names={names}
              resting={(given?.values ?? UNSEEN).slice(first)}
              shown={manner.value}
              onDraw={onDraw}
            />
          ),
        })}
      />
    </div>
  );
}

interface Summed {
  readonly drawn: readonly number[];
  readonly answer: LineRead | null;
  readonly isDrawing: boolean;
  readonly isOpen: boolean;
  readonly names: readonly string[];
  readonly first: number;
  readonly lesson: Lesson;
}

/** Return what the chart shows in words: what is still to be drawn, what was locked, or how far the drawing lay from the answer. */
function summaryOf({ drawn, answer, isDrawing, isOpen, names, first, lesson }: Summed, speech: Speech): string {
  const { t } = speech;
  const manner = mannerOfLine(lesson.prediction.asked, speech);
  const left = drawn.filter((value) => !Number.isFinite(value)).length;
  if (!isOpen && !isDrawing) return t(left > 0 ? "lessons.drawn_not" : "lessons.drawn_locked");
  if (isOpen && !answer) return t("lessons.answer_coming");
  if (!answer || isDrawing) {
    return left > 0 ? t("lessons.left", { n: left, all: drawn.length }) : t("lessons.all_drawn");
  }
  const values = answer.values.slice(first);
  const of = (place: number): string => manner.value(values[place] ?? Number.NaN);
  const last = names.length - 1;
  const ends = isOrdered(lesson.prediction)
    ? t("lessons.answer_ends", { first: names[0] ?? "", from: of(0), last: names[last] ?? "", to: of(last) })
    : t("lessons.answer_each", {
        parts: names.map((action, place) => t("explore.mix_part", { action, share: of(place) })).join(t("levers.between")),
      });
  const distance = isWhole(drawn) ? distanceOf(drawn, values) : null;
  if (!distance) return ends;
  const said = t(distance.there >= 0 ? "lessons.distance_above" : "lessons.distance_below", {
    mean: manner.difference(distance.mean).replace(/^\+/, ""),
    place: names[distance.place] ?? "",
    there: manner.difference(Math.abs(distance.there)).replace(/^\+/, ""),
  });
  return `${said}${speech.language === "en" ? " " : ""}${ends}`;
}
