/** Loading the compiled rules. */

import description from "../../generated/kernel_layout.json";
import { MEASURES, type MeasureName } from "../../generated/names";
import type { FunctionName, KernelExports } from "./calls";
import { checkLayout, KERNEL_DESCRIBED, LAYOUT_EXPECTED, type LayoutExpected } from "./layout";
import { Arena, Memory } from "./memory";
import { Runner } from "./runner";
import { MonthByMonth } from "./simulation";
import { fanOf, intervalOf, pairedEffectOf, trailingMeansOf, WINDOW_MONTHS, windowMeanOf, windowMeansOf } from "./statistics";
import { checkSupport } from "./support";
import type { Interval, Kernel, PairedEffect, RunSeries, ScenarioSpec, Simulation } from "./types";

/**
 * Return the kernel; throws KernelUnsupported if the browser lacks WebAssembly or its vector instructions, KernelDiffers
 * if the kernel is not the one that the page was built for.
 */
export async function loadKernel(wasm: BufferSource, expected: LayoutExpected = LAYOUT_EXPECTED): Promise<Kernel> {
  checkSupport();
  const { instance } = await WebAssembly.instantiate(wasm);
  const { memory, __heap_base: heapBase, ...functions } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || !(heapBase instanceof WebAssembly.Global)) {
    throw new TypeError("this is not the kernel");
  }
  await checkLayout(wasm, KERNEL_DESCRIBED, expected);
  for (const name of Object.keys(description.functions)) {
    if (typeof functions[name] !== "function") throw new TypeError(`the kernel has no function ${name}`);
  }
  const exports: KernelExports = {
    memory,
    __heap_base: heapBase,
    functions: functions as Record<FunctionName, (row: number) => void>,
  };
  return new CompiledKernel(exports, new Memory(memory, Number(heapBase.value)));
}

class CompiledKernel implements Kernel {
  readonly #exports: KernelExports;
  readonly #memory: Memory;
  /** The scenario that was run last stays laid out: the next run is most often one of it. */
  #runner: Runner | null = null;

  constructor(exports: KernelExports, memory: Memory) {
    this.#exports = exports;
    this.#memory = memory;
  }

  get bytesTaken(): number {
    return this.#memory.bytesTaken;
  }

  run<M extends MeasureName>(
    spec: ScenarioSpec,
    seed: number,
    run: number,
    measures: readonly M[] | "all",
    byJurisdiction = false,
  ): RunSeries<M> {
    const wanted = measures === "all" ? (MEASURES as readonly MeasureName[] as readonly M[]) : measures;
    return this.#runnerOf(spec).run(seed, run, wanted, byJurisdiction);
  }

  runMeans(
    spec: ScenarioSpec,
    seed: number,
    run: number,
    windowMonths = WINDOW_MONTHS,
  ): Readonly<Record<MeasureName, number>> {
    const measures = this.#runnerOf(spec).measuresOf(seed, run);
    return windowMeansOf(this.#exports, this.#memory, measures, windowMonths);
  }

  simulation(spec: ScenarioSpec, seed: number, run: number): Simulation {
    const arena = new Arena(this.#memory);
    try {
      return new MonthByMonth(this.#exports, arena, spec, seed, run);
    } catch (error) {
      arena.release();
      throw error;
    }
  }

  fan(runs: readonly Float64Array[], probabilities: readonly number[]): readonly Float64Array[] {
    return fanOf(this.#exports, this.#memory, runs, probabilities);
  }

  windowMean(series: Float64Array, windowMonths = WINDOW_MONTHS): number {
    return windowMeanOf(this.#exports, this.#memory, series, windowMonths);
  }

  trailingMeans(runs: readonly Float64Array[], windowMonths: number): readonly Float64Array[] {
    return trailingMeansOf(this.#exports, this.#memory, runs, windowMonths);
  }

  interval(values: ArrayLike<number>): Interval {
    return intervalOf(this.#exports, this.#memory, values);
  }

  pairedEffect(policy: ArrayLike<number>, reference: ArrayLike<number>): PairedEffect {
    return pairedEffectOf(this.#exports, this.#memory, policy, reference);
  }

  #runnerOf(spec: ScenarioSpec): Runner {
    if (this.#runner?.spec === spec) return this.#runner;
    this.#runner?.release();
    this.#runner = null;
    const arena = new Arena(this.#memory);
    try {
      this.#runner = new Runner(this.#exports, arena, spec);
    } catch (error) {
      arena.release();
      throw error;
    }
    return this.#runner;
  }
}
