/** Finished runs of one policy, in the order of their numbers. */

import type { MeasureName } from "../kernel/types";
import type { RunResult } from "../worker/messages";

export interface Bundle {
  /** What was run: policy, size, seed and measures, as one text. */
  readonly key: string;
  readonly n: number;
  /** The series of a measure, one a run. */
  readonly series: (measure: MeasureName) => readonly Float64Array[];
}

export function bundleOf(key: string, results: readonly RunResult[]): Bundle {
  const inOrder = [...results].sort((a, b) => a.run - b.run);
  const made = new Map<MeasureName, readonly Float64Array[]>();
  return {
    key,
    n: inOrder.length,
    series(measure) {
      const found = made.get(measure);
      if (found) return found;
      const series = inOrder.map((result) => {
        const one = result.series?.[measure];
        if (!one) throw new Error(`${measure} was not asked for`);
        return one;
      });
      made.set(measure, series);
      return series;
    },
  };
}
