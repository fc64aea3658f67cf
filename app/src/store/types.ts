/** What the page knows at one moment: everything a link, undo and replay need, and nothing they could work out. */

import type { ValuesByPath } from "../model/model";

export const LANGUAGES = ["en", "zh-CN"] as const;
export const THEMES = ["system", "light", "dark"] as const;
export const VIEWS = ["explore", "people", "compare", "map", "lessons", "report"] as const;

export type Language = (typeof LANGUAGES)[number];
export type Theme = (typeof THEMES)[number];
export type ViewId = (typeof VIEWS)[number];

/** A shipped scenario, and the parameters that were set otherwise: what `with_settings` of the library takes. */
export interface Policy {
  readonly scenario: string;
  readonly settings: ValuesByPath;
}

/** How many are simulated. A scenario that lists its jurisdictions keeps them; `jurisdictions` is then not used. */
export interface Size {
  readonly officials: number;
  readonly jurisdictions: number;
  readonly months: number;
}

/** Where a class is in a lesson; the prediction is what it locked before the answer was shown. */
export interface LessonState {
  readonly id: string;
  readonly step: number;
  readonly prediction: readonly number[] | null;
  /** How many claims of the reveal are answered; none if not given. */
  readonly shown?: number;
  /** Whether it is the lesson of fifteen minutes; the whole one if not given. */
  readonly isShort?: boolean;
}

/**
 * The lesson that a remote control's next would open from the list: its place there; the place behind the last is to go on
 * without one.
 */
export interface Offered {
  readonly place: number;
  /** Whether the lesson of fifteen minutes is meant; the whole one if not given. */
  readonly isShort?: boolean;
}

/** What a class has done in a lesson so far: it stays while the class looks elsewhere. */
export interface Classwork {
  /** The drawing under way, a value for each place, NaN where nothing is drawn. */
  readonly drawn: readonly number[];
  /** What the room guessed of each claim; null where it did not guess. */
  readonly guesses: readonly (string | null)[];
}

export interface PageState {
  readonly language: Language;
  readonly theme: Theme;
  readonly view: ViewId;
  readonly seed: number;
  readonly presenter: boolean;
  readonly policy: Policy;
  readonly pinned: Policy | null;
  readonly size: Size;
  readonly lesson: LessonState | null;
  /** Null where none is offered; no link holds it. */
  readonly offered: Offered | null;
  readonly month: number;
  readonly selected: number | null;
}

/** What undo takes back: the policy and the one it is compared with. */
export interface Standing {
  readonly policy: Policy;
  readonly pinned: Policy | null;
}

/** The last change shown again: from one policy to another, `progress` of the way there (0 to 1). */
export interface Replay {
  readonly from: Policy;
  readonly to: Policy;
  readonly progress: number;
}

/** Something to tell the user once: a key of the page's texts and what stands in its places. Always shown as plain text. */
export interface Notice {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** How the reader reads; no link holds it. */
export interface Reading {
  readonly isLarge: boolean;
  readonly isSpaced: boolean;
}

/** The state with its history. `gesture` names the drag under way: all it changes is undone as one. */
export interface Session {
  readonly state: PageState;
  readonly past: readonly Standing[];
  readonly future: readonly Standing[];
  readonly gesture: string | null;
  readonly replay: Replay | null;
  readonly notices: readonly Notice[];
  readonly isLimitsOpen: boolean;
  readonly reading: Reading;
  /** Whether the first minute stands before the page. */
  readonly isStarting: boolean;
  /** By lesson. */
  readonly classwork: Readonly<Record<string, Classwork>>;
}

export type Action =
  | { readonly type: "set"; readonly values: ValuesByPath; readonly gesture?: string | undefined }
  | { readonly type: "choose policy"; readonly policy: Policy }
  | { readonly type: "reset" }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  | { readonly type: "pin" }
  | { readonly type: "unpin" }
  | { readonly type: "swap pinned" }
  | { readonly type: "replay"; readonly progress: number | "start" | "end" }
  | { readonly type: "go"; readonly view: ViewId }
  | { readonly type: "speak"; readonly language: Language }
  | { readonly type: "theme"; readonly theme: Theme }
  | { readonly type: "seed"; readonly seed: number }
  | { readonly type: "size"; readonly size: Size }
  | { readonly type: "month"; readonly month: number }
  | { readonly type: "select"; readonly official: number | null }
  | { readonly type: "present"; readonly presenter: boolean }
  | { readonly type: "lesson"; readonly lesson: LessonState | null }
  | { readonly type: "offer"; readonly offered: Offered | null }
  | { readonly type: "draw"; readonly lesson: string; readonly values: readonly number[] }
  | { readonly type: "guess"; readonly lesson: string; readonly claim: number; readonly guess: string }
  | { readonly type: "open"; readonly state: PageState; readonly notices: readonly Notice[] }
  | { readonly type: "dismiss notices" }
  | { readonly type: "reading"; readonly reading: Reading }
  | { readonly type: "limits"; readonly isOpen: boolean }
  | { readonly type: "start"; readonly isOpen: boolean };
