/** The reader's own type, and fewer runs where the machine is slow. */

import type { Page } from "@playwright/test";
import { misfits } from "./fit";
import { address, expect, runsShown, test } from "./page";
import { choose, LANGUAGES } from "./typed";

const SCREENS = [
  [390, 844],
  [1366, 768],
] as const;
const VIEWS = ["explore", "people", "map", "lessons", "report"];

const typeOf = (page: Page) =>
  page.evaluate(() => {
    const { fontSize, letterSpacing, lineHeight, wordSpacing } = getComputedStyle(document.body);
    return [fontSize, letterSpacing, wordSpacing, lineHeight].map((length) => Number.parseFloat(length) || 0);
  });

for (const [language, words] of Object.entries(LANGUAGES)) {
  for (const [width, height] of SCREENS) {
    test(`that larger and wider type fits, ${language}, ${width} x ${height}`, async ({ open, page }) => {
      test.slow();
      await page.setViewportSize({ width, height });
      await open(`v=2&n=1&l=${language}`);
      await runsShown(page);
      await choose(page, words);
      const found: Record<string, string[]> = { settings: await misfits(page) };
      await page.getByRole("dialog").getByRole("button", { name: words.close }).click();
      for (const view of VIEWS) {
        await page.goto(address(`v=2&n=1&l=${language}&w=${view}`));
        await expect(page.locator("main h2").first()).toBeAttached();
        await expect(page.locator("main .waiting")).toHaveCount(0);
        found[view] = await misfits(page);
      }
      expect(Object.fromEntries(Object.entries(found).filter(([, here]) => here.length > 0))).toEqual({});
    });

    test(`that fewer runs are told, and all are drawn when asked for, ${language}, ${width} x ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.goto(address(`v=2&n=1&l=${language}`, "fewer"));
      await expect(page.locator(".explore[data-runs='60']")).toBeVisible();
      await expect(page.locator(".run-count")).toContainText("60");
      expect(await misfits(page)).toEqual([]);
      await page.getByRole("button", { name: words.all }).click();
      await expect(page.locator(".explore[data-runs='200']")).toBeVisible();
      await expect(page.locator(".run-count")).toContainText("200");
      await expect(page.locator(".fewer-runs")).toHaveCount(0);
    });
  }
}

test("that the type chosen is there after a reload, in no link, and not in the presenter view", async ({ open, page }) => {
  await open("v=2&n=1");
  await runsShown(page);
  const plain = await typeOf(page);
  const link = page.url();
  await choose(page, LANGUAGES.en);
  const chosen = await typeOf(page);
  chosen.forEach((length, place) => expect(length).toBeGreaterThan(plain[place] ?? Number.NaN));
  expect(page.url()).toBe(link);
  await page.reload();
  await runsShown(page);
  expect(await typeOf(page)).toEqual(chosen);
  await page.getByRole("button", { name: "Presenter view" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-large", "false");
  expect((await typeOf(page))[1]).toBe(0);
});

test("that the type is set with the click, not a picture later, and the theme with the first picture", async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.addInitScript(() => {
    // A page is drawn into an empty root: by the end of that step its theme has to stand.
    new MutationObserver((_, observer) => {
      if (!document.querySelector("#page > *")) return;
      observer.disconnect();
      document.documentElement.dataset["themeAtFirst"] = String(document.documentElement.dataset["theme"]);
    }).observe(document, { childList: true, subtree: true });
  });
  await open("v=2&n=1");
  await runsShown(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme-at-first", "dark");
  await page.getByRole("button", { name: LANGUAGES.en.title }).click();
  for (const [setting, name] of [["large", LANGUAGES.en.large], ["spaced", LANGUAGES.en.spaced]] as const) {
    const set = await page.getByLabel(name).evaluate(async (box, of) => {
      (box as HTMLInputElement).click();
      await Promise.resolve().then(() => undefined);
      return document.documentElement.dataset[of];
    }, setting);
    expect(set, name).toBe("true");
  }
});

test("that the type can be chosen where storage is blocked", async ({ open, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });
  await open("v=2&n=1");
  await runsShown(page);
  const [plain = 0] = await typeOf(page);
  await choose(page, LANGUAGES.en);
  expect((await typeOf(page))[0]).toBeGreaterThan(plain);
});

/** A machine as fast or slow as one likes, however fast it is: its clock runs so many times as fast. */
for (const [clock, pace, runs] of [["a thousand times as fast", 1000, 60], ["that stands still", 0, 200]] as const) {
  test(`that the page measures its own runs: with a clock ${clock} it draws ${runs}`, async ({ page }) => {
    await page.addInitScript((factor) => {
      const now = performance.now.bind(performance);
      performance.now = () => factor * now();
    }, pace);
    await page.goto(address("v=2&n=1").replace("?runs=all", ""));
    await expect(page.locator(`.explore[data-runs='${runs}']`)).toBeVisible();
    // What is measured once holds: no more come, and no less is said than is drawn.
    await expect(page.locator(".run-count")).toContainText(String(runs));
    await expect(page.locator(".fewer-runs")).toHaveCount(runs < 200 ? 1 : 0);
  });
}
