/** How somebody reads: larger type, wider spacing. It is the reader's own: no link holds it, the browser keeps it. */

import type { Reading } from "../store/types";
import type { Store } from "../store/store";
import { PLAIN_READING } from "../store/defaults";

const NAME = "officials-reading";

/** The part of `Storage` that is needed; looking for one may throw, as in a page from a file or with storage blocked. */
type Keep = Pick<Storage, "getItem" | "setItem">;
type FindsKeep = () => Keep;

const ofBrowser: FindsKeep = () => localStorage;

/** Return what was kept, or plain reading where nothing was or where it cannot be read. */
export function keptReading(find: FindsKeep = ofBrowser): Reading {
  try {
    const kept: unknown = JSON.parse(find().getItem(NAME) ?? "null");
    if (typeof kept !== "object" || kept === null) return PLAIN_READING;
    return { isLarge: "isLarge" in kept && kept.isLarge === true, isSpaced: "isSpaced" in kept && kept.isSpaced === true };
  } catch {
    return PLAIN_READING;
  }
}

/** Keep every change; without storage it lasts as long as the page is open. Returns how to stop. */
export function keepReading(store: Store, find: FindsKeep = ofBrowser): () => void {
  let kept = store.session().reading;
  return store.subscribe(() => {
    const { reading } = store.session();
    if (reading === kept) return;
    kept = reading;
    try {
      find().setItem(NAME, JSON.stringify(reading));
    } catch {
      // The session holds it.
    }
  });
}
