import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { address, expect, runsShown, test } from "./page";

async function saved(page: Page, chart: string, form: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole("button", { name: `Save: ${chart}` }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: form }).click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("that a chart's numbers are saved in full with where they come from", async ({ open }) => {
  const page = await open("v=2&n=7&s=crackdown&pin=baseline");
  await runsShown(page, 200);
  const { name, bytes } = await saved(page, "Innovation rate", "Numbers (CSV)");
  expect(name).toBe("officials-innovation_rate-crackdown-seed-7.csv");
  const text = bytes.toString("utf8");
  const [notes, lines] = [text.split("\r\n").filter((line) => /^\ufeff?#/.test(line)), text.split("\r\n").filter((line) => /^\d/.test(line))];
  expect(notes.join("\n")).toContain("Policy: Crackdown (crackdown)");
  expect(notes.join("\n")).toContain("200 runs");
  expect(notes.join("\n")).toContain("#v=2&n=7&s=crackdown&pin=baseline");
  expect(lines).toHaveLength(120);
  const median = Number(lines.at(-1)?.split(",")[1]);
  await expect(page.locator(".chart-summary").first()).toContainText(`${(100 * median).toFixed(1)}% at the end`);
});

test("that a chart is saved as a drawing that needs nothing else", async ({ open, context }) => {
  const page = await open("v=2&n=1&l=zh-CN&s=campaign");
  await runsShown(page);
  await page.getByRole("button", { name: "保存: 创新率" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "矢量图（SVG）" }).click()]);
  const svg = readFileSync(await file.path(), "utf8");
  expect(svg).toContain("创新率");
  expect(svg).not.toMatch(/var\(|class=|oklab|<script|href=/);
  const other = await context.newPage();
  await other.goto(`file://${await file.path()}`).catch(() => undefined);
  await other.setContent(svg);
  expect((await other.locator("svg").first().boundingBox())?.width).toBeGreaterThan(400);
});

test("that a chart is saved as a picture of the size it has on screen, twice as fine", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  const { name, bytes } = await saved(page, "What officials do", "Picture (PNG)");
  expect(name).toMatch(/\.png$/);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(800);
  expect(bytes.length).toBeGreaterThan(10_000);
});

test("that saving does not change the page's colours", async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open("v=2&n=1");
  await runsShown(page);
  await saved(page, "Innovation rate", "Drawing (SVG)");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("that the menu of what to save is left by Escape and gives the focus back", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  const button = page.getByRole("button", { name: "Save: Innovation rate" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Picture (PNG)" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await expect(button).toBeFocused();
});

test("that from a file the link is text to paste, without a code that no phone could follow, and is copied", async ({ open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await open("v=2&n=3&s=crackdown&pin=baseline");
  await page.getByRole("button", { name: "Take this along" }).click();
  await expect(page.getByLabel("Text to paste")).toBeVisible();
  await expect(page.getByText("Others need the same file, officials.html")).toBeVisible();
  await expect(page.getByRole("img", { name: "The link as a QR code" })).toHaveCount(0);
  await expect(page.locator("#share-link")).toHaveValue("#v=2&n=3&s=crackdown&pin=baseline");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("#v=2&n=3&s=crackdown&pin=baseline");
});

for (const [origin, reach] of [["http://192.0.2.7:8700/", "Whoever can reach this address"], ["http://127.0.0.1:8700/", "served to this computer alone"]] as const) {
  test(`that a page served at ${origin} knows it is served, and shows a code only where phones can follow it`, async ({ page }) => {
    const body = readFileSync(fileURLToPath(address()));
    await page.route(`${origin}**`, (route) => route.fulfill({ body, contentType: "text/html" }));
    await page.goto(`${origin}#v=2&n=3`);
    await page.getByRole("button", { name: "Take this along" }).click();
    await expect(page.getByText(reach)).toBeVisible();
    const isReached = !origin.includes("127.0.0.1");
    await expect(page.getByRole("img", { name: "The link as a QR code" })).toHaveCount(isReached ? 1 : 0);
    await expect(page.locator("#share-link")).toHaveValue(isReached ? `${origin}#v=2&n=3` : "#v=2&n=3");
    await page.goto("about:blank");
    await page.goto(`${origin}#v=2&n=3&w=report`);
    await expect(page.locator(".sheet")).toBeVisible();
    await expect(page.locator(".sheet .qr")).toHaveCount(isReached ? 1 : 0);
  });
}

test("that a link is copied where the clipboard is closed to the page", async ({ open, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
  });
  await open("v=2&n=3");
  await page.getByRole("button", { name: "Take this along" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy link" })).toBeFocused();
});

test("that a link somebody handed over is opened, and a wrong one changes nothing", async ({ open }) => {
  const page = await open("v=2&n=3&s=crackdown");
  await page.getByRole("button", { name: "Take this along" }).click();
  const field = page.getByLabel("Open a link that you were given");
  await field.fill("https://example.org/officials.html#v=2&n=1&ac.severity=7<script>");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("which is no number");
  await expect(page.locator("#start-from")).toHaveValue("crackdown");
  await field.fill("https://example.org/officials.html#v=2&n=9&s=campaign");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.locator("#start-from")).toHaveValue("campaign");
  await expect(page.locator("#seed")).toHaveValue("9");
});
