import type { Page } from "@playwright/test";
import { expect, test } from "./page";

async function mapShown(page: Page): Promise<void> {
  await expect(page.locator("[data-chart=map]")).toBeVisible();
}

test("that the map is worked out to the end and its line runs through it", async ({ open }) => {
  const page = await open("v=2&n=1&w=map");
  await mapShown(page);
  await expect(page.locator(".map-count")).toHaveText("");
  expect((await page.locator(".tipping").getAttribute("d"))?.length).toBeGreaterThan(100);
});

test("that the keyboard moves over the map and Enter goes there", async ({ open }) => {
  const page = await open("v=2&n=1&w=map");
  await mapShown(page);
  await page.locator(".heat-map").focus();
  await expect(page.locator(".map-square")).toHaveText("Severity 0.3, exemption rate 0.4");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowUp", "Enter"]) await page.keyboard.press(key);
  await expect(page.locator('[data-lever="accountability.severity"] input[type=number]')).toHaveValue("0.4");
  await expect(page.locator('[data-lever="exemption.probability"] input[type=number]')).toHaveValue("0.5");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator('[data-lever="accountability.severity"] input[type=number]')).toHaveValue("0.317");
});

test("that a click goes there and Explore shows it", async ({ open }) => {
  const page = await open("v=2&n=1&w=map");
  await mapShown(page);
  const box = await page.locator(".heat-map").boundingBox();
  if (!box) throw new Error("the map has no size");
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.3);
  await page.getByRole("button", { name: "Explore this policy" }).click();
  await expect(page.locator(".explore")).toHaveAttribute("data-shown", /"accountability.severity":0.5,"exemption.probability":0.7/);
});

test("that the map's table has every square", async ({ open }) => {
  const page = await open("v=2&n=1&w=map");
  await mapShown(page);
  await page.getByRole("button", { name: /Data table/ }).click();
  await expect(page.locator(".chart td")).toHaveCount(143);
});
