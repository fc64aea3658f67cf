import { serious } from "./axe";
import { expect, runsShown, test, viewShown } from "./page";

/** What the address says of each state that is looked at. */
const STATES = {
  explore: "w=explore",
  map: "w=map",
  report: "w=report",
  "presenter view": "w=explore&present=1",
} as const;

for (const [view, said] of Object.entries(STATES)) {
  for (const language of ["en", "zh-CN"] as const) {
    for (const scheme of ["light", "dark"] as const) {
      test(`that axe finds nothing serious in ${view}, ${language}, ${scheme}`, async ({ open, page }) => {
        await page.emulateMedia({ colorScheme: scheme });
        await open(`v=2&n=1&s=campaign&pin=baseline&l=${language}&${said}`);
        await viewShown(page);
        expect(await serious(page)).toEqual([]);
      });
    }
  }

  for (const [name, width, height] of [["phone", 390, 844], ["zoomed to 200%", 683, 384], ["projector", 1920, 1080]] as const) {
    test(`that ${view} has nothing beyond the right rim: ${name}`, async ({ open, page }) => {
      await page.setViewportSize({ width, height });
      for (const language of ["en", "zh-CN"]) {
        await open(`v=2&n=1&s=campaign&pin=baseline&l=${language}&${said}`);
        await viewShown(page);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(beyond).toBeLessThanOrEqual(0);
      }
    });
  }
}

for (const [name, button] of [["the limits", "Limits"], ["what to take along", "Take this along"]] as const) {
  test(`that axe finds nothing serious in the card of ${name}`, async ({ open }) => {
    const page = await open("v=2&n=1");
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await serious(page)).toEqual([]);
  });
}

test("that everything is reached by Tab, in the order of reading, with a visible focus", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  const seen: string[] = [];
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press("Tab");
    seen.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return "";
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
        return `${isSeen ? "" : "unseen "}${element.getAttribute("aria-label") ?? element.textContent ?? element.id}`;
      }),
    );
  }
  expect(seen[0]).toBe("Skip to content");
  expect(seen.filter((name) => name.startsWith("unseen"))).toEqual([]);
  expect(seen.findIndex((name) => name.startsWith("Undo"))).toBe(-1); // nothing to undo yet
  expect(seen.indexOf("Explore")).toBeGreaterThan(0);
  expect(seen.indexOf("Reset")).toBeGreaterThan(seen.indexOf("Limits"));
});

test("that with reduced motion the replay jumps", async ({ open, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open("v=2&n=1");
  await runsShown(page);
  await page.locator("#start-from").selectOption("crackdown");
  await page.getByRole("button", { name: "Replay" }).click();
  const severity = page.locator('[data-lever="accountability.severity"] input[type=number]');
  const values = new Set<string>();
  await expect
    .poll(async () => {
      values.add(await severity.inputValue());
      return page.getByRole("button", { name: "Replay" }).getAttribute("data-pressed");
    }, { intervals: [30] })
    .toBe("false");
  values.add(await severity.inputValue());
  expect([...values].sort()).toEqual(["0.317", "0.45"]);
});
