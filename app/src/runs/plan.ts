/** How many runs are shown: a few at once, more a moment later, then so many that the fan hardly moves any more. */

/** The numbers of runs after which there is a new picture. The first decides how closely the picture follows the hand. */
export const STAGES = [8, 30, 200] as const;
export const FIRST_RUNS = STAGES[0];
export const ALL_RUNS = STAGES[2];
/** Where all would take too long: so many that three runs still lie beyond each end of the band of 90%. */
export const FEWER_RUNS = 60;
/** What was run in full stays at hand for undo, redo, pin and replay; no more, so that memory stays flat. */
export const KEPT_BUNDLES = 6;

/** Return how many runs the next picture has after one of `shown` runs; null where it is the last. */
export function nextStage(shown: number, target: number): number | null {
  return [...STAGES.slice(0, -1), target].find((runs) => runs > shown && runs <= target) ?? null;
}
