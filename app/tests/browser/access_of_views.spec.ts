import { serious } from "./axe";
import { expect, test } from "./page";

/** Every view with something open in it, and what to wait for. */
const PLACES = {
  people: ["w=people&month=37&official=18", ".official .reasons"],
  compare: ["w=compare&s=crackdown&pin=baseline&month=31&official=4", ".twins .reasons >> nth=1"],
  "compare, nothing pinned": ["w=compare", ".compare-start"],
  lessons: ["w=lessons", ".lesson-card"],
  "a lesson, predicting": ["w=lessons&lesson=campaign_and_fear.0", ".draw-handle"],
  "a lesson, revealed": ["w=lessons&lesson=one_size_fits_all.2&shown=7", ".lesson-claims li"],
  "a lesson, discussed": ["w=lessons&lesson=do_more_err_more.3", ".lesson-cannot"],
} as const;

for (const [name, [link, shown]] of Object.entries(PLACES)) {
  for (const [language, scheme] of [["en", "light"], ["en", "dark"], ["zh-CN", "light"], ["zh-CN", "dark"]] as const) {
    test(`that axe finds nothing serious in ${name}, ${language}, ${scheme}`, async ({ open, page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await open(`v=2&n=1&l=${language}&${link}`);
      await expect(page.locator(shown).first()).toBeVisible();
      expect(await serious(page)).toEqual([]);
    });
  }

  test(`that ${name} has nothing beyond the right rim at any size`, async ({ open, page }) => {
    test.slow(); // Every size and language works out what is shown anew.
    for (const [width, height] of [[390, 844], [683, 384], [1366, 768], [1920, 1080]] as const) {
      await page.setViewportSize({ width, height });
      for (const language of ["en", "zh-CN"]) {
        await page.goto("about:blank");
        await open(`v=2&n=1&l=${language}&${link}`);
        await expect(page.locator(shown).first()).toBeVisible();
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([width, language, Math.max(0, beyond)]).toEqual([width, language, 0]);
      }
    }
  });
}
