/** Keeps the address's "#" and the store in step, both ways; works where history or storage are blocked. */

import type { LessonBounds } from "../model/lesson_bounds";
import type { Store } from "../store/store";
import type { Language } from "../store/types";
import { linkOf, opened } from "./codec";

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const PAUSE_MS = 350;

export function languageOfReader(languages: readonly string[]): Language {
  return languages[0]?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Write every state to the address a moment after it changed, and open what the reader puts there. */
export function followAddress(store: Store, lessons: readonly LessonBounds[]): () => void {
  let written = linkOf(store.session().state);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const link = linkOf(store.session().state);
    if (link === written) return;
    written = link;
    try {
      history.replaceState(null, "", `#${link}`);
    } catch {
      // The page works without it; the link is still there to be copied.
    }
  };
  const stop = store.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE_MS);
  });
  const open = (): void => {
    const link = location.hash.replace(/^#/, "");
    if (link === written) return;
    const { state, notices } = opened(link, store.session().state.language, lessons);
    store.dispatch({ type: "open", state: { ...state, theme: store.session().state.theme }, notices });
  };
  addEventListener("hashchange", open);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener("hashchange", open);
  };
}
