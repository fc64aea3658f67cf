/** All numbers of the report, by the names under which the Python lines print them. Statistics are the kernel's. */

import type { Kernel, MeasureName } from "../../kernel/types";
import type { Bundle } from "../../runs/bundle";
import {
  atYearEnd,
  EXPLORE_MEASURES,
  fanOf,
  fanOfYearMeans,
  headlinesOf,
  mixOf,
  type Fan,
  type Headline,
  type Mix,
} from "../../runs/readings";

export const REPORT_MEASURES = EXPLORE_MEASURES;

/** Of these the report tells how they stand after a year and at the end. */
export const MONTHLY_FANS = ["innovation_rate", "lazy_prevalence"] as const satisfies readonly MeasureName[];
/** And of these, as means over twelve months. */
export const YEARLY_FANS = ["perceived_exemption", "actual_exemption"] as const satisfies readonly MeasureName[];
export type FanName = (typeof MONTHLY_FANS)[number] | (typeof YEARLY_FANS)[number];

export interface ReportNumbers {
  readonly n: number;
  readonly headlines: readonly Headline[];
  readonly fans: Readonly<Record<FanName, Fan>>;
  readonly mix: Mix;
  /** The pinned policy's, for the charts. */
  readonly pinnedFans: Readonly<Record<FanName, Fan>> | null;
}

function fansOf(kernel: Kernel, bundle: Bundle): Record<FanName, Fan> {
  const monthly = MONTHLY_FANS.map((name) => [name, fanOf(kernel, bundle.series(name))]);
  const yearly = YEARLY_FANS.map((name) => [name, fanOfYearMeans(kernel, bundle.series(name))]);
  return Object.fromEntries([...monthly, ...yearly]) as Record<FanName, Fan>;
}

export function reportNumbers(kernel: Kernel, own: Bundle, pinned: Bundle | null): ReportNumbers {
  return {
    n: Math.min(own.n, pinned?.n ?? own.n),
    headlines: headlinesOf(kernel, own.series, pinned?.series ?? null),
    fans: fansOf(kernel, own),
    mix: mixOf(own.series),
    pinnedFans: pinned && fansOf(kernel, pinned),
  };
}

/** How a measure stands at two moments: medians, and where nine in ten runs lie at the end. */
export interface Course {
  readonly start: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
}

export function courseOf(fan: Fan): Course {
  return {
    start: atYearEnd(fan.median, 0),
    end: atYearEnd(fan.median, -1),
    low: atYearEnd(fan.low90, -1),
    high: atYearEnd(fan.high90, -1),
  };
}

export type Trend = "rises" | "falls" | "stays";
/** Half a percentage point is hardly seen in a chart. */
const HARDLY = 0.005;

export function trendOf({ start, end }: Course): Trend {
  if (!(Math.abs(end - start) > HARDLY)) return "stays";
  return end > start ? "rises" : "falls";
}

/** Tell whether the interval of a difference leaves out zero. */
export function isClear({ effect }: Headline): boolean {
  return effect !== null && (effect.low > 0 || effect.high < 0);
}
