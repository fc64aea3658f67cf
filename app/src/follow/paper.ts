/** Canvases on paper: what is drawn there does not follow the style sheets, so it is drawn anew in their colours. */

const root = (): HTMLElement => document.documentElement;

/** Do something while the page is light, as paper is. Nothing is shown in between. */
function whileLight(act: () => void): void {
  const before = root().dataset["theme"];
  root().dataset["theme"] = "light";
  try {
    act();
  } finally {
    if (before === undefined) delete root().dataset["theme"];
    else root().dataset["theme"] = before;
  }
}

export function isOnPaper(): boolean {
  return matchMedia("print").matches;
}

/** Draw for paper just before the page is printed, and for the screen afterwards. Returns how to stop. */
export function drawsForPaper(forPaper: () => void, forScreen: () => void): () => void {
  const paper = matchMedia("print");
  const begin = (): void => whileLight(forPaper);
  const follow = ({ matches }: { readonly matches: boolean }): void => (matches ? begin() : forScreen());
  // Browsers tell of it in one way or the other, some in both.
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", forScreen);
  paper.addEventListener("change", follow);
  if (isOnPaper()) begin();
  return () => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", forScreen);
    paper.removeEventListener("change", follow);
  };
}
