/** What both pages of a room set on their root: the language, and the system's light or dark. */

import type { Language } from "../store/types";

const DARK = "(prefers-color-scheme: dark)";

export function followTheme(root: HTMLElement): void {
  const query = matchMedia(DARK);
  const apply = (): void => {
    root.dataset["theme"] = query.matches ? "dark" : "light";
  };
  query.addEventListener("change", apply);
  apply();
}

export function setLanguage(root: HTMLElement, language: Language, title: string): void {
  root.lang = language;
  document.title = title;
}
