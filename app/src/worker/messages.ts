/** What the page and its workers say to each other. */

import type { ByMeasure, MeasureName, RuleName, ScenarioSpec } from "../kernel/types";

/** Which runs are wanted. With several specs every run is done for all of them before the next one. */
export interface RunRequest<M extends MeasureName = MeasureName> {
  readonly spec: ScenarioSpec | readonly ScenarioSpec[];
  readonly seed: number;
  /** Runs firstRun to firstRun + replications - 1; firstRun is 0 if not given. */
  readonly replications: number;
  readonly firstRun?: number;
  readonly measures: readonly M[];
  /** If given: not the series, but their means over the last months. */
  readonly windowMonths?: number;
}

/** What one run gave: `series`, or `means` where the request gives a window. */
export interface RunResult<M extends MeasureName = MeasureName> {
  /** The place of the spec in the request; 0 for a single one. */
  readonly point: number;
  readonly run: number;
  readonly series: ByMeasure<M> | null;
  readonly means: Readonly<Record<M, number>> | null;
}

/** One worker's share of a request: every `step`-th task from `share` on. */
export interface Work {
  readonly type: "work";
  readonly lane: string;
  readonly id: number;
  readonly isBackground: boolean;
  readonly request: RunRequest;
  readonly share: number;
  readonly step: number;
}

export type ToWorker =
  | { readonly type: "load"; readonly wasm: Uint8Array<ArrayBuffer> }
  /** Before the first work that needs the rule. */
  | { readonly type: "add rule"; readonly rule: RuleName; readonly wasm: Uint8Array<ArrayBuffer> }
  | Work
  | { readonly type: "stop"; readonly lane: string };

export type FromWorker =
  | {
      readonly type: "results";
      readonly lane: string;
      readonly id: number;
      readonly results: readonly RunResult[];
      /** Whether this was the last of the worker's share. */
      readonly isLast: boolean;
    }
  /** Without a lane: the worker itself is of no use. */
  | { readonly type: "failed"; readonly lane: string | null; readonly id: number; readonly message: string };

export function specsOf(request: RunRequest): readonly ScenarioSpec[] {
  return "parameters" in request.spec ? [request.spec] : request.spec;
}
