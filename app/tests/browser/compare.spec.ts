import type { Page } from "@playwright/test";
import { expect, test } from "./page";

async function gridsShown(page: Page): Promise<void> {
  for (const name of ["before", "now"]) await expect(page.locator(`[data-grid=${name}] canvas`)).toBeVisible();
}

test("that one pins a policy, changes it, and sees who does something else", async ({ open }) => {
  const page = await open("v=2&n=1&w=compare&month=31");
  await page.locator(".compare").getByRole("button", { name: "Pin this policy" }).click();
  await gridsShown(page);
  await expect(page.locator(".compare-note")).toContainText("A and B are the same policy");
  await expect(page.locator(".compare-said")).toHaveText("Month 31: all 200 officials do the same under A and B.");
  await page.locator("#start-from").selectOption("crackdown");
  await expect(page.locator(".compare-said")).toHaveText(/Month 31: \d+ of 200 officials \([\d.]+%\) do something else under B than under A\. Most often: .+ instead of .+\./);
  await expect(page.locator(".compare-note")).toHaveCount(0);
  await expect(page.locator("[data-chart=difference]")).toBeVisible();
  await expect(page.locator("[data-chart=both]")).toBeVisible();
});

test("that a pair is begun with one click and both grids play together", async ({ open }) => {
  const page = await open("v=2&n=1&w=compare");
  await page.getByRole("button", { name: "Tolerance that is seen" }).click();
  await gridsShown(page);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(async () => Number(await page.locator("[data-grid=now]").getAttribute("data-month"))).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Pause" }).click();
  expect(await page.locator("[data-grid=before]").getAttribute("data-month")).toBe(await page.locator("[data-grid=now]").getAttribute("data-month"));
});

test("that one official is seen under both policies", async ({ open }) => {
  const page = await open("v=2&n=1&w=compare&month=9&pin=baseline&s=crackdown");
  await gridsShown(page);
  const hint = page.locator(".compare-hint");
  await expect(hint).toContainText("Choose an official in either grid");
  await page.locator("[data-grid=before]").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Official 1 under both policies" })).toBeVisible();
  await expect(page.locator(".twins .reasons")).toHaveCount(2);
  await expect(hint).toHaveCount(0);
});

test("that another measure is drawn with its difference in words", async ({ open }) => {
  const page = await open("v=2&n=1&w=compare&pin=baseline&s=inaction_punished");
  const effect = page.locator(".compare-curves .chart").nth(1).locator(".chart-summary");
  await expect(effect).toContainText("Mean over the last five years");
  const before = await effect.textContent();
  await page.locator(".compare-curves select").selectOption("inaction_rate");
  await expect(effect).not.toHaveText(before ?? "");
  await expect(effect).toContainText("−");
});

test("that both grids begin at the same height, however many lines a title takes", async ({ open, page }) => {
  await page.setViewportSize({ width: 1180, height: 820 });
  await open("v=2&n=1&w=compare&s=campaign&pin=baseline&month=60");
  await gridsShown(page);
  const [before, now] = [page.locator("[data-grid=before]"), page.locator("[data-grid=now]")];
  const linesOf = (place: number) =>
    page.locator(".compare-grids h3").nth(place).evaluate((title) => {
      const range = document.createRange();
      range.selectNodeContents(title);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    });
  expect(await linesOf(0)).toBeLessThan(await linesOf(1));
  const [left, right] = [await before.boundingBox(), await now.boundingBox()];
  expect(left?.y).toBe(right?.y);
  expect(left?.height).toBe(right?.height);
});
