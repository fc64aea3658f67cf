// Opens the page of the engine in Mesa, steps, moves a lever, resets; prints in JSON what it saw and what went wrong.
import { createRequire } from "node:module";

const [, , app, executablePath, address, picture] = process.argv;
const { chromium } = createRequire(`${app}/package.json`)("playwright");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const errors = [];
const outside = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("request", (request) => {
  if (!request.url().startsWith(address) && /^https?:/.test(request.url())) outside.push(request.url());
});
const seen = [];
const saw = async (text) => {
  await page.getByText(text).first().waitFor({ timeout: 120_000 });
  seen.push(text);
};
try {
  await page.goto(address, { timeout: 120_000 });
  await saw("Month 0 of 120");
  await page.getByRole("button", { name: "Step" }).click();
  await saw("Month 1 of 120");
  const pictures = page.locator("img");
  await pictures.first().waitFor({ timeout: 120_000 });
  const before = await pictures.first().getAttribute("src");
  const levers = page.getByRole("slider");
  seen.push(`${await levers.count()} levers`);
  await page.getByText("Exemption rate").first().waitFor({ timeout: 60_000 });
  await levers.nth(5).focus();
  for (let n = 0; n < 5; n += 1) await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Reset" }).click();
  await saw("Month 0 of 120");
  await page.getByRole("button", { name: "▶" }).click();
  await saw("Month 3 of 120");
  await page.getByRole("button", { name: "❚❚" }).click();
  const after = await pictures.first().getAttribute("src");
  seen.push(before === after ? "the same pictures" : "other pictures");
} catch (error) {
  errors.push(String(error));
} finally {
  if (picture) await page.screenshot({ path: picture });
  await browser.close();
}
console.log(JSON.stringify({ seen, errors, outside }));
