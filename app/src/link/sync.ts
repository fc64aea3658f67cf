/** Keeps the address's "#" and the store in step, both ways; works where history or storage are blocked. */

import type { LessonBounds } from "../model/lesson_bounds";
import type { Store } from "../store/store";
import type { Language, PageState } from "../store/types";
import { linkOf, opened } from "./codec";

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const PAUSE_MS = 350;

export function languageOfReader(languages: readonly string[]): Language {
  return languages[0]?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Where one is: what Back and Forward walk over. */
interface Visited {
  readonly view: PageState["view"];
  readonly lesson: PageState["lesson"];
}

function visitedIn({ view, lesson }: PageState): Visited {
  return { view, lesson };
}

/** A view, or a step of a lesson, is a place of its own; what is set there is not. */
function placeOf({ view, lesson }: PageState): string {
  return view === "lessons" && lesson ? `${view} ${lesson.id} ${lesson.step}` : view;
}

function isVisited(state: unknown): state is { readonly visited: Visited } {
  return typeof state === "object" && state !== null && "visited" in state;
}

function remember(visited: Visited, address: string, how: "pushState" | "replaceState" = "replaceState"): void {
  try {
    history[how]({ visited }, "", address);
  } catch {
    // The page works without it; the link is still there to be copied.
  }
}

/**
 * Write every state to the address a moment after it changed, and open what the reader puts there. Another view is a
 * step of the browser's history: Back leads to where one was and leaves the policy alone, which has its own undo.
 */
export function followAddress(store: Store, lessons: readonly LessonBounds[]): () => void {
  let written = linkOf(store.session().state);
  let place = placeOf(store.session().state);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (how: "pushState" | "replaceState"): void => {
    clearTimeout(timer);
    const { state } = store.session();
    written = linkOf(state);
    place = placeOf(state);
    remember(visitedIn(state), `#${written}`, how);
  };
  let isReturning = false;
  const stop = store.subscribe(() => {
    if (isReturning) return;
    const { state } = store.session();
    if (placeOf(state) !== place) return write("pushState");
    clearTimeout(timer);
    timer = setTimeout(() => linkOf(store.session().state) !== written && write("replaceState"), PAUSE_MS);
  });
  const open = (): void => {
    const link = location.hash.replace(/^#/, "");
    if (link === written || isVisited(history.state)) return;
    const { state, notices } = opened(link, store.session().state.language, lessons);
    place = placeOf(state);
    store.dispatch({ type: "open", state: { ...state, theme: store.session().state.theme }, notices });
  };
  const goBack = ({ state }: PopStateEvent): void => {
    if (!isVisited(state)) return;
    const { view, lesson } = state.visited;
    isReturning = true;
    store.dispatch({ type: "lesson", lesson });
    store.dispatch({ type: "go", view });
    isReturning = false;
    write("replaceState");
  };
  // The place where one begins can be come back to.
  remember(visitedIn(store.session().state), location.href);
  addEventListener("hashchange", open);
  addEventListener("popstate", goBack);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener("hashchange", open);
    removeEventListener("popstate", goBack);
  };
}
