/** From runs to what a lesson shows: lines with intervals, claims with what came out. Statistics are the kernel's. */

import type { MeansByJurisdiction } from "../../follow/messages";
import type { Interval, Kernel, MeasureName, PairedEffect } from "../../kernel/types";
import { WINDOW_MONTHS } from "../../model/model";
import type { Claim, Lesson, LineAsked, MeasureSum, Quantity, ChartAsked } from "./lesson";

/** The library's `app.teaching.claims` has the same numbers; a test compares them. */
export const LESSON_RUNS = 20;
export const MONTHS_PER_YEAR = 12;

/** What was run for a lesson. */
export interface LessonRuns {
  readonly officials: number;
  readonly months: number;
  readonly jurisdictions: number;
  readonly series: (arm: string, measure: MeasureName) => readonly Float64Array[];
  readonly byJurisdiction: (arm: string, measure: MeasureName) => MeansByJurisdiction;
}

export interface LineRead {
  readonly values: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** The median over runs month by month, for curves. */
  readonly monthly: Float64Array | null;
}

function atOr<Value>(list: readonly Value[], place: number): Value {
  const found = list[list.length === 1 ? 0 : place];
  if (found === undefined) throw new RangeError(`a line of a lesson has no value number ${place}`);
  return found;
}

interface Months {
  readonly from: number;
  readonly until: number;
}

/** Return the measures of a sum such as "cases - exemptions", each with the sign with which it counts. */
export function partsOf(measures: MeasureSum): { readonly sign: 1 | -1; readonly measure: MeasureName }[] {
  return [...measures.matchAll(/([+-]?)\s*([^\s+-]+)/g)].map(([, sign, name]) => ({
    sign: sign === "-" ? -1 : 1,
    measure: name as MeasureName,
  }));
}

/** Return the one measure that is asked for; curves and jurisdictions take no sums. */
function single(measures: MeasureSum): MeasureName {
  const [first, ...more] = partsOf(measures);
  if (!first || first.sign < 0 || more.length > 0) throw new RangeError(`"${measures}" is not one measure`);
  return first.measure;
}

/** Return the measures that a sum needs. */
export function namesIn(measures: MeasureSum): MeasureName[] {
  return partsOf(measures).map(({ measure }) => measure);
}

/** Return a value for each run: the mean of a measure, or of several added up and taken off. */
function meansOf(kernel: Kernel, runs: LessonRuns, arm: string, measures: MeasureSum, { from, until }: Months): number[] {
  const means = partsOf(measures).map(({ sign, measure }) =>
    runs.series(arm, measure).map((run) => sign * kernel.windowMean(run.slice(from, until), until - from)),
  );
  const [first = []] = means;
  return first.map((_, run) => means.reduce((sum, part) => sum + (part[run] ?? Number.NaN), 0));
}

/** Return a value for each run: the measure's mean, for counts for each official-month spent so. */
function valuesOf(
  kernel: Kernel,
  runs: LessonRuns,
  arm: string,
  measure: MeasureSum,
  per: MeasureSum | undefined,
  months: Months,
): number[] {
  const means = meansOf(kernel, runs, arm, measure, months);
  if (per === undefined) return means;
  const spent = meansOf(kernel, runs, arm, per, months);
  return means.map((mean, run) => mean / ((spent[run] ?? Number.NaN) * runs.officials));
}

function lastYears(runs: LessonRuns): Months {
  return { from: runs.months - WINDOW_MONTHS, until: runs.months };
}

/** Return how many places a chart has. */
export function placesOf(chart: ChartAsked, runs: Pick<LessonRuns, "months" | "jurisdictions">): number {
  if (chart.form === "points") return chart.places?.length ?? 0;
  return chart.form === "curve" ? Math.floor(runs.months / MONTHS_PER_YEAR) : runs.jurisdictions;
}

/** Return a line of a chart: points, years, or jurisdictions. */
export function lineOf(kernel: Kernel, runs: LessonRuns, chart: ChartAsked, line: LineAsked): LineRead {
  const intervals = Array.from({ length: placesOf(chart, runs) }, (_, place) =>
    kernel.interval(runsAt(kernel, runs, chart, line, place)),
  );
  const part = (field: keyof Interval): number[] => intervals.map((interval) => interval[field]);
  const [arm, measure] = [atOr(line.arms, 0), atOr(line.measures, 0)];
  const less = line.less && atOr(line.less, 0);
  const [monthly = null] = chart.form === "curve" ? kernel.fan(seriesOf(runs, arm, single(measure), less), [0.5]) : [];
  return { values: part("mean"), low: part("low"), high: part("high"), monthly };
}

/** Return the series of a policy, less those of another run by run. */
function seriesOf(runs: LessonRuns, arm: string, measure: MeasureName, less: string | undefined): readonly Float64Array[] {
  const own = runs.series(arm, measure);
  if (less === undefined) return own;
  const other = runs.series(less, measure);
  return own.map((series, run) => series.map((value, month) => value - (other[run]?.[month] ?? Number.NaN)));
}

function runsAt(kernel: Kernel, runs: LessonRuns, chart: ChartAsked, line: LineAsked, place: number): ArrayLike<number> {
  const own = runsOfArm(kernel, runs, chart, line, place, atOr(line.arms, place));
  if (!line.less) return own;
  const other = runsOfArm(kernel, runs, chart, line, place, atOr(line.less, place));
  return Array.from(own, (value, run) => value - (other[run] ?? Number.NaN));
}

function runsOfArm(
  kernel: Kernel,
  runs: LessonRuns,
  chart: ChartAsked,
  line: LineAsked,
  place: number,
  arm: string,
): ArrayLike<number> {
  const measure = atOr(line.measures, place);
  if (chart.form === "jurisdictions") return runs.byJurisdiction(arm, single(measure))[place] ?? [];
  const per = line.per && atOr(line.per, place);
  if (chart.form === "points") return valuesOf(kernel, runs, arm, measure, per, lastYears(runs));
  const from = place * MONTHS_PER_YEAR;
  return valuesOf(kernel, runs, arm, measure, per, { from, until: from + MONTHS_PER_YEAR });
}

// --- Claims ---

export interface ClaimRead {
  readonly claim: Claim;
  readonly effect: PairedEffect;
  readonly holds: boolean;
}

function quantityOf(kernel: Kernel, runs: LessonRuns, asked: Quantity): number[] {
  const of = (arm: string): number[] => {
    if (asked.jurisdiction !== undefined) {
      return [...(runs.byJurisdiction(arm, single(asked.measure))[asked.jurisdiction - 1] ?? [])];
    }
    const months = asked.years
      ? { from: (asked.years[0] - 1) * MONTHS_PER_YEAR, until: asked.years[1] * MONTHS_PER_YEAR }
      : lastYears(runs);
    return valuesOf(kernel, runs, arm, asked.measure, asked.per, months);
  };
  const own = of(asked.arm);
  if (asked.less === undefined) return own;
  const other = of(asked.less);
  return own.map((value, run) => value - (other[run] ?? Number.NaN));
}

/** Return what came out of a claim, and whether it holds beyond chance. */
export function claimRead(kernel: Kernel, runs: LessonRuns, claim: Claim): ClaimRead {
  const effect = kernel.pairedEffect(quantityOf(kernel, runs, claim.quantity), quantityOf(kernel, runs, claim.than));
  const within = claim.within ?? 0;
  const holds = {
    above: effect.low > 0,
    below: effect.high < 0,
    same: effect.low > -within && effect.high < within,
  }[claim.is];
  return { claim, effect, holds };
}

// --- What has to be run ---

/** Return every measure that a lesson needs of every policy. */
export function measuresOf(lesson: Lesson): MeasureName[] {
  const asked = [...linesOf(lesson)].flatMap(({ line }) => [...line.measures, ...(line.per ?? [])]).flatMap(namesIn);
  const claimed = lesson.claim.flatMap(({ quantity, than }) =>
    [quantity, than].flatMap(({ measure, per }) => [measure, ...(per ? [per] : [])]).flatMap(namesIn),
  );
  return [...new Set([...asked, ...claimed])];
}

function* linesOf({ prediction, reveal }: Lesson): Generator<{ chart: ChartAsked; line: LineAsked }> {
  yield { chart: prediction, line: prediction.asked };
  if (prediction.given) yield { chart: prediction, line: prediction.given };
  for (const chart of reveal) for (const line of chart.line) yield { chart, line };
}

export interface ByJurisdictionAsked {
  readonly arm: string;
  readonly measure: MeasureName;
}

/** Return what a lesson needs of every jurisdiction. */
export function jurisdictionsAsked(lesson: Lesson): ByJurisdictionAsked[] {
  const found = new Map<string, ByJurisdictionAsked>();
  const put = (arm: string, measure: MeasureName): void => void found.set(`${arm} ${measure}`, { arm, measure });
  for (const { chart, line } of linesOf(lesson)) {
    if (chart.form !== "jurisdictions") continue;
    for (const arm of [...line.arms, ...(line.less ?? [])]) put(arm, single(atOr(line.measures, 0)));
  }
  for (const { quantity, than } of lesson.claim) {
    for (const asked of [quantity, than]) if (asked.jurisdiction !== undefined) put(asked.arm, single(asked.measure));
  }
  return [...found.values()];
}

// --- A prediction against the answer ---

export interface Distance {
  /** The mean distance, whichever way. */
  readonly mean: number;
  /** Where it was largest, and by how much the prediction lay above the answer there. */
  readonly place: number;
  readonly there: number;
}

/** Return how far a prediction lay from the answer; null if there is nothing to compare. */
export function distanceOf(prediction: readonly number[], answer: readonly number[]): Distance | null {
  const leads = prediction.map((value, place) => value - (answer[place] ?? Number.NaN));
  if (leads.length === 0 || leads.some(Number.isNaN)) return null;
  const away = leads.map(Math.abs);
  const place = away.indexOf(Math.max(...away));
  return { mean: away.reduce((sum, one) => sum + one, 0) / away.length, place, there: leads[place] ?? 0 };
}
