/** The one store of the page: holds the session, takes actions, tells those who listen. */

import { reduced } from "./reducer";
import type { Action, Session } from "./types";

export interface Store {
  readonly session: () => Session;
  readonly dispatch: (action: Action) => void;
  /** Call the listener after every change; returns how to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function newStore(start: Session): Store {
  let session = start;
  const listeners = new Set<() => void>();
  return {
    session: () => session,
    dispatch(action) {
      const next = reduced(session, action);
      if (next === session) return;
      session = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
