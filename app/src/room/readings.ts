/** What the wall's drawing says, worked out from what the server sends; the sentences take their numbers from here. */

import type { Band, WallState, WallWorld } from "../../generated/room_messages";

const FIRST_LETTER = 65;
/** Shares that are the same may differ in their last digit. */
const NEARLY = 1e-9;

export function letterOf(act: number): string {
  return String.fromCharCode(FIRST_LETTER + act);
}

export function isThere(share: number | null | undefined): share is number {
  return share !== null && share !== undefined && share >= 0;
}

/** Return the act and the mean share of each stretch, over the rounds in which somebody decided. */
export function meansOfStretches(shares: readonly (number | null)[], { acts, stretches }: WallWorld): [number, number][] {
  const found = new Map<number, number[]>();
  shares.forEach((share, place) => {
    const stretch = stretches[place];
    if (stretch !== undefined && isThere(share)) found.set(stretch, [...(found.get(stretch) ?? []), share]);
  });
  return [...found].map(([stretch, of]) => [acts[stretches.indexOf(stretch)] ?? 0, of.reduce((sum, share) => sum + share, 0) / of.length]);
}

export function meanOf(shares: readonly (number | null)[]): number {
  const there = shares.filter(isThere);
  return there.reduce((sum, share) => sum + share, 0) / Math.max(there.length, 1);
}

/** Return how often a line lies within nine tenths, and of how many times that can be told: of rounds, or of stretches. */
export function within(world: WallWorld, band: Band, shows: WallState["shows"]): { readonly inside: number; readonly all: number } {
  const isFirst = (place: number): boolean => world.stretches.findIndex((stretch, n) => stretch === world.stretches[place] && isThere(world.shares[n])) === place;
  const told = world.shares.map((share, place) => ({ share, low: band.low90[place], high: band.high90[place] }));
  const both = told.filter(({ share, low, high }, place) => isThere(share) && isThere(low) && isThere(high) && (shows === "rounds" || isFirst(place)));
  const inside = both.filter(({ share, low = 0, high = 0 }) => isThere(share) && share >= low - NEARLY && share <= high + NEARLY);
  return { inside: inside.length, all: both.length };
}

/** Where the rule changes: the first round of each act but the first. */
export function changesOf(acts: readonly number[]): { readonly round: number; readonly act: number }[] {
  return acts.map((act, place) => ({ round: place + 1, act })).filter(({ act, round }) => round > 1 && act !== acts[round - 2]);
}

/** Whether there is a line to be read. */
export function hasLine(world: WallWorld): boolean {
  return world.shares.some(isThere);
}

/** Return the class's middle guess, place by place; nothing where fewer than five guessed. */
export function medianOf(wall: WallState): readonly number[] {
  return wall.guesses?.median ?? [];
}
