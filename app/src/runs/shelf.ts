/** The bundles used last, a few of them. */

import type { Bundle } from "./bundle";

export interface Shelf {
  readonly get: (key: string) => Bundle | null;
  readonly put: (bundle: Bundle) => void;
}

export function newShelf(places: number): Shelf {
  const bundles = new Map<string, Bundle>();
  const put = (bundle: Bundle): void => {
    bundles.delete(bundle.key);
    bundles.set(bundle.key, bundle);
    for (const oldest of [...bundles.keys()].slice(0, Math.max(0, bundles.size - places))) bundles.delete(oldest);
  };
  return {
    get(key) {
      const found = bundles.get(key) ?? null;
      if (found) put(found);
      return found;
    },
    put,
  };
}
