/** Looks for what a reader cannot read on the page as it stands: text that is cut off or lies over other text. */

import type { Page } from "@playwright/test";

/** Widths from the smallest phone to the projector, each with the height that such a screen has. */
export const SCREENS = [
  [320, 568],
  [360, 640],
  [390, 844],
  [768, 1024],
  [834, 1112],
  [1024, 768],
  [1180, 820],
  [1280, 720],
  [1366, 768],
  [1920, 1080],
] as const;

/** Return what does not fit, in words; empty if all does. */
export async function misfits(page: Page): Promise<string[]> {
  // Charts and canvases draw themselves anew a frame or two after the window's size changed.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));
  return page.evaluate(() => {
    /** In pixels: what rounding and the slant of letters may take. */
    const [EDGE, OVER] = [1.5, 3];
    /** A window that scrolls by so little scrolls for nothing. */
    const NEEDLESS = 16;

    interface Piece {
      readonly text: string;
      readonly box: DOMRect;
      readonly layer: Element;
      readonly owner: Element;
    }
    const found: string[] = [];
    const root = document.documentElement;
    const beyond = root.scrollWidth - root.clientWidth;
    if (beyond > 0) found.push(`the page is ${beyond} px wider than the window`);
    const needless = root.scrollHeight - root.clientHeight;
    const isFilled = document.querySelector(".explore, .people") !== null;
    if (isFilled && needless > 0 && needless < NEEDLESS) found.push(`the window scrolls by ${needless} px only`);

    const dialog = document.querySelector("dialog[open]");
    const scope = dialog ?? document.body;

    /** What floats over the page may cover it; text is compared with text of its own layer. */
    const layers = new Map<Element, Element>();
    function layerOf(element: Element): Element {
      const known = layers.get(element);
      if (known) return known;
      const isLayer = ["fixed", "sticky"].includes(getComputedStyle(element).position) || element === dialog;
      const layer = isLayer || !element.parentElement ? element : layerOf(element.parentElement);
      layers.set(element, layer);
      return layer;
    }

    function isShown(element: Element): boolean {
      if (element.closest(".hidden, .skip, [hidden], .frozen, noscript, option") && !element.closest("select")) return false;
      return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    }

    /** Tell whether something that holds the text cuts it off; a region that can be focused may be moved sideways. */
    function cutBy(piece: Piece): string | null {
      for (let at: Element | null = piece.owner; at && at !== root; at = at.parentElement) {
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        const isMoved = at.matches("[tabindex='0'], textarea, dialog");
        const [left, right] = [box.left - piece.box.left, piece.box.right - box.right];
        if (style.overflowX !== "visible" && !isMoved && Math.max(left, right) > EDGE) return at.className || at.tagName;
        if (["hidden", "clip"].includes(style.overflowY) && piece.box.bottom - box.bottom > EDGE) return at.className || at.tagName;
        if (isMoved && style.overflowX !== "visible") return null;
        if (style.position === "fixed") break;
      }
      const isOut = piece.box.left < -EDGE || piece.box.right > root.clientWidth + EDGE;
      return isOut ? "the window" : null;
    }

    const pieces: Piece[] = [];
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const owner = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (!owner || !text || !isShown(owner) || owner.closest("select, script, style, textarea")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) pieces.push({ text: text.slice(0, 40), box, layer: layerOf(owner), owner });
      }
    }
    for (const piece of pieces) {
      const cut = cutBy(piece);
      if (cut !== null) found.push(`"${piece.text}" is cut off by ${cut}`);
    }

    // A button's word stands on one line; what is long elsewhere may break.
    for (const button of scope.querySelectorAll("button, .bar h1, summary")) {
      if (!isShown(button)) continue;
      const words = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
      for (let node = words.nextNode(); node; node = words.nextNode()) {
        for (const word of (node.textContent ?? "").matchAll(/[\p{Script=Latin}\p{Nd}]{2,}/gu)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(`"${word[0]}" breaks inside the word`);
        }
      }
    }

    // What scrolls out of a box is not seen there, so it covers nothing.
    function seen(piece: Piece): DOMRect | null {
      let { left, top, right, bottom } = piece.box;
      for (let at: Element | null = piece.owner; at && at !== root; at = at.parentElement) {
        if (getComputedStyle(at).overflowY === "visible") continue;
        const box = at.getBoundingClientRect();
        [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      return right - left > 1 && bottom - top > 1 ? new DOMRect(left, top, right - left, bottom - top) : null;
    }
    const shown = pieces.flatMap((piece) => {
      const box = seen(piece);
      return box ? [{ ...piece, box }] : [];
    });
    const controls = [...scope.querySelectorAll("button, select, input:not([type=range])")].flatMap((control): Piece[] => {
      if (!isShown(control) || control.matches(".draw-handle, .blackout, .lesson-card")) return [];
      const box = seen({ text: "", box: control.getBoundingClientRect(), layer: root, owner: control.parentElement ?? root });
      const name = control.textContent?.trim() || control.getAttribute("aria-label") || control.tagName;
      return box ? [{ text: `[${name.slice(0, 30)}]`, box, layer: layerOf(control), owner: control }] : [];
    });
    function lieOver(a: DOMRect, b: DOMRect): boolean {
      const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      // Lines of text stand closer than their boxes: a line's box may reach a little into the next.
      return wide > OVER && high > Math.max(OVER, 0.34 * Math.min(a.height, b.height));
    }
    const all = [...shown, ...controls].sort((a, b) => a.box.top - b.box.top);
    all.forEach((one, place) => {
      for (const other of all.slice(place + 1)) {
        if (other.box.top >= one.box.bottom) break;
        if (one.layer !== other.layer || one.owner === other.owner || !lieOver(one.box, other.box)) continue;
        if (one.owner.contains(other.owner) || other.owner.contains(one.owner)) continue;
        found.push(`"${one.text}" and "${other.text}" lie over each other`);
      }
    });

    // A select cuts its text by itself: what is chosen has to fit.
    for (const select of scope.querySelectorAll("select")) {
      if (!isShown(select)) continue;
      const style = getComputedStyle(select);
      const context = document.createElement("canvas").getContext("2d");
      const chosen = select.selectedOptions[0]?.textContent?.trim() ?? "";
      if (!context) continue;
      context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const room = select.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      if (context.measureText(chosen).width > room + EDGE) found.push(`"${chosen}" is cut off by its own select`);
    }

    // What one is to do next is seen without a search.
    for (const action of scope.querySelectorAll("main .primary, dialog[open] .primary")) {
      if (!isShown(action)) continue;
      const box = action.getBoundingClientRect();
      const isIn = box.top >= -EDGE && box.bottom <= innerHeight + EDGE && box.left >= -EDGE && box.right <= innerWidth + EDGE;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const top = isIn ? document.elementFromPoint(x, y) : null;
      if (!isIn || !(top && (action.contains(top) || top.contains(action)))) found.push(`the action "${action.textContent}" is out of sight`);
    }
    return [...new Set(found)];
  });
}
