/**
 * What the card of an official shows, in JSON: `node tests/browser/official.mjs CHROMIUM PAGE LINK`. The command for the
 * command line, what was done, what another decision rule did to the odds, and the table of terms: its head, and a row for
 * each term, the total and the chance.
 */

import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

const [, , executable, file, link] = process.argv;
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(`${pathToFileURL(file).href}?runs=all#${link}`);
  await page.locator(".official .reasons tfoot").waitFor({ timeout: 120_000 });
  const shown = await page.evaluate(() => {
    const textsOf = (row) => [...row.cells].map((cell) => (cell.querySelector(".reasons-name") ?? cell).textContent.trim());
    const [head, ...rows] = [...document.querySelectorAll(".official .reasons tr")].map(textsOf);
    const [who, command, deed] = [".official-head", ".official-command code", ".official-deed"].map((one) => document.querySelector(one).textContent);
    const rule = document.querySelector(".official .rule-badge")?.textContent ?? "";
    return { who, command, deed, rule, head, rows };
  });
  process.stdout.write(JSON.stringify(shown));
} finally {
  await browser.close();
}
