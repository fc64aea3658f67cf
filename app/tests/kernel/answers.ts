/** What the page's kernel answers to a request of the parity test: numbers as the bytes they are, in base64. */

import { ACTIONS, MEASURES, OFFICIAL_FIELDS, TERMS } from "../../generated/names";
import { scenarioOf, type ExportedScenario, type Kernel, type Settings, type Simulation } from "../../src/kernel";

export interface Request {
  readonly scenario: ExportedScenario;
  readonly seed: number;
  readonly run: number;
  readonly byJurisdiction?: boolean;
  /** Explain this official in this month, and what it would do under these settings. */
  readonly explain?: { readonly official: number; readonly month: number; readonly settings: Settings };
}

export type Answer = Readonly<Record<string, string>>;

export function base64(values: Float64Array | Int32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function joined(parts: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}

/** Return a whole run, the same run month by month, and the officials it leaves. */
export function answerTo(kernel: Kernel, request: Request): Answer {
  const spec = scenarioOf(request.scenario);
  const { seed, run } = request;
  const series = kernel.run(spec, seed, run, "all", request.byJurisdiction ?? false);
  const simulation = kernel.simulation(spec, seed, run);
  const months: number[][] = [];
  const explained = request.explain ? explanations(simulation, request.explain, months) : [];
  while (simulation.step()) months.push(measuresNow(simulation));
  const officials = simulation.officials();
  simulation.release();
  return {
    measures: base64(joined(MEASURES.map((measure) => series.measures[measure]))),
    by_jurisdiction: base64(
      joined(series.byJurisdiction.flatMap((one) => MEASURES.map((measure) => one[measure]))),
    ),
    months: base64(joined(months)),
    means: base64(joined([Object.values(kernel.runMeans(spec, seed, run))])),
    states: base64(joined(OFFICIAL_FIELDS.map((field) => officials.state[field]))),
    generation: base64(officials.generation),
    action: base64(officials.action),
    outcome: base64(officials.outcome),
    leaves: base64(officials.leaves),
    jurisdiction: base64(officials.jurisdiction),
    explained: base64(joined(explained)),
  };
}

function measuresNow(simulation: Simulation): number[] {
  const measures = simulation.measuresNow();
  if (!measures) throw new Error("no month has passed");
  return MEASURES.map((measure) => measures[measure]);
}

/** Take the simulation to a month; return the explanation as the run is, and under the settings. */
function explanations(
  simulation: Simulation,
  asked: NonNullable<Request["explain"]>,
  months: number[][],
): readonly ArrayLike<number>[] {
  while (simulation.month < asked.month && simulation.step()) months.push(measuresNow(simulation));
  return [undefined, asked.settings].flatMap((settings) => {
    const told = simulation.explain(asked.official, settings);
    const terms = TERMS.flatMap((term) => ACTIONS.map((action) => told.menu[action][term]));
    return [
      Object.values(told.state),
      Object.values(told.circumstances),
      Object.values(told.outlook),
      terms,
      Object.values(told.utilities),
      Object.values(told.probabilities),
      Object.values(told.told),
      Object.values(told.luck),
      [ACTIONS.indexOf(told.action)],
    ];
  });
}

/** Return fan, window mean, interval and paired effect of given numbers. */
export function statisticsOf(kernel: Kernel, runs: readonly (readonly (number | null)[])[]): Answer {
  const series = runs.map((run) => Float64Array.from(run, (value) => value ?? Number.NaN));
  const means = series.map((run) => kernel.windowMean(run));
  return {
    fan: base64(joined(kernel.fan(series, [0.05, 0.25, 0.5, 0.75, 0.95]))),
    means: base64(joined([means])),
    interval: base64(joined([Object.values(kernel.interval(means))])),
    paired: base64(joined([Object.values(kernel.pairedEffect(means, means.toReversed()))])),
  };
}

/** Return nanoseconds per official-month of whole runs, the median of some rounds. */
export function speedOf(kernel: Kernel, exported: ExportedScenario, rounds: number): number {
  const spec = scenarioOf(exported);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    kernel.run(spec, 1, round, ["innovation_rate", "lazy_prevalence"]);
    times.push(performance.now() - start);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  return (median * 1e6) / (spec.officials * spec.months);
}
