/** How components read the store and act on it. */

import { createContext } from "preact";
import { useContext, useLayoutEffect, useState } from "preact/hooks";
import { policyBetween } from "./policy";
import type { Store } from "./store";
import type { Action, Policy, Session } from "./types";

const StoreContext = createContext<Store | null>(null);
export const StoreProvider = StoreContext.Provider;

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error("no store above this component");
  return store;
}

/** Return a part of the session; the component is drawn again when that part is another. */
export function useSession<Part>(partOf: (session: Session) => Part): Part {
  const store = useStore();
  const part = partOf(store.session());
  const [, redraw] = useState(0);
  // Before anyone can act on what is drawn: what is acted on is then never older than the session.
  useLayoutEffect(() => {
    let shown = partOf(store.session());
    if (!Object.is(shown, part)) redraw((n) => n + 1);
    return store.subscribe(() => {
      const now = partOf(store.session());
      if (Object.is(now, shown)) return;
      shown = now;
      redraw((n) => n + 1);
    });
  }, [store]);
  return part;
}

export function useDispatch(): (action: Action) => void {
  return useStore().dispatch;
}

/** Return the policy to show: the one chosen, or, while the last change is shown again, one on the way to it. */
export function shownPolicy(session: Session): Policy {
  const { replay, state } = session;
  return replay ? policyBetween(replay.from, replay.to, replay.progress) : state.policy;
}
