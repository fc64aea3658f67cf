/** What the report shows, in JSON: `node tests/browser/report.mjs CHROMIUM PAGE LINK`. */

import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

const [, , executable, file, link] = process.argv;
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const ALL_RUNS = 200;

const browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(`${pathToFileURL(file).href}?runs=all#${link}`);
  await page.locator(`.sheet[data-runs='${ALL_RUNS}']`).waitFor({ timeout: 120_000 });
  const shown = await page.evaluate(() => ({
    numbers: Object.fromEntries([...document.querySelectorAll("data[data-number]")].map((one) => [one.dataset.number, one.value])),
    lines: document.querySelector(".python").textContent,
  }));
  process.stdout.write(JSON.stringify(shown));
} finally {
  await browser.close();
}
