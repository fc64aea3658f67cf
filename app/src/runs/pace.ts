/**
 * How many runs this machine is asked for. How long the first runs of a fan take is measured; where all would take too
 * long, fewer are asked for: the first of the same runs, with the same seeds.
 */

import { ALL_RUNS, FEWER_RUNS } from "./plan";

/** As long as people wait for an answer before they turn to something else: about ten seconds. */
export const LONGEST_WAIT_MS = 10_000;

/** What the time of a run depends on. */
export interface Sized {
  readonly officials: number;
  readonly months: number;
}

export type RunsAsked = "measured" | "all" | "fewer";

export interface Pace {
  /** Milliseconds, as `performance.now`. */
  readonly now: () => number;
  /** How many runs are drawn in the end: all, as long as nothing was measured. */
  readonly target: (size: Sized) => number;
  /** Tell how many milliseconds some runs took. The first measurement of a size holds, so that no two fans differ. */
  readonly measured: (size: Sized, runs: number, milliseconds: number) => void;
  /** Ask for the full number from now on, however long it takes. */
  readonly askAll: () => void;
  /** Call the listener whenever targets may be others; returns how to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function newPace(asked: RunsAsked = "measured", now: () => number = () => performance.now()): Pace {
  const isSlow = new Map<string, boolean>();
  const listeners = new Set<() => void>();
  let how = asked;
  const keyOf = ({ officials, months }: Sized): string => `${officials} ${months}`;
  const tell = (): void => [...listeners].forEach((listener) => listener());
  return {
    now,
    target(size) {
      const isFewer = how === "fewer" || (how === "measured" && isSlow.get(keyOf(size)) === true);
      return isFewer ? FEWER_RUNS : ALL_RUNS;
    },
    measured(size, runs, milliseconds) {
      if (isSlow.has(keyOf(size))) return;
      isSlow.set(keyOf(size), (milliseconds / runs) * ALL_RUNS > LONGEST_WAIT_MS);
      tell();
    },
    askAll() {
      how = "all";
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Return what the address asks for: "?runs=all" or "?runs=fewer" before the "#" take the place of the measurement. */
export function runsAskedIn(query: string): RunsAsked {
  const asked = new URLSearchParams(query).get("runs");
  return asked === "all" || asked === "fewer" ? asked : "measured";
}
