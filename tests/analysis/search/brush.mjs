// Opens the page of packages, brushes an axis, lifts the brush, writes limits; prints in JSON what it saw.
import { createRequire } from "node:module";

const [, , app, executablePath, address, picture] = process.argv;
const { chromium } = createRequire(`${app}/package.json`)("playwright");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
const seen = [];
const see = async () => {
  const rows = await page.locator("#listed tbody tr th").allTextContents();
  const gone = await page.locator("#chart path.gone").count();
  seen.push({ count: await page.locator("#count").textContent(), rows, gone });
};
await page.goto(address);
await see();
const box = await page.locator("#chart .grip").first().boundingBox();
const x = box.x + box.width / 2;
await page.mouse.move(x, box.y + box.height - 2);
await page.mouse.down();
await page.mouse.move(x, box.y + box.height * 0.7, { steps: 5 });
await page.mouse.up();
await see();
if (picture) await page.screenshot({ path: picture, fullPage: true });
await page.mouse.click(x, box.y + 5);
await see();
await page.locator("#limits input").nth(3).fill("2.5"); // the most of the second axis
await page.locator("#limits input").nth(3).press("Tab");
await see();
await page.locator("#clear").click();
await see();
await page.setViewportSize({ width: 390, height: 844 });
const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
await browser.close();
console.log(JSON.stringify({ errors, seen, overflow }));
