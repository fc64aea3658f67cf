/** What Explore shows of the runs: fans, the mix of actions, headline numbers. Statistics are the kernel's. */

import type { Interval, Kernel, MeasureName, PairedEffect } from "../kernel/types";
import { HEADLINES } from "../model/model";

export type Series = readonly Float64Array[];
export type SeriesOf = (measure: MeasureName) => Series;

export interface Fan {
  readonly low90: Float64Array;
  readonly low50: Float64Array;
  readonly median: Float64Array;
  readonly high50: Float64Array;
  readonly high90: Float64Array;
}

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];
const EMPTY = new Float64Array();

export function fanOf(kernel: Kernel, series: Series): Fan {
  const [low90 = EMPTY, low50 = EMPTY, median = EMPTY, high50 = EMPTY, high90 = EMPTY] = kernel.fan(series, PROBABILITIES);
  return { low90, low50, median, high50, high90 };
}

const MONTHS_PER_YEAR = 12;

/** Few honest failures become a case in a month, so what happens to them is told as a mean over the last twelve. */
export function fanOfYearMeans(kernel: Kernel, series: Series): Fan {
  return fanOf(kernel, kernel.trailingMeans(series, MONTHS_PER_YEAR));
}

/** What Explore needs of every run. */
export const EXPLORE_MEASURES: readonly MeasureName[] = [
  ...new Set([
    ...(HEADLINES as readonly MeasureName[]),
    "inaction_rate" as const,
    "filed_share" as const,
    "perceived_exemption" as const,
    "actual_exemption" as const,
  ]),
];

export interface Mix {
  readonly inaction: Float64Array;
  readonly routine: Float64Array;
  readonly innovation: Float64Array;
  readonly filed_innovation: Float64Array;
  readonly self_dealing: Float64Array;
}

/** Return the mean share of officials over runs for every action, month by month; the parts of innovation are shares of it. */
export function mixOf(seriesOf: SeriesOf): Mix {
  const innovations = seriesOf("innovation_rate");
  const [filed, selfDealing] = [seriesOf("filed_share"), seriesOf("self_dealing_share")];
  const part = (shares: Series): Series =>
    innovations.map((innovation, run) => innovation.map((rate, month) => (rate > 0 ? rate * (shares[run]?.[month] ?? 0) : 0)));
  const [filedRate, selfDealingRate] = [meanOf(part(filed)), meanOf(part(selfDealing))];
  const plain = meanOf(innovations).map((rate, month) => rate - (filedRate[month] ?? 0) - (selfDealingRate[month] ?? 0));
  return {
    inaction: meanOf(seriesOf("inaction_rate")),
    routine: meanOf(seriesOf("routine_rate")),
    innovation: plain.map((rate) => Math.max(0, rate)),
    filed_innovation: filedRate,
    self_dealing: selfDealingRate,
  };
}

/** Return the mean over runs, month by month. */
export function meanOf(series: Series): Float64Array {
  const mean = new Float64Array(series[0]?.length ?? 0);
  for (const run of series) run.forEach((value, month) => (mean[month] = (mean[month] ?? 0) + value));
  return mean.map((sum) => sum / series.length);
}

export interface Headline {
  readonly measure: MeasureName;
  readonly value: Interval;
  /** The difference from the pinned policy, run by run; null if there is none. */
  readonly effect: PairedEffect | null;
}

/** Return the headline measures' means over the last years, with their paired difference from the pinned policy's. */
export function headlinesOf(kernel: Kernel, seriesOf: SeriesOf, pinned: SeriesOf | null): Headline[] {
  const means = (of: SeriesOf, measure: MeasureName): number[] => of(measure).map((run) => kernel.windowMean(run));
  return (HEADLINES as readonly MeasureName[]).map((measure) => {
    const own = means(seriesOf, measure);
    const reference = pinned ? means(pinned, measure) : null;
    const n = Math.min(own.length, reference?.length ?? 0);
    const effect = reference && n > 0 ? kernel.pairedEffect(own.slice(0, n), reference.slice(0, n)) : null;
    return { measure, value: kernel.interval(own), effect };
  });
}

/** Return a series' value in the last month of a year, numbered from 0; the last year is -1. */
export function atYearEnd(series: Float64Array, year: number): number {
  const end = year < 0 ? series.length + (year + 1) * MONTHS_PER_YEAR : (year + 1) * MONTHS_PER_YEAR;
  return series[Math.min(end, series.length) - 1] ?? Number.NaN;
}

/** Return the numbers of the years that a series of months has begun, from 0. */
export function yearsOf(series: Float64Array): number[] {
  return Array.from({ length: Math.ceil(series.length / MONTHS_PER_YEAR) }, (_, year) => year);
}
