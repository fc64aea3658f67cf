/** Whole runs of one scenario, one after the other. */

import { MEASURES, type MeasureName } from "../../generated/names";
import { arraysOf, Call, newAdministration, type KernelExports } from "./calls";
import type { Arena, Placed } from "./memory";
import { checkSeedAndRun, newSetting, type Setting } from "./setting";
import type { ByMeasure, RunSeries, ScenarioSpec } from "./types";

const PLACE_OF = new Map<MeasureName, number>(MEASURES.map((measure, place) => [measure, place]));

export class Runner {
  readonly #arena: Arena;
  readonly #exports: KernelExports;
  readonly #setting: Setting;
  readonly #measures: Placed;
  readonly #calls = new Map<boolean, { readonly call: Call; readonly byJurisdiction: Placed }>();

  constructor(
    exports: KernelExports,
    arena: Arena,
    readonly spec: ScenarioSpec,
  ) {
    this.#exports = exports;
    this.#arena = arena;
    this.#setting = newSetting(exports, arena, spec);
    this.#measures = arena.floats([spec.months, MEASURES.length]);
  }

  run<M extends MeasureName>(seed: number, run: number, measures: readonly M[], byJurisdiction: boolean): RunSeries<M> {
    checkSeedAndRun(seed, run);
    const { call, byJurisdiction: perJurisdiction } = this.#callWith(byJurisdiction);
    call.with({ "key.seed": seed, "key.run": run });
    const { months, jurisdictions } = this.#setting;
    const width = MEASURES.length;
    const { memory } = this.#arena;
    const everywhere = memory.floats(perJurisdiction);
    const ofJurisdictions = Array.from({ length: byJurisdiction ? jurisdictions : 0 }, (_, j) =>
      columnsOf(everywhere.subarray(j * width), months, jurisdictions * width, measures),
    );
    return {
      months,
      measures: columnsOf(memory.floats(this.#measures), months, width, measures),
      byJurisdiction: ofJurisdictions,
    };
  }

  /** Simulate a run and return where its measures are, shape (months, MEASURES.length), until the next one. */
  measuresOf(seed: number, run: number): Placed {
    checkSeedAndRun(seed, run);
    this.#callWith(false).call.with({ "key.seed": seed, "key.run": run });
    return this.#measures;
  }

  release(): void {
    this.#arena.release();
  }

  #callWith(byJurisdiction: boolean): { readonly call: Call; readonly byJurisdiction: Placed } {
    const found = this.#calls.get(byJurisdiction);
    if (found) return found;
    const { jurisdictions, blocks, months, arrays, ruleNumbers } = this.#setting;
    const administration = newAdministration(this.#exports, this.#arena, { jurisdictions, blocks });
    const perJurisdiction = this.#arena.floats([byJurisdiction ? months : 0, jurisdictions, MEASURES.length]);
    const all = {
      ...arrays,
      ...arraysOf(administration),
      measures: this.#measures,
      by_jurisdiction: perJurisdiction,
    };
    const made = {
      call: new Call(this.#exports, this.#arena, "whole_run", all, ruleNumbers),
      byJurisdiction: perJurisdiction,
    };
    this.#calls.set(byJurisdiction, made);
    return made;
  }
}

/** Return some columns of a table as series of their own; they share one buffer, so that they can be handed on together. */
function columnsOf<M extends MeasureName>(
  table: Float64Array,
  months: number,
  width: number,
  measures: readonly M[],
): ByMeasure<M> {
  const values = new Float64Array(measures.length * months);
  const series = measures.map((measure, number): [M, Float64Array] => {
    const column = PLACE_OF.get(measure);
    if (column === undefined) throw new TypeError(`there is no measure "${measure}"`);
    const one = values.subarray(number * months, (number + 1) * months);
    for (let month = 0; month < months; month++) one[month] = table[month * width + column] ?? Number.NaN;
    return [measure, one];
  });
  return Object.fromEntries(series) as ByMeasure<M>;
}
