/** Loading the compiled rules. */

import { MEASURES, type MeasureName, type RuleName } from "../../generated/names";
import { DEFAULT_RULE, functionsUnder, type FunctionName, type KernelExports } from "./calls";
import { checkLayout, KERNEL_DESCRIBED, LAYOUT_EXPECTED, type LayoutExpected } from "./layout";
import { Arena, Memory } from "./memory";
import { Runner } from "./runner";
import { ruleOf } from "./setting";
import { MonthByMonth } from "./simulation";
import { fanOf, intervalOf, pairedEffectOf, trailingMeansOf, WINDOW_MONTHS, windowMeanOf, windowMeansOf } from "./statistics";
import { checkSupport } from "./support";
import type { Interval, Kernel, PairedEffect, RunSeries, ScenarioSpec, Simulation } from "./types";

/**
 * Return the kernel, which runs the default decision rule until others are added; throws KernelUnsupported if the browser
 * lacks WebAssembly or its vector instructions, KernelDiffers if the kernel is not the one that the page was built for.
 */
export async function loadKernel(wasm: BufferSource, expected: LayoutExpected = LAYOUT_EXPECTED): Promise<Kernel> {
  checkSupport();
  return new CompiledKernel(await loaded(wasm, DEFAULT_RULE, expected), expected);
}

/** The compiled code of one decision rule, with its own memory. */
class KernelOfRule {
  readonly memory: Memory;
  /** The scenario that was run last stays laid out: the next run is most often one of it. */
  #runner: Runner | null = null;

  constructor(
    readonly exports: KernelExports,
    heapBase: number,
  ) {
    this.memory = new Memory(exports.memory, heapBase);
  }

  runnerOf(spec: ScenarioSpec): Runner {
    if (this.#runner?.spec === spec) return this.#runner;
    this.#runner?.release();
    this.#runner = null;
    const arena = new Arena(this.memory);
    try {
      this.#runner = new Runner(this.exports, arena, spec);
    } catch (error) {
      arena.release();
      throw error;
    }
    return this.#runner;
  }
}

async function loaded(wasm: BufferSource, rule: RuleName, expected: LayoutExpected): Promise<KernelOfRule> {
  const { instance } = await WebAssembly.instantiate(wasm);
  const { memory, __heap_base: heapBase, ...functions } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || !(heapBase instanceof WebAssembly.Global)) {
    throw new TypeError("this is not the kernel");
  }
  await checkLayout(wasm, KERNEL_DESCRIBED, expected, rule);
  for (const name of functionsUnder(rule)) {
    if (typeof functions[name] !== "function") throw new TypeError(`the kernel has no function ${name}`);
  }
  const named = functions as Record<FunctionName, (row: number) => void>;
  return new KernelOfRule({ rule, memory, __heap_base: heapBase, functions: named }, Number(heapBase.value));
}

class CompiledKernel implements Kernel {
  readonly #default: KernelOfRule;
  readonly #rules: Map<RuleName, KernelOfRule>;
  readonly #expected: LayoutExpected;

  constructor(ofDefault: KernelOfRule, expected: LayoutExpected) {
    this.#default = ofDefault;
    this.#rules = new Map([[DEFAULT_RULE, ofDefault]]);
    this.#expected = expected;
  }

  get bytesTaken(): number {
    return [...this.#rules.values()].reduce((sum, { memory }) => sum + memory.bytesTaken, 0);
  }

  async addRule(rule: RuleName, wasm: BufferSource): Promise<void> {
    if (!this.#rules.has(rule)) this.#rules.set(rule, await loaded(wasm, rule, this.#expected));
  }

  canRun(spec: ScenarioSpec): boolean {
    return this.#rules.has(ruleOf(spec));
  }

  run<M extends MeasureName>(
    spec: ScenarioSpec,
    seed: number,
    run: number,
    measures: readonly M[] | "all",
    byJurisdiction = false,
  ): RunSeries<M> {
    const wanted = measures === "all" ? (MEASURES as readonly MeasureName[] as readonly M[]) : measures;
    return this.#of(spec).runnerOf(spec).run(seed, run, wanted, byJurisdiction);
  }

  runMeans(
    spec: ScenarioSpec,
    seed: number,
    run: number,
    windowMonths = WINDOW_MONTHS,
  ): Readonly<Record<MeasureName, number>> {
    const ofRule = this.#of(spec);
    const measures = ofRule.runnerOf(spec).measuresOf(seed, run);
    return windowMeansOf(ofRule.exports, ofRule.memory, measures, windowMonths);
  }

  simulation(spec: ScenarioSpec, seed: number, run: number): Simulation {
    const { exports, memory } = this.#of(spec);
    const arena = new Arena(memory);
    try {
      return new MonthByMonth(exports, arena, spec, seed, run);
    } catch (error) {
      arena.release();
      throw error;
    }
  }

  fan(runs: readonly Float64Array[], probabilities: readonly number[]): readonly Float64Array[] {
    return fanOf(this.#default.exports, this.#default.memory, runs, probabilities);
  }

  windowMean(series: Float64Array, windowMonths = WINDOW_MONTHS): number {
    return windowMeanOf(this.#default.exports, this.#default.memory, series, windowMonths);
  }

  trailingMeans(runs: readonly Float64Array[], windowMonths: number): readonly Float64Array[] {
    return trailingMeansOf(this.#default.exports, this.#default.memory, runs, windowMonths);
  }

  interval(values: ArrayLike<number>): Interval {
    return intervalOf(this.#default.exports, this.#default.memory, values);
  }

  pairedEffect(policy: ArrayLike<number>, reference: ArrayLike<number>): PairedEffect {
    return pairedEffectOf(this.#default.exports, this.#default.memory, policy, reference);
  }

  #of(spec: ScenarioSpec): KernelOfRule {
    const found = this.#rules.get(ruleOf(spec));
    if (!found) throw new Error(`the kernel of the decision rule ${ruleOf(spec)} was not added`);
    return found;
  }
}
