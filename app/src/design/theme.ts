/** The theme on the page's root: chosen, or the system's. */

import { useEffect } from "preact/hooks";
import { useSession } from "../store/context";
import type { Theme } from "../store/types";

const DARK = "(prefers-color-scheme: dark)";

function isDark(theme: Theme): boolean {
  return theme === "dark" || (theme === "system" && matchMedia(DARK).matches);
}

/** Set theme and presenter view on the root, and follow the system's theme where none was chosen. */
export function useThemeOnRoot(): void {
  const theme = useSession((session) => session.state.theme);
  const presenter = useSession((session) => session.state.presenter);
  const view = useSession((session) => session.state.view);
  useEffect(() => {
    const root = document.documentElement;
    const apply = (): void => {
      root.dataset["theme"] = isDark(theme) ? "dark" : "light";
    };
    root.dataset["presenter"] = String(presenter);
    root.dataset["view"] = view;
    apply();
    const query = matchMedia(DARK);
    query.addEventListener("change", apply);
    return () => query.removeEventListener("change", apply);
  }, [theme, presenter, view]);
}
