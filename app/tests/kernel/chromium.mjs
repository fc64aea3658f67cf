/** Opens a built page in Chromium from the disk and asks it what standard input says; the network is recorded. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

const [, , executable, file] = process.argv;
const asked = JSON.parse(readFileSync(0, "utf8"));
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const profile = mkdtempSync(join(tmpdir(), "chromium-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: executable,
  headless: true,
  args: ARGUMENTS,
});
try {
  const page = await context.newPage();
  const said = [];
  const addresses = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => addresses.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await page.locator("#state").filter({ hasText: "ready" }).waitFor({ timeout: 30_000 }).catch(async () => {
    throw new Error(`the page says: ${await page.locator("#state").textContent()} ${said.join("\n")}`);
  });
  const results = [];
  for (const [name, ...values] of asked) {
    results.push(await page.evaluate(([method, given]) => window.asked[method](...given), [name, values]));
  }
  const workers = await page.evaluate(() => window.asked.workers);
  process.stdout.write(JSON.stringify({ results, workers, said, addresses, version: context.browser()?.version() ?? "" }));
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
