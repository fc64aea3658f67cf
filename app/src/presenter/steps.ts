/** Where "next" and "back" lead: through the steps of the lesson under way, otherwise from view to view. */

import { VIEWS, type Action, type PageState, type Session } from "../store/types";
import { drawingOf, isWhole } from "../views/lessons/drawing";
import { lessonOf, placesDrawn, STEPS, type Lesson } from "../views/lessons/lesson";

export type Direction = 1 | -1;

/** Return the action that goes one on or back; null at either end. */
export function stepFrom(session: Session, direction: Direction): Action | null {
  const { lesson: at } = session.state;
  const lesson = lessonOf(session.state);
  return lesson && at ? lessonStep(session, lesson, at, direction) : viewStep(session.state, direction);
}

type LessonAt = NonNullable<PageState["lesson"]>;

/** The way of a lesson: through the lock, which takes what was drawn if it is whole, and in the reveal claim by claim. */
function lessonStep({ classwork }: Session, lesson: Lesson, at: LessonAt, direction: Direction): Action | null {
  const place = Math.min(at.step, STEPS.length - 1);
  const shown = (at.shown ?? 0) + direction;
  if (STEPS[place] === "reveal" && shown >= 0 && shown <= lesson.claim.length) {
    return { type: "lesson", lesson: { ...at, shown } };
  }
  const step = place + direction;
  if (STEPS[step] === undefined) return null;
  if (STEPS[place] !== "predict") return { type: "lesson", lesson: { ...at, step } };
  const drawn = drawingOf(at, classwork[lesson.id], placesDrawn(lesson));
  return { type: "lesson", lesson: { ...at, step, prediction: isWhole(drawn) ? drawn : null } };
}

function viewStep({ view }: PageState, direction: Direction): Action | null {
  const next = VIEWS[VIEWS.indexOf(view) + direction];
  return next === undefined ? null : { type: "go", view: next };
}

export type Command = "next" | "back" | "freeze" | "black" | "levers" | "notes" | "leave";

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
  n: "notes",
  Escape: "leave",
};

/** Return what a key asks for, or null. */
export function commandOf(key: string): Command | null {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(KEYS, name) ? (KEYS[name] ?? null) : null;
}
