/** Follows officials through one run: records what all of them do, and takes one official's months apart. */

import type { Kernel, Officials, RuleName, Settings, Simulation, Snapshot } from "../kernel/types";
import type { Answers, Biography, Film, Flip, MeansByJurisdiction, Question, RunAsked, ToFollower } from "./messages";

/** Runs that stay at hand, each with its first state: the two that are compared, and one before. */
const KEPT_RUNS = 3;

interface Kept {
  readonly key: string;
  readonly simulation: Simulation;
  readonly start: Snapshot;
}

export class Follower {
  readonly #kernel: Kernel;
  readonly #kept: Kept[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  addRule(rule: RuleName, wasm: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#kernel.addRule(rule, wasm);
  }

  answer(question: Question): Answers[keyof Answers] {
    switch (question.type) {
      case "film":
        return filmOf(this.#atStart(question.asked));
      case "biography":
        return biographyOf(this.#atStart(question.asked), question.official);
      case "flips":
        return flipsOf(this.#atStart(question.asked), question);
      case "jurisdictions":
        return meansByJurisdiction(this.#kernel, question);
    }
  }

  /** Return the simulation wound back to its first month. */
  #atStart(asked: RunAsked): Simulation {
    const key = JSON.stringify(asked);
    const place = this.#kept.findIndex((kept) => kept.key === key);
    const [found] = place < 0 ? [] : this.#kept.splice(place, 1);
    const kept = found ?? this.#begun(key, asked);
    this.#kept.push(kept);
    while (this.#kept.length > KEPT_RUNS) this.#kept.shift()?.simulation.release();
    kept.simulation.restore(kept.start);
    return kept.simulation;
  }

  #begun(key: string, { spec, seed, run }: RunAsked): Kept {
    const simulation = this.#kernel.simulation(spec, seed, run);
    return { key, simulation, start: simulation.snapshot() };
  }
}

/** Return the follower with a decision rule more: what is asked of it then waits for it. */
export async function withRule(
  before: Promise<Follower>,
  { rule, wasm }: Extract<ToFollower, { type: "add rule" }>,
): Promise<Follower> {
  const one = await before;
  await one.addRule(rule, wasm);
  return one;
}

/** Return what everyone does in every month of a run. */
export function filmOf(simulation: Simulation): Film {
  const { months } = simulation.spec;
  let seated = simulation.officials();
  const n = seated.count;
  const film: Film = {
    officials: n,
    months,
    jurisdiction: Uint16Array.from(seated.jurisdiction),
    action: new Uint8Array(n * months),
    outcome: new Uint8Array(n * months),
    leaves: new Uint8Array(n * months),
    generation: new Uint16Array(n * months),
  };
  for (let month = 0; month < months; month++) {
    // Who acts is who held the post before the month: at its end a newcomer may sit there.
    film.generation.set(seated.generation, month * n);
    simulation.step();
    seated = simulation.officials();
    record(film, seated, month * n);
  }
  return film;
}

function record(film: Film, seated: Officials, at: number): void {
  film.action.set(seated.action, at);
  film.outcome.set(seated.outcome, at);
  film.leaves.set(seated.leaves, at);
}

/** Return every month of one post, taken apart. */
export function biographyOf(simulation: Simulation, official: number): Biography {
  const months = [];
  do months.push(simulation.explain(official));
  while (simulation.step() && simulation.month < simulation.spec.months);
  return months;
}

type FlipsAsked = Extract<Question, { type: "flips" }>;

/** Return which of the values tried would alone have led to another action: the library's `flips_of`. */
export function flipsOf(simulation: Simulation, { official, month, tried }: Omit<FlipsAsked, "type" | "asked">): Flip[] {
  while (simulation.month < month) simulation.step();
  const { action } = simulation.explain(official);
  return tried.flatMap(({ path, value }): Flip[] => {
    const other = simulation.explain(official, { [path]: value } as Settings).action;
    return other === action ? [] : [{ path, value, action: other }];
  });
}

type JurisdictionsAsked = Extract<Question, { type: "jurisdictions" }>;

/** Return for every jurisdiction the means over the last months, one a run. */
export function meansByJurisdiction(kernel: Kernel, asked: JurisdictionsAsked): MeansByJurisdiction {
  const { spec, seed, replications, measure, windowMonths } = asked;
  const means: Float64Array[] = [];
  for (let run = 0; run < replications; run++) {
    kernel.run(spec, seed, run, [measure], true).byJurisdiction.forEach((series, place) => {
      const ofPlace = (means[place] ??= new Float64Array(replications));
      ofPlace[run] = kernel.windowMean(series[measure], windowMonths);
    });
  }
  return means;
}
