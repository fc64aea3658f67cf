/**
 * Runs of the newest policy wanted. While a lever is dragged every policy shown is run to the end of its first runs, and
 * then only the newest waits: so the picture follows the hand instead of starting over at every move. What refines the
 * picture gives way at once.
 */

import type { MeasureName, ScenarioSpec } from "../kernel/types";
import type { Pool, RunResult } from "../worker/pool";
import { bundleOf, type Bundle } from "./bundle";
import type { Pace } from "./pace";
import { FIRST_RUNS, nextStage } from "./plan";
import type { Shelf } from "./shelf";

export interface Wanted {
  readonly key: string;
  readonly spec: ScenarioSpec;
  readonly seed: number;
  readonly measures: readonly MeasureName[];
}

export interface Feed {
  readonly want: (wanted: Wanted | null) => void;
  readonly close: () => void;
}

interface FeedListener {
  readonly onBundle: (bundle: Bundle) => void;
  readonly onFailed: (message: string) => void;
}

export function newFeed(pool: Pool, lane: string, shelf: Shelf, pace: Pace, listener: FeedListener): Feed {
  let newest: Wanted | null = null;
  let first: Wanted | null = null;
  /** What was drawn to the end, so that more can be asked for. */
  let drawn: { readonly wanted: Wanted; readonly results: readonly RunResult[] } | null = null;
  let drop = (): void => undefined;

  const ask = (wanted: Wanted, firstRun: number, runs: number, onAll: (results: RunResult[]) => void): void => {
    const results: RunResult[] = [];
    const { spec, seed, measures } = wanted;
    drop = pool.request(
      { spec, seed, measures, firstRun, replications: runs },
      {
        onResults: (some) => results.push(...some),
        onFinished: () => onAll(results),
        onFailed: (message) => {
          first = null;
          listener.onFailed(message);
        },
      },
      { lane, isBackground: firstRun > 0 },
    );
  };

  /** Go on from the runs that are there to those of the next stage; none is done again. */
  const refine = (wanted: Wanted, results: readonly RunResult[]): void => {
    const until = nextStage(results.length, pace.target(wanted.spec));
    if (until === null) {
      drawn = { wanted, results };
      return;
    }
    const runs = until - results.length;
    const begun = pace.now();
    ask(wanted, results.length, runs, (more) => {
      const all = [...results, ...more];
      const bundle = bundleOf(wanted.key, all);
      // Not of the first runs of all: they wait for the workers to start.
      pace.measured(wanted.spec, runs, pace.now() - begun);
      if (all.length >= pace.target(wanted.spec)) shelf.put(bundle);
      listener.onBundle(bundle);
      refine(wanted, all);
    });
  };

  const begin = (wanted: Wanted): void => {
    const kept = shelf.get(wanted.key);
    drawn = null;
    if (kept && kept.n >= pace.target(wanted.spec)) {
      drop();
      listener.onBundle(kept);
      return;
    }
    first = wanted;
    ask(wanted, 0, FIRST_RUNS, (results) => {
      first = null;
      listener.onBundle(bundleOf(wanted.key, results));
      if (newest?.key === wanted.key) refine(wanted, results);
      else if (newest) begin(newest);
    });
  };

  /** Go on where what is drawn is no longer all that is asked for. */
  const goOn = (): void => {
    if (!newest || first) return;
    if (drawn?.wanted.key === newest.key) {
      const { wanted, results } = drawn;
      drawn = null;
      refine(wanted, results);
    } else if (shelf.get(newest.key)) begin(newest);
  };
  const unsubscribe = pace.subscribe(goOn);

  return {
    want(wanted) {
      if (wanted?.key === newest?.key) return;
      newest = wanted;
      if (wanted && !first) begin(wanted);
      if (!wanted) {
        drop();
        first = null;
      }
    },
    close() {
      unsubscribe();
      newest = null;
      first = null;
      drop();
    },
  };
}
