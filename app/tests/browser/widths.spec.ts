/** All views on all screens in both languages: nothing is cut off, nothing lies over anything, what to do next is in sight. */

import type { Page } from "@playwright/test";
import { misfits, SCREENS } from "./fit";
import { expect, test } from "./page";
import { PLACES } from "./places";
import { choose, LANGUAGES } from "./typed";

/** Screens on which type set larger and wider is looked at too: the narrowest, a phone, and where the bar changes. */
const SCREENS_OF_LARGE = SCREENS.filter(([width]) => [320, 390, 1024, 1366].includes(width));

/** With such type a view need not just fill the window, and on the smallest phone what to do next may be a scroll away. */
const asLarge = (place: string, misfit: string): boolean =>
  !misfit.startsWith("the window scrolls") && !(place.startsWith("320 ") && misfit.endsWith("is out of sight"));

async function found(page: Page, screens: readonly (typeof SCREENS)[number][]): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const [width, height] of screens) {
    await page.setViewportSize({ width, height });
    const here = await misfits(page);
    if (here.length > 0) all[`${width} x ${height}`] = here;
  }
  return all;
}

for (const [name, { link, shown }] of Object.entries(PLACES)) {
  for (const language of ["en", "zh-CN"] as const) {
    test(`that ${name} fits on every screen, ${language}`, async ({ open, page }) => {
      test.slow();
      await open(`v=2&n=1&l=${language}&${link}`.replace(/&$/, ""));
      await expect(page.locator(shown).first()).toBeVisible();
      expect(await found(page, SCREENS)).toEqual({});
      // A class has a size of type of its own.
      if (link.startsWith("present=1")) return;
      await page.setViewportSize({ width: 1366, height: 768 });
      await choose(page, LANGUAGES[language]);
      await page.getByRole("dialog").getByRole("button", { name: LANGUAGES[language].close }).click();
      const large = Object.entries(await found(page, SCREENS_OF_LARGE)).flatMap(([place, here]) =>
        here.filter((misfit) => asLarge(place, misfit)).map((misfit) => `${place}: ${misfit}`),
      );
      expect(large, "larger and wider type").toEqual([]);
    });
  }
}

test("that on a low phone the bar leaves its place to what one scrolls to", async ({ open, page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await open("v=2&n=1&w=map");
  await expect(page.locator(".map-reading")).toBeVisible();
  await expect(page.locator(".bar")).toBeInViewport();
  await page.locator("[data-chart=map]").evaluate((map) => map.scrollIntoView({ block: "start" }));
  await expect(page.locator(".bar")).not.toBeInViewport();
});

for (const [width, height] of SCREENS.filter(([wide]) => wide <= 860)) {
  test(`that a chart is in sight while its levers are open, ${width} x ${height}`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    await open("v=2&n=1&s=crackdown");
    await expect(page.locator(".explore [data-chart]").first()).toBeVisible();
    await page.locator(".side-toggle").click();
    const levers = await page.locator(".side").boundingBox();
    const chart = await page.locator("[data-chart=innovation_rate]").boundingBox();
    const [bottom, top] = [Math.min(levers?.y ?? 0, height), Math.max(chart?.y ?? 0, 0)];
    expect(Math.min(bottom, (chart?.y ?? 0) + (chart?.height ?? 0)) - top).toBeGreaterThan(100);
    expect(await page.locator('[data-lever="accountability.severity"]').first().isVisible()).toBe(true);
  });
}
