/** How many runs are shown: a few at once, then so many that the fan hardly moves any more. */

export const FIRST_RUNS = 30;
export const ALL_RUNS = 200;
/** What was run in full stays at hand for undo, redo, pin and replay; no more, so that memory stays flat. */
export const KEPT_BUNDLES = 6;
