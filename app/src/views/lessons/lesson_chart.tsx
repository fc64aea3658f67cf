/** A chart of a lesson: points, years or jurisdictions, with what was given, the answer, and what the class drew. */

import type { ComponentChildren } from "preact";
import { ChartFrame } from "../../charts/frame";
import { linePath, type Scale } from "../../charts/geometry";
import { axisOf, spanOf, ValueChart, type Frame, type Tick, type ValueBand, type ValueLine } from "../../charts/value_chart";
import { unitOfMeasure } from "../../model/model";
import type { Data } from "../../take/csv";
import type { KeyEntry, Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";
import { mannerOf, type Manner } from "../../text/numbers";
import { said } from "../../text/text";
import type { DrawnByClass } from "./class_drawing";
import { ClassLayer } from "./class_layer";
import type { ChartAsked, LineAsked } from "./lesson";
import { MONTHS_PER_YEAR, namesIn, placesOf, type LineRead } from "./reading";

/** A line with its manner of being drawn. */
export interface LessonLine {
  readonly name: string;
  readonly read: LineRead;
  readonly look: Look;
}

export interface Look {
  readonly colour: string;
  readonly form: "solid" | "dashed" | "dotted";
  readonly sign: "circle" | "square" | "diamond";
}

export const LOOKS = {
  given: { colour: "var(--ink-quiet)", form: "dashed", sign: "square" },
  answer: { colour: "var(--line-innovation)", form: "solid", sign: "circle" },
  third: { colour: "var(--line-lazy)", form: "dotted", sign: "diamond" },
  drawn: { colour: "var(--ink)", form: "dotted", sign: "diamond" },
} as const satisfies Readonly<Record<string, Look>>;

/** Return how the lines of a further chart look, by their number. */
export function lookOf(number: number, lines: number): Look {
  if (lines === 1) return LOOKS.answer;
  return [LOOKS.given, LOOKS.answer, LOOKS.third][number % 3] ?? LOOKS.answer;
}

interface Props {
  readonly name: string;
  readonly chart: ChartAsked;
  readonly title: string;
  readonly summary: string;
  /** A line of the chart, for how its values are said. */
  readonly asked: LineAsked;
  readonly size: { readonly months: number; readonly jurisdictions: number };
  readonly lines: readonly LessonLine[];
  readonly domain?: readonly [number, number];
  /** What the class drew: its first place, and the values. */
  readonly drawn?: { readonly first: number; readonly values: readonly number[] } | null;
  /** What the phones of a class drew, at the same places. */
  readonly byClass?: DrawnByClass | null;
  readonly layer?: (frame: Frame, manner: Manner) => ComponentChildren;
}

export function LessonChart(props: Props) {
  const { chart, lines, drawn, size } = props;
  const speech = useSpeech();
  const { t } = speech;
  const manner = mannerOfLine(props.asked, speech);
  const places = placesOf(chart, size);
  const names = placeNames(chart, places, speech);
  const span = props.domain ?? spanOf(...lines.flatMap(({ read }) => [read.low, read.high, read.values]), drawn?.values ?? []);
  const { domain, steps } = axisOf(span[0], span[1]);
  const drawnValues = drawn && valuesAt(places, drawn.first, drawn.values);
  const drawnName = t(props.byClass ? "lessons.class_median" : "lessons.your_prediction");
  const entries: KeyEntry[] = [
    ...lines.map(({ name, look }) => ({ name, colour: look.colour, form: keyForm(look, chart) })),
    ...(drawn ? [{ name: drawnName, colour: LOOKS.drawn.colour, form: keyForm(LOOKS.drawn, chart) }] : []),
    ...(props.byClass ? [{ name: t("lessons.class_half"), colour: "var(--ink-quiet)", form: "pale band" } as const] : []),
  ];
  return (
    <ChartFrame
      title={props.title}
      summary={props.summary}
      entries={entries}
      table={() => tableOf(names, lines, drawnValues ? [drawnName, drawnValues] : null, manner, speech)}
      data={() => dataOf(names, lines, drawnValues ?? null, speech)}
    >
      <ValueChart
        name={props.name}
        summary={`${props.title}. ${props.summary}`}
        places={places}
        isSpread
        nameLines={isOrdered(chart) ? 1 : 2}
        ticks={ticksOf(chart, names)}
        domain={domain}
        steps={steps}
        shown={(value) => axisSaid(value, props.asked, speech)}
        lines={[...lines.flatMap((line) => valueLines(line, chart)), ...(drawnValues ? [drawnLine(drawnValues, chart)] : [])]}
        intervals={chart.form === "points" ? lines.map(intervalOf) : []}
        over={(frame) => (
          <>
            {props.byClass && drawn && (
              <ClassLayer frame={frame} first={drawn.first} drawn={props.byClass} isJoined={isOrdered(chart)} />
            )}
            <Over frame={frame} lines={lines} marks={chart.marks ?? []} />
          </>
        )}
        layer={props.layer && ((frame) => props.layer?.(frame, manner))}
      />
    </ChartFrame>
  );
}

function intervalOf({ read, look }: LessonLine): ValueBand {
  return { low: read.low, high: read.high, colour: look.colour, opacity: 0.6 };
}

function valueLines({ read, look }: LessonLine, chart: ChartAsked): ValueLine[] {
  if (read.monthly) return [{ values: read.values, colour: look.colour, form: "none", sign: look.sign }];
  // Kinds of action are told apart, not joined; levels of a lever and jurisdictions have an order.
  return [{ values: read.values, colour: look.colour, form: isOrdered(chart) ? look.form : "none", sign: look.sign }];
}

function drawnLine(values: readonly number[], chart: ChartAsked): ValueLine {
  const { colour, form, sign } = LOOKS.drawn;
  return { values, colour, form: isOrdered(chart) ? form : "none", sign, width: 3 };
}

const SIGN_FORMS = { circle: "ring", square: "area", diamond: "diamond" } as const;

/** Return how a line stands in the key: as its line, or as its sign where points are not joined. */
function keyForm(look: Look, chart: ChartAsked): KeyEntry["form"] {
  return isOrdered(chart) ? look.form : SIGN_FORMS[look.sign];
}

/** Return whether the places of a chart are steps of one scale. */
export function isOrdered({ form, places = [] }: ChartAsked): boolean {
  return form !== "points" || places.every(({ en }) => Number.isFinite(Number(en)));
}

interface OverProps {
  readonly frame: Frame;
  readonly lines: readonly LessonLine[];
  readonly marks: readonly number[];
}

const DASHES = { solid: undefined, dashed: "7 4", dotted: "2 3" } as const;

/** What lies over years: the months between them, and where the policy changes. */
function Over({ frame, lines, marks }: OverProps) {
  const { box, x, y } = frame;
  // A path puts a month at its end; a year's column is one wide and its middle a whole number.
  const months: Scale = { at: (end) => x.at((end - 0.5) / MONTHS_PER_YEAR - 0.5) };
  return (
    <>
      {lines.map(({ read, look, name }) =>
        read.monthly ? (
          <path
            key={name}
            class="line"
            d={linePath(read.monthly, months, y)}
            style={{ stroke: look.colour, strokeWidth: 2, strokeDasharray: DASHES[look.form] }}
          />
        ) : null,
      )}
      {marks.map((month) => {
        const at = x.at(month / MONTHS_PER_YEAR - 0.5);
        return <line key={month} class="mark" x1={at} x2={at} y1={box.top} y2={box.top + box.height} />;
      })}
    </>
  );
}

/** Return values with nothing before the first place that is drawn. */
export function valuesAt(places: number, first: number, values: readonly number[]): number[] {
  return Array.from({ length: places }, (_, place) => values[place - first] ?? Number.NaN);
}

/** Return what the places of a chart are called. */
export function placeNames(chart: ChartAsked, places: number, { t, language }: Speech): string[] {
  if (chart.form === "points") return (chart.places ?? []).map((name) => said(name, language));
  return Array.from({ length: places }, (_, place) =>
    t(chart.form === "curve" ? "lessons.year" : "lessons.jurisdiction", { n: place + 1 }),
  );
}

const MOST_NAMED = 8;

function ticksOf(chart: ChartAsked, names: readonly string[]): Tick[] {
  if (chart.form === "points") return names.map((label, at) => ({ at, label }));
  const step = chart.form === "jurisdictions" ? names.length - 1 : names.length > MOST_NAMED ? 3 : 1;
  return names.flatMap((label, at) => (at % step === 0 ? [{ at, label }] : []));
}

/** Tell whether the values of a line are shares: those of measures that are, and counts for each official-month. */
export function isShare(asked: LineAsked): boolean {
  return asked.per !== undefined || asked.measures.flatMap(namesIn).every((measure) => unitOfMeasure(measure) === "share");
}

/** Return how values of a line are said; counts for each official-month spent so are shares. */
export function mannerOfLine(asked: LineAsked, { numbers, language, t }: Speech): Manner {
  const [measure = "innovation_rate"] = asked.measures.flatMap(namesIn);
  const manner = mannerOf(measure, isShare(asked) ? "share" : unitOfMeasure(measure), numbers, language, t("explore.points"));
  return asked.less ? { ...manner, value: manner.difference } : manner;
}

function axisSaid(value: number, asked: LineAsked, { numbers }: Speech): string {
  if (asked.less && isShare(asked)) return numbers.points(value);
  return isShare(asked) ? numbers.wholePercent(value) : numbers.setting(value);
}

/** Return the chart's values in full, a row a place, with the intervals of those that have them. */
function dataOf(names: readonly string[], lines: readonly LessonLine[], drawn: readonly number[] | null, { t }: Speech): Data {
  const columns = [
    ...lines.flatMap(({ name, read }): (readonly [string, ArrayLike<number>])[] => [
      [name, read.values],
      [`${name} ${t("table.low_95")}`, read.low],
      [`${name} ${t("table.high_95")}`, read.high],
    ]),
    ...(drawn ? [[t("lessons.your_prediction"), drawn] as const] : []),
  ];
  return {
    head: [t("lessons.place_head"), ...columns.map(([name]) => name)],
    rows: names.map((name, place) => [name, ...columns.map(([, values]) => values[place] ?? Number.NaN)]),
  };
}

function tableOf(
  names: readonly string[],
  lines: readonly LessonLine[],
  drawn: readonly [name: string, values: readonly number[]] | null,
  manner: Manner,
  { t }: Speech,
): Table {
  const columns = [
    ...lines.map(({ name, read }) => [name, read.values] as const),
    ...(drawn ? [drawn] : []),
  ];
  return {
    head: [t("lessons.place_head"), ...columns.map(([name]) => name)],
    rows: names.map((name, place) => [name, ...columns.map(([, values]) => manner.value(values[place] ?? Number.NaN))]),
  };
}
