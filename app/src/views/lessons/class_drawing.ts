/** A class that draws a lesson's prediction on its phones: the desk of a room gives one, the page by itself has none. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The class's guesses: each in no order of people, the middle one, the middle half. Below five people: only how many. */
export interface DrawnByClass {
  readonly n: number;
  readonly each: readonly (readonly number[])[];
  readonly median: readonly number[];
  readonly low50: readonly number[];
  readonly high50: readonly number[];
}

export interface ClassDrawing {
  /** The lesson whose prediction is on the phones now. */
  readonly asked: string | null;
  readonly answered: number;
  readonly seated: number;
  readonly canAsk: boolean;
  /** What was drawn for a lesson, once it is locked. */
  readonly drawn: (lesson: string) => DrawnByClass | null;
  readonly ask: (lesson: string, places: number) => Promise<void>;
  readonly lock: () => Promise<void>;
}

const ClassContext = createContext<ClassDrawing | null>(null);
export const ClassProvider = ClassContext.Provider;

export function useClass(): ClassDrawing | null {
  return useContext(ClassContext);
}

/** Return what a class drew for a lesson, if it can be shown and fits its places. */
export function shownOf(drawing: ClassDrawing | null, lesson: string, places: number): DrawnByClass | null {
  const drawn = drawing?.drawn(lesson) ?? null;
  return drawn?.median.length === places ? drawn : null;
}
