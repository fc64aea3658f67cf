/** In which order a lesson's charts come out: each with the first claim about it, the rest with the last claim. */

import type { Lesson } from "./lesson";

export interface ChartsOpen {
  /** The chart in front: the number of a further chart, from 1; 0 is the one drawn on. */
  readonly newest: number;
  readonly others: readonly number[];
}

/** Return the charts that are open once so many claims are answered. */
export function chartsOpen({ claim, reveal }: Pick<Lesson, "claim" | "reveal">, shown: number): ChartsOpen {
  const answered = claim.slice(0, shown);
  const newest = answered.reduce((chart, one) => one.chart ?? chart, 0);
  const named = answered.flatMap((one) => (one.chart ? [one.chart] : []));
  const open = shown < claim.length ? named : reveal.map((_, number) => number + 1);
  return { newest, others: [...new Set([0, ...open])].filter((chart) => chart !== newest).sort((a, b) => a - b) };
}
