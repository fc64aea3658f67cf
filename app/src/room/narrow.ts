/** Whether the window is as narrow as a phone, so that a drawing needs larger letters. */

import { useEffect, useState } from "preact/hooks";

const NARROW = "(max-width: 700px)";

export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const change = (): void => setNarrow(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return isNarrow;
}
