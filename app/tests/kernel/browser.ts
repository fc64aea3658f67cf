/** The kernel and its workers in a page from a disk, for the parity test and the benchmark to ask. */

import { loadKernel, scenarioOf, type ExportedScenario } from "../../src/kernel";
import { DECISION_RULES } from "../../generated/names";
import { embeddedKernel, embeddedRule } from "../../src/kernel/embedded";
import { newPool, type Pool, type RunResult } from "../../src/worker/pool";
import { answerTo, base64, joined, speedOf, statisticsOf, type Answer, type Request } from "./answers";

const FAN_RUNS = 30;
const MEASURES_OF_PAGE = [
  "innovation_rate",
  "lazy_prevalence",
  "routine_rate",
  "inaction_rate",
  "perceived_exemption",
  "actual_exemption",
] as const;

/** What a fan took and how many runs it had. */
interface Fan {
  readonly milliseconds: number;
  readonly runs: number;
}

interface ByWorkers {
  readonly runs: readonly number[];
  readonly measures: readonly string[];
  readonly values: string;
}

export interface Asked {
  answerTo: (request: Request) => Answer;
  statisticsOf: (runs: readonly (readonly (number | null)[])[]) => Answer;
  speedOf: (scenario: ExportedScenario, rounds: number) => number;
  workers: number;
  /** Ask for fans one after the other, as a drag does. */
  fans: (scenario: ExportedScenario, moves: number) => Promise<readonly Fan[]>;
  /** Ask for fans without waiting; return the seeds whose results came, and how long the last one took. */
  drag: (scenario: ExportedScenario, moves: number) => Promise<{ finished: readonly number[]; milliseconds: number }>;
  /** Runs done by the workers: their numbers, and the series of some measures, run by run. */
  runsByWorkers: (scenario: ExportedScenario, replications: number) => Promise<ByWorkers>;
}

declare global {
  interface Window {
    asked?: Asked;
  }
}

function fan(pool: Pool, scenario: ExportedScenario, seed: number, replications = FAN_RUNS): Promise<RunResult[]> {
  return new Promise((resolve, reject) => {
    const results: RunResult[] = [];
    pool.request(
      { spec: scenarioOf(scenario), seed, replications, measures: MEASURES_OF_PAGE },
      {
        onResults: (some) => results.push(...(some as readonly RunResult[])),
        onFinished: () => {
          resolve(results);
        },
        onFailed: reject,
      },
    );
  });
}

async function timed(pool: Pool, scenario: ExportedScenario, seed: number): Promise<Fan> {
  const start = performance.now();
  const results = await fan(pool, scenario, seed);
  return { milliseconds: performance.now() - start, runs: results.length };
}

async function start(): Promise<void> {
  const wasm = embeddedKernel();
  const kernel = await loadKernel(wasm);
  for (const rule of DECISION_RULES.slice(1)) await kernel.addRule(rule, embeddedRule(rule));
  const pool = newPool(wasm, kernel);
  window.asked = {
    answerTo: (request) => answerTo(kernel, request),
    statisticsOf: (runs) => statisticsOf(kernel, runs),
    speedOf: (scenario, rounds) => speedOf(kernel, scenario, rounds),
    workers: pool.size,
    async fans(scenario, moves) {
      const took: Fan[] = [];
      for (let move = 0; move < moves; move++) took.push(await timed(pool, scenario, move));
      return took;
    },
    async drag(scenario, moves) {
      const finished: number[] = [];
      for (let seed = 0; seed < moves - 1; seed++) {
        void fan(pool, scenario, seed).then(() => finished.push(seed));
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
      const { milliseconds } = await timed(pool, scenario, moves - 1);
      finished.push(moves - 1);
      return { finished, milliseconds };
    },
    async runsByWorkers(scenario, replications) {
      const results = (await fan(pool, scenario, 1, replications)).toSorted((a, b) => a.run - b.run);
      const series = results.flatMap((one) => MEASURES_OF_PAGE.map((measure) => one.series?.[measure] ?? []));
      return {
        runs: results.map((one) => one.run),
        measures: MEASURES_OF_PAGE,
        values: base64(joined(series)),
      };
    },
  };
}

const state = document.querySelector("#state");
start().then(
  () => state?.replaceChildren("ready"),
  (error: unknown) => state?.replaceChildren(String(error)),
);
