import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { address, expect, recorded, runsShown, test } from "./page";

test("that the page opens from disk and asks nothing of anyone", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page, 200);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/Officials under accountability/);
});

test("that the language is switched at once and nothing else changes", async ({ open }) => {
  const page = await open("v=2&n=3&s=crackdown&w=map");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("button", { name: "地图" })).toHaveAttribute("aria-current", "page");
  await expect(page.locator("#start-from")).toHaveValue("crackdown");
  await expect.poll(() => page.url()).toContain("l=zh-CN");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("that Chinese is drawn in a Chinese face without the system's help", async ({ open }) => {
  const page = await open("v=2&n=1&l=zh-CN");
  await expect.poll(() => page.evaluate(() => document.fonts.check('16px "Page Han"', "责"))).toBe(true);
  const faces = await page.evaluate(() => [...document.fonts].map((face) => `${face.family.replaceAll('"', "")} ${face.status}`));
  expect(faces).toContain("Page Han loaded");
});

test("that the limits card is one click away, holds the focus and gives it back", async ({ open }) => {
  const page = await open("v=2&n=1");
  const button = page.getByRole("button", { name: "Limits" });
  await button.click();
  const card = page.getByRole("dialog");
  await expect(card).toBeVisible();
  await expect(card).toContainText("must not be used for");
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await card.getByRole("button", { name: "Close" }).click();
  await expect(card).toBeHidden();
});

test("that the theme follows the system until one is chosen", async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open("v=2&n=1");
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: "Colours: as the system" }).click();
  await page.getByRole("button", { name: "Colours: light" }).click();
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test("that two tabs do not know of each other", async ({ open, context }) => {
  const page = await open("v=2&n=1");
  const other = await context.newPage();
  await other.goto(address("v=2&n=2&s=crackdown"));
  await runsShown(page);
  await runsShown(other);
  await expect(page.locator("#start-from")).toHaveValue("baseline");
  await expect(other.locator("#seed")).toHaveValue("2");
});

test("that the page works where storage is blocked", async ({ open, page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    }
  });
  await open("v=2&n=1");
  await runsShown(page);
});

test("that a browser without the vector instructions is told which one is needed", async ({ open, page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await open("v=2&n=1");
  await expect(page.getByRole("alert")).toContainText("Firefox 102");
});

test("that the page works where the browser allows no workers", async ({ open, page }) => {
  await page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("blocked", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
  await open("v=2&n=1");
  await runsShown(page);
});

for (const [name, attributes] of [["a frame", ""], ["a sandbox", 'sandbox="allow-scripts"']] as const) {
  test(`that the page runs nothing inside ${name} of another page and says so, with the way out`, async ({ page }) => {
    const record = recorded(page);
    const file = join(tmpdir(), `framing-${process.pid}.html`);
    writeFileSync(file, `<iframe ${attributes} src="${address()}" width="800" height="600"></iframe>`);
    await page.goto(pathToFileURL(file).href);
    const inside = page.frameLocator("iframe");
    await expect(inside.getByText("does not run inside another page")).toBeVisible();
    await expect(inside.getByRole("link", { name: "Open it in a tab of its own" })).toHaveAttribute("target", "_blank");
    await expect(inside.getByText("copy this address")).toContainText(address());
    await expect(inside.locator("button, input, select")).toHaveCount(0);
    rmSync(file);
    expect(record.filter((line) => line.startsWith("dialog") || line.startsWith("request"))).toEqual([]);
  });
}

test("that a browser without scripts reads what the page is and what to do", async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(address());
  await expect(page.locator("noscript p")).toContainText("needs JavaScript");
  await expect(page.locator("noscript p")).toContainText("需要 JavaScript");
  await expect(page.locator("noscript p")).toContainText("python run.py list");
  await page.close();
});
