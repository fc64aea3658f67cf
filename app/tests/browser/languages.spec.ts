import { expect, test } from "./page";

const PREDICTED = "0.1_0.05_0.2";

test("that the language is switched in the middle of a lesson and the prediction stays", async ({ open }) => {
  const page = await open(`v=2&n=1&w=lessons&lesson=do_more_err_more.1&predicted=${PREDICTED}`);
  const lesson = page.locator("[data-lesson=do_more_err_more]");
  await expect(lesson).toHaveAttribute("data-step", "lock");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(lesson).toHaveAttribute("data-step", "lock");
  await expect.poll(() => page.url()).toContain(`lesson=do_more_err_more.1&predicted=${PREDICTED}`);
  await expect(lesson).toContainText("多做多错");
  await page.getByRole("button", { name: "English" }).click();
  await expect(lesson).toContainText("Do more, err more");
  await expect(lesson).toHaveAttribute("data-step", "lock");
});

test("that the page follows a window that is made small and large again", async ({ open, page }) => {
  await open("v=2&n=1");
  const chart = page.locator("[data-chart=innovation_rate]");
  await expect(chart).toBeVisible();
  const width = async (): Promise<number> => (await chart.boundingBox())?.width ?? 0;
  const atFirst = await width();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(width).toBeLessThan(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect.poll(width).toBe(atFirst);
});
