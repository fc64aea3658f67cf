/** Every button of every view is pressed: each does something that is seen, and nothing breaks. */

import type { Page } from "@playwright/test";
import { expect, test } from "./page";
import { PLACES } from "./places";

/** As long as something may take to be seen after a button was pressed. */
const SEEN_WITHIN_MS = 10_000;
/** The levers are the same beside every view: they are pressed in one. */
const WITH_LEVERS = "explore";
const CONTROLS = "button, summary, [role=tab], a[href]";

/** Counts what is seen outside the page: printing, the clipboard, files, other windows. */
async function watched(page: Page): Promise<() => Promise<number>> {
  let outside = 0;
  page.on("download", () => (outside += 1));
  page.context().on("page", (other) => {
    outside += 1;
    void other.close();
  });
  await page.exposeFunction("tellOutside", () => void (outside += 1));
  await page.addInitScript(() => {
    const tell = (window as unknown as { tellOutside: () => void }).tellOutside;
    window.print = tell;
    const clipboard = { writeText: async () => tell(), write: async () => tell() };
    Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
  });
  return async () => outside;
}

/** Return how everything looks that a button can change: what is drawn, chosen, open, scrolled to, typed, and the address. */
function look(page: Page): Promise<string> {
  return page.evaluate(() => {
    const typed = [...document.querySelectorAll("input, select")].map((field) => (field as HTMLInputElement).value);
    const canvases = [...document.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL().length);
    const scrolled = [...document.querySelectorAll("*")].map((one) => one.scrollTop).filter((top) => top > 0);
    return [location.href, document.documentElement.outerHTML, typed, canvases, scrolled, scrollY, document.activeElement?.className].join("\n");
  });
}

/** Names all controls that can be pressed now, in order; one that has the name of an earlier one gets a number. */
function named(page: Page, areLeversIn: boolean): Promise<string[]> {
  return page.locator(CONTROLS).evaluateAll((controls, withLevers) => {
    const seen = new Map<string, number>();
    return controls.map((control) => {
      const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
      const isInFront = !dialog || dialog.contains(control);
      const isThere = isInFront && control.checkVisibility({ visibilityProperty: true }) && !control.matches(":disabled, [aria-disabled=true]");
      const said = control.getAttribute("aria-label") ?? control.textContent ?? "";
      const name = `${control.tagName.toLowerCase()} ${said.replace(/[\d.,%−–+]+/g, "#").replace(/\s+/g, " ").trim()}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return isThere && (withLevers || !control.closest(".side")) ? `${name} ${seen.get(name)}` : "";
    });
  }, areLeversIn);
}

/** A control pressed that says by its state that nothing is to change: what is chosen already, or an address elsewhere. */
function isAtRest(page: Page, place: number): Promise<boolean> {
  return page
    .locator(CONTROLS)
    .nth(place)
    .evaluate((control) => control.matches("[aria-pressed=true], [aria-current], [aria-selected=true], [href^=http], .skip"));
}

for (const [name, { link, shown }] of Object.entries(PLACES)) {
  test(`that every button does something: ${name}`, async ({ open, page }) => {
    test.slow();
    const outside = await watched(page);
    const opened = async (): Promise<void> => {
      await page.goto("about:blank");
      await open(`v=2&n=1&${link}`.replace(/&$/, ""));
      await expect(page.locator(shown).first()).toBeVisible();
    };
    await opened();
    const first = page.url();
    const pressed = new Set<string>();
    const idle: string[] = [];
    for (;;) {
      const names = await named(page, name === WITH_LEVERS);
      const place = names.findIndex((one) => one !== "" && !pressed.has(one));
      if (place < 0) break;
      const control = names[place] ?? "";
      pressed.add(control);
      if (await isAtRest(page, place)) continue;
      const [before, outsideBefore] = [await look(page), await outside()];
      await page.locator(CONTROLS).nth(place).click({ timeout: SEEN_WITHIN_MS });
      const isSeen = async (): Promise<boolean> => (await outside()) > outsideBefore || (await look(page)) !== before;
      await expect.poll(isSeen, { timeout: SEEN_WITHIN_MS }).toBe(true).catch(() => idle.push(control));
      await expect(page.locator("#page > *").first()).toBeAttached();
      // What it opened has controls of its own; where it led elsewhere, those are pressed in their own place.
      // Presented, one button may lie over all others: the black screen.
      if (page.url() !== first || link.startsWith("present=1")) await opened();
    }
    expect(idle, "pressed, and nothing was seen").toEqual([]);
    expect(pressed.size).toBeGreaterThan(3);
  });
}
