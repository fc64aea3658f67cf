/**
 * Where "next" and "back" lead: through the steps of the lesson under way and on to the next lesson, otherwise from view to
 * view. In the list of lessons two keys have to do for everything: next offers the first and opens the one that is offered,
 * back offers another.
 */

import { VIEWS, type Action, type PageState, type Session } from "../store/types";
import { drawingOf, isWhole } from "../views/lessons/drawing";
import { lessonOf, lessons, placesDrawn, STEPS, type Lesson } from "../views/lessons/lesson";

export type Direction = 1 | -1;

/** Return the action that goes one on or back; null at either end. */
export function stepFrom(session: Session, direction: Direction): Action | null {
  const { lesson: at } = session.state;
  const lesson = lessonOf(session.state);
  if (lesson && at) return lessonStep(session, lesson, at, direction);
  return (session.state.view === "lessons" ? listStep(session.state, direction) : null) ?? viewStep(session.state, direction);
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
  if (STEPS[step] === undefined) return offerBeside(lesson, direction);
  if (STEPS[place] !== "predict") return { type: "lesson", lesson: { ...at, step } };
  const drawn = drawingOf(at, classwork[lesson.id], placesDrawn(lesson));
  return { type: "lesson", lesson: { ...at, step, prediction: isWhole(drawn) ? drawn : null } };
}

/** Return how the list offers the lesson that follows one; the same one, coming back to the list from its beginning. */
function offerBeside(lesson: Lesson, direction: Direction): Action {
  const place = lessons().findIndex(({ id }) => id === lesson.id) + (direction === 1 ? 1 : 0);
  return { type: "offer", offered: { place, ...(lesson.isShort && { isShort: true }) } };
}

/** Return what happens in the list; null where the way leads out of it. */
function listStep({ offered }: PageState, direction: Direction): Action | null {
  if (!offered) return direction === 1 ? { type: "offer", offered: { place: 0 } } : null;
  const lesson = lessons()[offered.place];
  if (direction === -1) return { type: "offer", offered: lesson ? { ...offered, place: offered.place + 1 } : null };
  if (!lesson) return null;
  return { type: "lesson", lesson: { id: lesson.id, step: 0, prediction: null, ...(offered.isShort && { isShort: true }) } };
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
