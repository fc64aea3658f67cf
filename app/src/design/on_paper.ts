/** What is closed on the screen and belongs on paper is opened while the page is printed. */

import { useLayoutEffect } from "preact/hooks";

const CLOSED = "details[data-paper='open']:not([open])";

export function useOpenOnPaper(): void {
  useLayoutEffect(() => {
    const paper = matchMedia("print");
    const opened = new Set<HTMLDetailsElement>();
    const begin = (): void => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>(CLOSED)) {
        details.open = true;
        opened.add(details);
      }
    };
    const end = (): void => {
      for (const details of opened) details.open = false;
      opened.clear();
    };
    const follow = ({ matches }: { readonly matches: boolean }): void => (matches ? begin() : end());
    // Browsers tell of it in one way or the other, some in both.
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    paper.addEventListener("change", follow);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
      paper.removeEventListener("change", follow);
    };
  }, []);
}
