/** Where a page starts, and what sizes it accepts. */

import type { Language, PageState, Policy, Reading, Session, Size } from "./types";

export const BASELINE = "baseline";
export const DEFAULT_POLICY: Policy = { scenario: BASELINE, settings: {} };

/** Two hundred officials in jurisdictions of fifty, as in the library's default scenario; sizes change nothing but chance. */
export const DEFAULT_SIZE: Size = { officials: 200, jurisdictions: 4, months: 120 };
export const OFFICIALS_PER_JURISDICTION = 50;
export const OFFERED_OFFICIALS = [100, 200, 500, 1000] as const;

/** What a link may ask for. The lower limit of months keeps every shipped scenario's changes inside the run. */
export const SIZE_LIMITS = {
  officials: [10, 2000],
  jurisdictions: [1, 40],
  months: [72, 240],
} as const satisfies Record<keyof Size, readonly [number, number]>;

export const DEFAULT_SEED = 1;
export const LARGEST_SEED = 2 ** 32 - 1;

export function defaultState(language: Language): PageState {
  return {
    language,
    theme: "system",
    view: "explore",
    seed: DEFAULT_SEED,
    presenter: false,
    policy: DEFAULT_POLICY,
    pinned: null,
    size: DEFAULT_SIZE,
    lesson: null,
    offered: null,
    month: 0,
    selected: null,
  };
}

export const PLAIN_READING: Reading = { isLarge: false, isSpaced: false };

export function newSession(state: PageState): Session {
  const closed = { notices: [], isLimitsOpen: false, isStarting: false };
  return { state, past: [], future: [], gesture: null, replay: null, ...closed, reading: PLAIN_READING, classwork: {} };
}
