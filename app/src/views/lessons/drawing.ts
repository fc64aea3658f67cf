/** Drawing a prediction: values by place, missing until they are drawn. */

import type { Classwork, LessonState } from "../../store/types";

/** Return the values after a stroke from one point to another; places in between are filled along the line. */
export function afterStroke(
  values: readonly number[],
  from: { readonly place: number; readonly value: number } | null,
  to: { readonly place: number; readonly value: number },
): number[] {
  const next = [...values];
  const start = from ?? to;
  const step = Math.sign(to.place - start.place);
  for (let place = start.place; place !== to.place; place += step) {
    const share = (place - start.place) / (to.place - start.place);
    if (place !== start.place) next[place] = start.value + (to.value - start.value) * share;
  }
  next[to.place] = to.value;
  return next;
}

/** Return how far a key moves a value: a share of the axis, or null if it is no key of a handle. */
export function stepOfKey(key: string): number | null {
  switch (key) {
    case "ArrowUp":
      return 0.02;
    case "ArrowDown":
      return -0.02;
    case "PageUp":
      return 0.1;
    case "PageDown":
      return -0.1;
    default:
      return null;
  }
}

export function isWhole(values: readonly number[]): boolean {
  return values.length > 0 && values.every(Number.isFinite);
}

/** Return as many missing values as there are places. */
export function nothingDrawn(places: number): number[] {
  return Array.from({ length: places }, () => Number.NaN);
}

/** Return the drawing under way: what the class drew, or else what it locked. */
export function drawingOf(at: LessonState, work: Classwork | undefined, places: number): readonly number[] {
  if (work?.drawn.length === places) return work.drawn;
  return at.prediction ?? nothingDrawn(places);
}
