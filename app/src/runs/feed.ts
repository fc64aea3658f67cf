/**
 * Runs of the newest policy wanted. While a lever is dragged every policy shown is run to the end of its first runs, and
 * then only the newest waits: so the picture follows the hand instead of starting over at every move. What refines the
 * picture gives way at once.
 */

import type { MeasureName, ScenarioSpec } from "../kernel/types";
import type { Pool, RunResult } from "../worker/pool";
import { bundleOf, type Bundle } from "./bundle";
import { STAGES } from "./plan";
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

export function newFeed(pool: Pool, lane: string, shelf: Shelf, listener: FeedListener): Feed {
  let newest: Wanted | null = null;
  let first: Wanted | null = null;
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

  /** Go on from the runs of a stage to those of the next; the runs that are there are not done again. */
  const refine = (wanted: Wanted, stage: number, results: readonly RunResult[]): void => {
    const [from, until] = [STAGES[stage - 1] ?? 0, STAGES[stage]];
    if (until === undefined) return;
    ask(wanted, from, until - from, (more) => {
      const all = [...results, ...more];
      const bundle = bundleOf(wanted.key, all);
      if (stage === STAGES.length - 1) shelf.put(bundle);
      listener.onBundle(bundle);
      refine(wanted, stage + 1, all);
    });
  };

  const begin = (wanted: Wanted): void => {
    const kept = shelf.get(wanted.key);
    if (kept) {
      drop();
      listener.onBundle(kept);
      return;
    }
    first = wanted;
    ask(wanted, 0, STAGES[0], (results) => {
      first = null;
      listener.onBundle(bundleOf(wanted.key, results));
      if (newest?.key === wanted.key) refine(wanted, 1, results);
      else if (newest) begin(newest);
    });
  };

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
      newest = null;
      first = null;
      drop();
    },
  };
}
