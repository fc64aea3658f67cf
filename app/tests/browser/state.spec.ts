/** What undo, the browser's Back and the pointer over a control leave as one expects. */

import { expect, runsShown, test } from "./page";

const SEVERITY = '[data-lever="accountability.severity"] input[type=range]';

test("that Ctrl and Z take back a lever, a swap and a pin, and Ctrl, Shift and Z bring them again", async ({ open }) => {
  const page = await open("v=2&n=1&s=crackdown");
  await runsShown(page);
  const own = await page.locator(SEVERITY).inputValue();
  await page.getByRole("button", { name: "Pin this policy" }).click();
  await page.locator(SEVERITY).focus();
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: "Swap" }).click();
  await expect(page.locator(SEVERITY)).toHaveValue(own);
  await page.keyboard.press("Control+z");
  await expect(page.locator(SEVERITY)).toHaveValue("0");
  await expect(page.locator(".pinned")).toContainText("Pinned: Crackdown");
  await expect(page.locator(".pinned")).not.toContainText("changed");
  await page.keyboard.press("Control+z");
  await expect(page.locator(SEVERITY)).toHaveValue(own);
  await page.keyboard.press("Control+z");
  await expect(page.locator(".pinned")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await page.keyboard.press("Control+y");
  await expect(page.locator(SEVERITY)).toHaveValue("0");
});

test("that a number that is being typed has its own undo", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  await page.locator(SEVERITY).focus();
  await page.keyboard.press("Home");
  await page.locator("#seed").focus();
  await page.keyboard.press("Control+z");
  await expect(page.locator(SEVERITY)).toHaveValue("0");
});

test("that Back leads to the view before and leaves the policy alone", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  await page.getByRole("button", { name: "Map", exact: true }).click();
  await page.locator("#start-from").selectOption("crackdown");
  await page.getByRole("button", { name: "Lessons", exact: true }).click();
  await page.locator("[data-lesson=do_more_err_more]").click();
  await expect(page.locator(".lesson")).toBeVisible();
  await page.goBack();
  await expect(page.locator(".lesson-card").first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Map", exact: true })).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(page.locator(".explore")).toBeVisible();
  await expect(page.locator("#start-from")).toHaveValue("crackdown");
  await page.goForward();
  await expect(page.getByRole("button", { name: "Map", exact: true })).toHaveAttribute("aria-current", "page");
  await expect.poll(() => page.url()).toContain("w=map&s=crackdown");
});

test("that the map says of how many runs it is, and does not pass off the policy before", async ({ open }) => {
  const page = await open("v=2&n=1&w=map");
  const map = page.locator(".map");
  await expect(page.locator(".map-reading")).toBeVisible();
  const [runs, said] = await map.evaluate((element) => [element.dataset["runs"], element.querySelector(".map-note")?.textContent]);
  expect(said).toContain(`in ${runs} of 10 runs`);
  await page.locator('[data-lever="exemption.disclosure"] input[type=range]').focus();
  await page.keyboard.press("Home");
  await expect(map).toHaveAttribute("data-before", "true");
  await expect(page.locator(".map-count")).toContainText("Still the map of the policy before");
  await expect(map).toHaveAttribute("data-before", "false", { timeout: 60_000 });
});

for (const scheme of ["light", "dark"] as const) {
  test(`that every button can be read under the pointer, ${scheme}`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await open("v=2&n=1&w=people&month=40&official=3");
    await expect(page.locator(".official .reasons")).toBeVisible();
    for (const button of await page.locator("button:visible:enabled").all()) {
      if (!(await button.evaluate((element) => element.checkVisibility() && element.closest(".skip") === null))) continue;
      await button.hover();
      const { ratio, name } = await button.evaluate((element) => {
        const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
        /** Paint the colours one over the other and return the light of what is seen. */
        const lightOf = (...colours: string[]): number => {
          if (!context) return 0;
          for (const colour of colours) {
            context.fillStyle = colour;
            context.fillRect(0, 0, 1, 1);
          }
          const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((part) => {
            const value = part / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const grounds: string[] = [];
        for (let at: Element | null = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
        const [ground, ink] = [lightOf(...grounds), lightOf(...grounds, getComputedStyle(element).color)];
        return { ratio: (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05), name: element.getAttribute("aria-label") ?? element.textContent };
      });
      expect(ratio, name ?? "").toBeGreaterThan(4.5);
    }
  });
}

test("that the speed of the player has a name on a phone too", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open("v=2&n=1&w=people");
  await expect(page.getByRole("combobox", { name: "Speed" })).toBeVisible();
});

const HEADED = {
  explore: ["", ".explore [data-chart]"],
  people: ["&w=people&official=3", ".official h4"],
  compare: ["&w=compare&s=crackdown&pin=baseline&official=3", ".twins .reasons"],
  map: ["&w=map", ".map-reading"],
  lessons: ["&w=lessons", ".lesson-card"],
  "a lesson": ["&w=lessons&lesson=do_more_err_more.3", ".lesson-cannot"],
  report: ["&w=report", ".sheet"],
  presenting: ["&present=1", ".explore [data-chart]"],
} as const;

for (const [name, [link, shown]] of Object.entries(HEADED)) {
  test(`that the headings of ${name} stand in order, none left out`, async ({ open }) => {
    const page = await open(`v=2&n=1${link}`);
    await expect(page.locator(shown).first()).toBeVisible();
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter((heading) => heading.closest("dialog:not([open])") === null)
        .map((heading) => Number(heading.tagName.slice(1))),
    );
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, place) => expect(level - (levels[place - 1] ?? 0), levels.join(" ")).toBeLessThanOrEqual(1));
  });
}

test("that a view, and a step of a lesson, begins at its top", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open("v=2&n=1&w=lessons");
  const last = page.locator("[data-lesson=three_distinctions]");
  await last.scrollIntoViewIfNeeded();
  const where = () => page.evaluate(() => scrollY);
  expect(await where()).toBeGreaterThan(300);
  await last.click();
  await expect(page.locator(".lesson")).toBeVisible();
  expect(await where()).toBe(0);
  await page.evaluate(() => scrollTo(0, 400));
  await page.getByRole("button", { name: "Go on without a prediction" }).click();
  await expect(page.locator(".lesson")).toHaveAttribute("data-step", "lock");
  await expect.poll(where).toBe(0);
  await page.evaluate(() => scrollTo(0, 200));
  await page.getByRole("button", { name: "Report", exact: true }).click();
  await expect.poll(where).toBe(0);
});
