/** What the page and the worker that follows single officials say to each other. */

import type { ActionName, MeasureName, OfficialExplanation, RuleName, ScenarioSpec } from "../kernel/types";

/** One run, month by month: what everyone did. Row by row: all officials of the first month, then of the second. */
export interface Film {
  readonly officials: number;
  readonly months: number;
  /** The jurisdiction of every official; officials of one jurisdiction stand next to each other. */
  readonly jurisdiction: Uint16Array;
  /** Places in ACTIONS, OUTCOMES and LEAVES. */
  readonly action: Uint8Array;
  readonly outcome: Uint8Array;
  readonly leaves: Uint8Array;
  /** How many held the post before the one who acted in the month. */
  readonly generation: Uint16Array;
}

/** All months of one post: what its holder was, believed, weighed and did. */
export type Biography = readonly OfficialExplanation[];

/** Means over the last months of a measure, for every jurisdiction a value for each run. */
export type MeansByJurisdiction = readonly Float64Array[];

export interface RunAsked {
  readonly spec: ScenarioSpec;
  readonly seed: number;
  readonly run: number;
}

/** One lever that alone, in that month and with the same luck, would have led to another action. */
export interface Flip {
  readonly path: string;
  readonly value: number;
  readonly action: ActionName;
}

/** A value of a lever that is tried alone. */
export interface Tried {
  readonly path: string;
  readonly value: number;
}

export type Question =
  | { readonly type: "film"; readonly asked: RunAsked }
  | { readonly type: "biography"; readonly asked: RunAsked; readonly official: number }
  | {
      readonly type: "flips";
      readonly asked: RunAsked;
      readonly official: number;
      readonly month: number;
      readonly tried: readonly Tried[];
    }
  | {
      readonly type: "jurisdictions";
      readonly spec: ScenarioSpec;
      readonly seed: number;
      readonly replications: number;
      readonly measure: MeasureName;
      readonly windowMonths: number;
    };

export interface Answers {
  readonly film: Film;
  readonly biography: Biography;
  readonly flips: readonly Flip[];
  readonly jurisdictions: MeansByJurisdiction;
}

export type ToFollower =
  | { readonly type: "load"; readonly wasm: Uint8Array<ArrayBuffer> }
  /** Before the first question that needs the rule. */
  | { readonly type: "add rule"; readonly rule: RuleName; readonly wasm: Uint8Array<ArrayBuffer> }
  | { readonly type: "ask"; readonly id: number; readonly question: Question };

export type FromFollower =
  | { readonly type: "answer"; readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly type: "failed"; readonly id: number; readonly message: string };
