/** Where "next" and "back" lead: through the steps of the lesson under way, otherwise from view to view. */

import { VIEWS, type Action, type PageState } from "../store/types";
import { STEPS } from "../views/lessons/lesson";

export type Direction = 1 | -1;

/** Return the action that goes one on or back; null at either end. */
export function stepFrom(state: PageState, direction: Direction): Action | null {
  return state.view === "lessons" && state.lesson ? lessonStep(state.lesson, direction) : viewStep(state, direction);
}

function lessonStep(lesson: NonNullable<PageState["lesson"]>, direction: Direction): Action | null {
  let step = Math.min(lesson.step, STEPS.length - 1) + direction;
  // Nothing is locked where nothing was predicted.
  if (STEPS[step] === "lock" && lesson.prediction === null) step += direction;
  return STEPS[step] === undefined ? null : { type: "lesson", lesson: { ...lesson, step } };
}

function viewStep({ view }: PageState, direction: Direction): Action | null {
  const next = VIEWS[VIEWS.indexOf(view) + direction];
  return next === undefined ? null : { type: "go", view: next };
}

export type Command = "next" | "back" | "freeze" | "black" | "levers" | "leave";

/** What keys do; the first two columns are what remote controls for talks send. */
const KEYS: Readonly<Record<string, Command>> = {
  PageDown: "next",
  PageUp: "back",
  ArrowRight: "next",
  ArrowLeft: "back",
  f: "freeze",
  b: "black",
  ".": "black",
  l: "levers",
  Escape: "leave",
};

/** Return what a key asks for, or null. */
export function commandOf(key: string): Command | null {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(KEYS, name) ? (KEYS[name] ?? null) : null;
}
