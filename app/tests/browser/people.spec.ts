import type { Page } from "@playwright/test";
import { expect, test } from "./page";

async function gridShown(page: Page): Promise<void> {
  await expect(page.locator("[data-grid=own] canvas")).toBeVisible({ timeout: 40_000 });
}

const monthOf = async (page: Page): Promise<number> => Number(await page.locator("[data-grid=own]").getAttribute("data-month"));

test("that a run is played, paused, stepped and scrubbed", async ({ open }) => {
  const page = await open("v=2&n=1&w=people");
  await gridShown(page);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => monthOf(page)).toBeGreaterThan(3);
  await page.getByRole("button", { name: "Pause" }).click();
  const paused = await monthOf(page);
  await page.waitForTimeout(600);
  expect(await monthOf(page)).toBe(paused);
  await page.getByRole("button", { name: "One month on" }).click();
  await page.getByRole("button", { name: "One month on" }).click();
  await page.getByRole("button", { name: "One month back" }).click();
  expect(await monthOf(page)).toBe(paused + 1);
  await page.locator(".scrub").fill("60");
  expect(await monthOf(page)).toBe(60);
  await expect(page.locator(".player-month")).toHaveText("Month 61 of 120, year 6");
  await page.getByRole("button", { name: "Back to the first month" }).click();
  expect(await monthOf(page)).toBe(0);
  await expect(page).toHaveURL(/w=people/);
});

test("that speed counts, and at the end playing starts anew", async ({ open }) => {
  const page = await open("v=2&n=1&w=people&month=111");
  await gridShown(page);
  await page.locator(".player-speed select").selectOption("16");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => monthOf(page)).toBe(119);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => monthOf(page)).toBeLessThan(60);
});

test("that the keyboard goes through the grid and opens an official with its reasons and its past", async ({ open }) => {
  const page = await open("v=2&n=1&w=people&month=37");
  await gridShown(page);
  await page.locator("[data-grid=own]").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Home", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  const card = page.locator("[data-official='1']");
  await expect(card).toHaveAttribute("data-month", "36");
  await expect(card.getByRole("heading", { name: "Official 2, Jurisdiction 1" })).toBeVisible();
  await expect(card.locator(".reasons tbody tr")).not.toHaveCount(0);
  await expect(card.locator("[data-chart=beliefs]")).toBeVisible();
  const before = await card.locator(".official-deed").textContent();
  await page.locator(".scrub").fill("40");
  await expect(card).toHaveAttribute("data-month", "40");
  expect(before).toBeTruthy();
  await card.getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".official")).toHaveCount(0);
});

test("that a click opens an official and the link brings it back", async ({ open, page }) => {
  await open("v=2&n=1&w=people&month=13");
  await gridShown(page);
  const box = await page.locator("[data-grid=own]").boundingBox();
  if (!box) throw new Error("the grid has no size");
  await page.mouse.click(box.x + 15, box.y + 40);
  await expect(page.locator(".official")).toHaveAttribute("data-official", "0");
  await expect(page).toHaveURL(/month=13&official=1/);
  const link = page.url().split("#")[1] ?? "";
  await page.goto("about:blank");
  await open(link);
  await expect(page.locator("[data-official='0']")).toHaveAttribute("data-month", "12");
});

test("that another policy gives another film of the same officials, and the language another tongue", async ({ open }) => {
  const page = await open("v=2&n=1&w=people&month=61&official=4");
  await gridShown(page);
  const said = page.locator(".people .chart-summary").first();
  const before = await said.textContent();
  await page.locator("#start-from").selectOption("crackdown");
  await expect(said).not.toHaveText(before ?? "");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "4 号干部，辖区 1" })).toBeVisible();
  await expect(page.locator("[data-grid=own]")).toHaveAttribute("data-month", "60");
});

test("that a thousand officials play at the pace of the screen and no task blocks the page", async ({ open }) => {
  const page = await open("v=2&n=1&w=people&officials=1000&jurisdictions=20");
  await gridShown(page);
  await page.locator(".player-speed select").selectOption("16");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const { frames, longest } = await page.evaluate(async () => {
    let longest = 0;
    const watch = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    watch.observe({ entryTypes: ["longtask"] });
    let frames = 0;
    const start = performance.now();
    await new Promise<void>((done) => {
      const tick = (now: number): void => {
        frames += 1;
        if (now - start < 3000) requestAnimationFrame(tick);
        else done();
      };
      requestAnimationFrame(tick);
    });
    watch.disconnect();
    return { frames: frames / ((performance.now() - start) / 1000), longest };
  });
  console.log(`${frames.toFixed(1)} frames a second, longest task ${longest} ms`);
  expect(frames).toBeGreaterThan(50);
  expect(longest).toBeLessThan(100);
});
