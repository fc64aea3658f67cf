/** The design's tokens for what is drawn on a canvas, read anew when the theme is another. */

import { useEffect, useState } from "preact/hooks";
import { useSession } from "../store/context";

/** Return how to read the design's tokens as they are now. */
export function tokensOf(): (token: string) => string {
  const style = getComputedStyle(document.documentElement);
  const found = new Map<string, string>();
  return (token) => {
    const value = found.get(token) ?? style.getPropertyValue(token).trim();
    found.set(token, value);
    return value;
  };
}

/** Return the theme on the page's root, the chosen one or the system's. */
export function useThemeShown(): string {
  const chosen = useSession((session) => session.state.theme);
  const [shown, setShown] = useState(document.documentElement.dataset["theme"] ?? "");
  useEffect(() => {
    const read = (): void => setShown(document.documentElement.dataset["theme"] ?? "");
    const watch = new MutationObserver(read);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    read();
    return () => watch.disconnect();
  }, [chosen]);
  return shown;
}
