/** Every view, and every step of a lesson, begins at its top. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { useSession } from "../store/context";

/** Scroll to the top where one comes to another place; going back, the browser finds the place itself. */
export function useTopOfPlace(): void {
  const place = useSession(({ state: { view, lesson } }) => `${view} ${view === "lessons" && lesson ? `${lesson.id} ${lesson.step}` : ""}`);
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (!isFirst.current) scrollTo(0, 0);
    isFirst.current = false;
  }, [place]);
}
