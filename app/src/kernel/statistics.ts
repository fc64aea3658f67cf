/** Summaries of many runs; compiled from Python like the rules, so that they are NumPy's to the last bit. */

import { INTERVAL_FIELDS, MEASURES, PAIRED_FIELDS, type MeasureName } from "../../generated/names";
import model from "../../generated/model.json";
import { Call, type KernelExports } from "./calls";
import { Arena, type Memory, type Placed } from "./memory";
import type { Interval, PairedEffect } from "./types";

export const WINDOW_MONTHS = model.window_months;

/** Return quantiles over runs in every month, a series for each probability. */
export function fanOf(
  exports: KernelExports,
  memory: Memory,
  runs: readonly Float64Array[],
  probabilities: readonly number[],
): readonly Float64Array[] {
  const months = runs[0]?.length ?? 0;
  if (runs.some((run) => run.length !== months)) throw new RangeError("the runs of a fan must be equally long");
  return inArena(memory, (arena) => {
    const values = arena.floats([runs.length, months]);
    runs.forEach((run, number) => {
      memory.floats(values).set(run, number * months);
    });
    const asked = arena.floats([probabilities.length], probabilities);
    const fan = arena.floats([months, probabilities.length]);
    const workspace = arena.floats([runs.length]);
    new Call(exports, arena, "fan_of", { values, probabilities: asked, workspace, fan }).with();
    const table = memory.floats(fan);
    return probabilities.map((_, place) =>
      Float64Array.from({ length: months }, (__, month) => table[month * probabilities.length + place] ?? Number.NaN),
    );
  });
}

/** Return the mean of a series over its last months, of what is not missing. */
export function windowMeanOf(
  exports: KernelExports,
  memory: Memory,
  series: Float64Array,
  windowMonths: number,
): number {
  return inArena(memory, (arena) => {
    const means = windowMeans(exports, arena, arena.floats([series.length, 1], series), windowMonths);
    return means[0] ?? Number.NaN;
  });
}

/**
 * Return for every month of every run the mean over it and the months before, so many in all or as many as there are, of
 * what is not missing.
 */
export function trailingMeansOf(
  exports: KernelExports,
  memory: Memory,
  runs: readonly Float64Array[],
  windowMonths: number,
): readonly Float64Array[] {
  const columns = runs.reduce((sum, run) => sum + run.length, 0);
  return inArena(memory, (arena) => {
    // A column for every month of every run: the months of its window, a row each, the earliest first.
    const windows = arena.floats([windowMonths, columns]);
    const table = memory.floats(windows).fill(Number.NaN);
    for (let row = 0; row < windowMonths; row++) {
      const back = windowMonths - 1 - row;
      let first = row * columns;
      for (const run of runs) {
        if (back < run.length) table.set(run.subarray(0, run.length - back), first + back);
        first += run.length;
      }
    }
    const means = windowMeans(exports, arena, windows, windowMonths);
    let from = 0;
    return runs.map((run) => means.slice(from, (from += run.length)));
  });
}

/** Return the means over the last months for every measure of a table, shape (months, MEASURES.length), that lies in memory. */
export function windowMeansOf(
  exports: KernelExports,
  memory: Memory,
  measures: Placed,
  windowMonths: number,
): Readonly<Record<MeasureName, number>> {
  return inArena(memory, (arena) => named(MEASURES, windowMeans(exports, arena, measures, windowMonths)));
}

export function intervalOf(exports: KernelExports, memory: Memory, values: ArrayLike<number>): Interval {
  return inArena(memory, (arena) => {
    const interval = arena.floats([INTERVAL_FIELDS.length]);
    const arrays = { values: arena.floats([values.length], values), interval, ...tools(arena, values.length) };
    new Call(exports, arena, "interval_of_values", arrays).with();
    return named(INTERVAL_FIELDS, memory.floats(interval));
  });
}

export function pairedEffectOf(
  exports: KernelExports,
  memory: Memory,
  policy: ArrayLike<number>,
  reference: ArrayLike<number>,
): PairedEffect {
  if (policy.length !== reference.length) throw new RangeError("policies are compared over equal runs");
  return inArena(memory, (arena) => {
    const effect = arena.floats([PAIRED_FIELDS.length]);
    const arrays = {
      policy: arena.floats([policy.length], policy),
      reference: arena.floats([reference.length], reference),
      effect,
      ...tools(arena, policy.length),
    };
    new Call(exports, arena, "paired_effect_of", arrays).with();
    return named(PAIRED_FIELDS, memory.floats(effect));
  });
}

function tools(arena: Arena, runs: number): { readonly student: Placed; readonly workspace: Placed } {
  return { student: arena.floats([model.student_t.length], model.student_t), workspace: arena.floats([runs]) };
}

function windowMeans(exports: KernelExports, arena: Arena, measures: Placed, windowMonths: number): Float64Array {
  const means = arena.floats([measures.shape[1] ?? 0]);
  new Call(exports, arena, "window_means_of", { measures, means }).with({ window_months: windowMonths });
  return arena.memory.floats(means);
}

function inArena<Result>(memory: Memory, work: (arena: Arena) => Result): Result {
  const arena = new Arena(memory);
  try {
    return work(arena);
  } finally {
    arena.release();
  }
}

function named<Name extends string>(names: readonly Name[], values: Float64Array): Record<Name, number> {
  return Object.fromEntries(names.map((name, place) => [name, values[place] ?? Number.NaN])) as Record<Name, number>;
}
