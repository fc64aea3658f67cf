/**
 * What Explore shows, as text: `node tests/browser/numbers.mjs CHROMIUM PAGE LINK` writes the headline numbers and the tables of
 * all charts, once every run is there.
 */

import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

const [, , executable, file, link] = process.argv;
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const ALL_RUNS = 200;

const browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(`${pathToFileURL(file).href}?runs=all#${link}`);
  await page.locator(`.explore[data-runs='${ALL_RUNS}']`).waitFor({ timeout: 120_000 });
  for (const button of await page.locator(".chart-tools button[aria-expanded]").all()) await button.click();
  const shown = await page.evaluate(() => {
    const textOf = (element) => element?.textContent?.trim() ?? null;
    const headlines = [...document.querySelectorAll("[data-measure]")].map((one) => [
      one.dataset.measure,
      ["figure", "difference", "difference-interval"].map((name) => textOf(one.querySelector(`.${name}`))),
    ]);
    const tables = [...document.querySelectorAll(".chart")].map((chart) => [
      chart.querySelector("[data-chart]")?.dataset.chart,
      [...chart.querySelectorAll("tbody tr")].map((row) => [...row.cells].map(textOf)),
    ]);
    return { headlines: Object.fromEntries(headlines), tables: Object.fromEntries(tables) };
  });
  process.stdout.write(JSON.stringify(shown));
} finally {
  await browser.close();
}
