/** What the wall's drawing says, worked out from what the server sends; the sentences take their numbers from here. */

import type { Band, WallState, WallWorld } from "../../generated/room_messages";

const FIRST_LETTER = 65;

export function letterOf(act: number): string {
  return String.fromCharCode(FIRST_LETTER + act);
}

export function isThere(share: number | null | undefined): share is number {
  return share !== null && share !== undefined && share >= 0;
}

/** Return the mean share of each act, over the rounds in which somebody decided. */
export function meansOfActs(shares: readonly (number | null)[], acts: readonly number[]): [number, number][] {
  const found = new Map<number, number[]>();
  shares.forEach((share, place) => {
    const act = acts[place];
    if (act !== undefined && isThere(share)) found.set(act, [...(found.get(act) ?? []), share]);
  });
  return [...found].map(([act, of]) => [act, of.reduce((sum, share) => sum + share, 0) / of.length]);
}

export function meanOf(shares: readonly (number | null)[]): number {
  const there = shares.filter(isThere);
  return there.reduce((sum, share) => sum + share, 0) / Math.max(there.length, 1);
}

/** Return in how many rounds a line lies within nine tenths, and of how many that can be told. */
export function within(world: WallWorld, band: Band): { readonly inside: number; readonly all: number } {
  const told = world.shares.map((share, place) => ({ share, low: band.low90[place], high: band.high90[place] }));
  const both = told.filter(({ share, low, high }) => isThere(share) && isThere(low) && isThere(high));
  const inside = both.filter(({ share, low = 0, high = 0 }) => isThere(share) && share >= low && share <= high);
  return { inside: inside.length, all: both.length };
}

/** Where the rule changes: the first round of each act but the first. */
export function changesOf(acts: readonly number[]): { readonly round: number; readonly act: number }[] {
  return acts.map((act, place) => ({ round: place + 1, act })).filter(({ act, round }) => round > 1 && act !== acts[round - 2]);
}

/** Whether there is a line to be read. */
export function hasLine(wall: WallState): boolean {
  return wall.worlds.some((world) => world.shares.some(isThere));
}

/** Return the class's middle guess, place by place; nothing where fewer than five guessed. */
export function medianOf(wall: WallState): readonly number[] {
  return wall.guesses?.median ?? [];
}
