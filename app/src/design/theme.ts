/** The theme on the page's root, chosen or the system's; and how large and how wide its type is set. */

import { useLayoutEffect } from "preact/hooks";
import { useSession } from "../store/context";
import type { Theme } from "../store/types";

const DARK = "(prefers-color-scheme: dark)";

function isDark(theme: Theme): boolean {
  return theme === "dark" || (theme === "system" && matchMedia(DARK).matches);
}

/** Set theme, presenter view and the reader's own type on the root, and follow the system's theme where none was chosen. */
export function useThemeOnRoot(): void {
  const theme = useSession((session) => session.state.theme);
  const presenter = useSession((session) => session.state.presenter);
  const reading = useSession((session) => session.reading);
  const view = useSession((session) => session.state.view);
  // With the picture, not one later: no flash of another theme, no type that grows afterwards.
  useLayoutEffect(() => {
    const root = document.documentElement;
    const apply = (): void => {
      root.dataset["theme"] = isDark(theme) ? "dark" : "light";
    };
    root.dataset["presenter"] = String(presenter);
    root.dataset["view"] = view;
    // What a class sees has a size and a layout of its own.
    root.dataset["large"] = String(reading.isLarge && !presenter);
    root.dataset["spaced"] = String(reading.isSpaced && !presenter);
    apply();
    const query = matchMedia(DARK);
    query.addEventListener("change", apply);
    return () => query.removeEventListener("change", apply);
  }, [theme, presenter, view, reading]);
}
