/** Who does something else under the one policy than under the other, in the same month with the same luck. */

import type { Film } from "./messages";
import { ACTIONS, type ActionName } from "../../generated/names";

export interface ActionTurn {
  readonly from: ActionName;
  readonly to: ActionName;
  readonly n: number;
}

export interface Minds {
  /** 1 for everyone who does something else. */
  readonly lit: Uint8Array;
  readonly changed: number;
  /** Posts that another person holds by now, since the holder of one of the two was removed or retired: not compared. */
  readonly otherHolders: number;
  /** What they do instead of what, the most frequent first. */
  readonly turns: readonly ActionTurn[];
}

/** Return how a month of `film` differs from the same month of `reference`. */
export function mindsIn(reference: Film, film: Film, month: number): Minds {
  const n = Math.min(reference.officials, film.officials);
  const lit = new Uint8Array(film.officials);
  const turns = new Map<number, number>();
  let [changed, otherHolders] = [0, 0];
  for (let official = 0; official < n; official++) {
    const [before, now] = [month * reference.officials + official, month * film.officials + official];
    if (reference.generation[before] !== film.generation[now]) {
      otherHolders += 1;
      continue;
    }
    const [from, to] = [reference.action[before] ?? 0, film.action[now] ?? 0];
    if (from === to) continue;
    lit[official] = 1;
    changed += 1;
    const turn = from * ACTIONS.length + to;
    turns.set(turn, (turns.get(turn) ?? 0) + 1);
  }
  return { lit, changed, otherHolders, turns: inOrder(turns) };
}

function inOrder(turns: ReadonlyMap<number, number>): ActionTurn[] {
  const all = [...turns].map(([turn, n]) => ({ turn, n })).sort((a, b) => b.n - a.n || a.turn - b.turn);
  return all.flatMap(({ turn, n }) => {
    const [from, to] = [ACTIONS[Math.floor(turn / ACTIONS.length)], ACTIONS[turn % ACTIONS.length]];
    return from && to ? [{ from, to, n }] : [];
  });
}

/** Return for every month how many officials do something else. */
export function changedByMonth(reference: Film, film: Film): Float64Array {
  const months = Math.min(reference.months, film.months);
  return Float64Array.from({ length: months }, (_, month) => mindsIn(reference, film, month).changed);
}
