import { serious } from "./axe";
import { address, expect, test } from "./page";

test("that the first minute asks, lets a hundred decide, changes the rule, and leads on", async ({ open }) => {
  const page = await open();
  await expect(page.getByRole("heading", { level: 2 })).toContainText("You are an official.");
  await page.locator("[data-choice=routine]").click();
  const number = page.locator("[data-number]");
  await expect(number).toContainText("of 100 do as you did");
  const alike = Number(await number.getAttribute("data-number"));
  expect(alike).toBeGreaterThan(0);
  await page.locator("[data-tool=next-stage]").click();
  await expect(number).toContainText("do something else");
  const changed = Number(await number.getAttribute("data-number"));
  expect(changed).toBeGreaterThan(0);
  await page.locator("[data-tool=next-stage]").click();
  await page.locator("[data-way=look]").click();
  // The same hundred in the same month: the same number change.
  await expect(page.locator(".compare-said")).toContainText(`Month 36: ${changed} of 100 officials`);
});

test("that the big number is found in the sentence below it, and the key names no choice that the grid does not offer", async ({ open }) => {
  const page = await open();
  await page.locator("[data-choice=innovation]").click();
  const said = page.locator(".start-said");
  await expect(said).toContainText("All three kinds of innovation count as trying the new way.");
  const [, inaction, routine, ...kinds] = (/Inaction (\d+), Routine (\d+), Innovation (\d+), Innovation filed in advance (\d+), Self-dealing (\d+)\./.exec(await said.innerText()) ?? []).map(Number);
  const tries = kinds.reduce((sum, count) => sum + count, 0);
  expect((inaction ?? 0) + (routine ?? 0) + tries).toBe(100);
  await expect(page.locator("[data-number]")).toHaveAttribute("data-number", String(tries));
  await expect(page.locator(".figures-key")).toContainText("Cut corner");
  await expect(page.locator(".figures-key")).not.toContainText("the official chosen");
});

test("that it can be skipped, seen again, and read in Chinese", async ({ open }) => {
  const page = await open();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toContainText("假设您是一名干部");
  await page.keyboard.press("Escape");
  await expect(page.locator(".explore")).toBeVisible();
  await page.getByRole("button", { name: "问责之下的干部" }).click();
  await page.locator("[data-tool=skip-start]").click();
  await expect(page.locator(".explore")).toBeVisible();
});

test("that whoever was handed a link sees what it holds at once", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons");
  await expect(page.locator(".lesson-list")).toBeVisible();
  await expect(page.locator(".first-minute")).toHaveCount(0);
});

test("that a trainer is led to the lessons", async ({ open }) => {
  const page = await open();
  await page.locator("[data-choice=innovation]").click();
  await page.locator("[data-tool=next-stage]").click();
  await page.locator("[data-tool=next-stage]").click();
  await page.locator("[data-way=trainer]").click();
  await expect(page.locator(".lesson-list")).toBeVisible();
});

for (const [language, scheme] of [["en", "light"], ["zh-CN", "dark"]] as const) {
  test(`that axe finds nothing serious in the first minute, ${language}, ${scheme}`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await open();
    if (language === "zh-CN") await page.getByRole("button", { name: "中文" }).click();
    for (const next of ["[data-choice=routine]", "[data-tool=next-stage]", "[data-tool=next-stage]", null]) {
      expect(await serious(page)).toEqual([]);
      if (next) await page.locator(next).click();
      await expect(page.locator(".waiting")).toHaveCount(0);
    }
  });
}

test("that the way past the first minute is in sight on the smallest phone, at every stage", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await page.goto(address());
  const skip = page.locator("[data-tool=skip-start]");
  await expect(page.locator("[data-choice]").first()).toBeVisible();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.locator("[data-choice]").last().click();
  for (const stage of ["decide", "change"]) {
    await expect(page.locator(`[data-stage=${stage}] [data-tool=next-stage]`)).toBeVisible();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.locator("[data-tool=next-stage]").click();
  }
  await expect(skip).toBeInViewport({ ratio: 1 });
});
