import type { Page } from "@playwright/test";
import { expect, runsShown, test } from "./page";

const slider = (page: Page, path: string) => page.locator(`[data-lever="${path}"] input[type=range]`);
const figure = (page: Page, measure: string) => page.locator(`[data-measure="${measure}"] .figure`);
const shownKey = (page: Page) => page.locator(".explore").getAttribute("data-shown");

async function percentOf(page: Page, measure: string): Promise<number> {
  return Number.parseFloat(await figure(page, measure).innerText());
}

test("that a lever moved by keyboard changes what officials do", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  const before = await percentOf(page, "innovation_rate");
  await slider(page, "accountability.severity").focus();
  await page.keyboard.press("End");
  await expect.poll(() => shownKey(page)).toContain('"accountability.severity":0.6');
  expect(await percentOf(page, "innovation_rate")).toBeLessThan(before - 5);
});

test("that undo, redo and reset lead back to the same numbers", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page, 200);
  const atFirst = await figure(page, "innovation_rate").innerText();
  await page.locator("#start-from").selectOption("crackdown");
  await expect.poll(() => shownKey(page)).toContain("crackdown");
  await runsShown(page, 200);
  const crackdown = await figure(page, "innovation_rate").innerText();
  expect(crackdown).not.toBe(atFirst);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(figure(page, "innovation_rate")).toHaveText(atFirst);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(figure(page, "innovation_rate")).toHaveText(crackdown);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(figure(page, "innovation_rate")).toHaveText(atFirst);
});

test("that the last change is shown again, and the policy is the same afterwards", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  await page.locator("#start-from").selectOption("crackdown");
  await runsShown(page);
  const link = page.url();
  await page.getByRole("button", { name: "Replay" }).click();
  const severity = page.locator('[data-lever="accountability.severity"] input[type=number]');
  await expect(severity).toHaveValue("0.317");
  await expect(severity).toHaveValue("0.45");
  await expect(page.getByRole("button", { name: "Replay" })).toHaveAttribute("data-pressed", "false");
  expect(page.url().replace(/&s=.*/, "")).toBe(link.replace(/&s=.*/, ""));
});

test("that headlines tell the difference from the pinned policy", async ({ open }) => {
  const page = await open("v=2&n=1&s=crackdown&pin=baseline");
  await runsShown(page, 200);
  await expect(page.locator('[data-measure="innovation_rate"] .difference')).toContainText("−");
  await page.getByRole("button", { name: "Swap" }).click();
  await expect(page.locator('[data-measure="innovation_rate"] .difference')).toContainText("+");
  await page.getByRole("button", { name: "Unpin" }).click();
  await expect(page.locator(".difference")).toHaveCount(0);
});

test("that a pinned policy says which settings it changes, and Compare names them, in words and without a pointer", async ({ open }) => {
  const page = await open("v=2&n=1&ac.severity=0.2&pin=baseline&pin.ac.severity=0.45");
  await runsShown(page);
  const changed = page.locator(".pinned .changed-settings");
  await expect(changed.getByRole("listitem")).toHaveText(["Severity of accountability 0.45 instead of 0.317"]);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.locator(".chart-head h3").nth(0)).toHaveText("A: Baseline (1 changed)");
  await expect(page.locator(".chart-head h3").nth(1)).toHaveText("B: Baseline (1 changed)");
  const beside = page.locator(".compare-changed").getByRole("listitem");
  await expect(beside).toHaveText(["Severity of accountability 0.45 instead of 0.317", "Severity of accountability 0.2 instead of 0.317"]);
  await page.locator('[data-lever="accountability.certainty"] input[type=range]').focus();
  await page.keyboard.press("Home");
  await expect(page.locator(".chart-head h3").nth(1)).toHaveText("B: Baseline (2 changed)");
  await expect(beside).toHaveCount(3);
  // The curves' key, which stands by itself, names the first.
  await expect(page.locator(".chart-key").filter({ hasText: "1 more changed" }).first()).toBeVisible();
});

test("that meaning and source of every lever are one click away", async ({ open }) => {
  const page = await open("v=2&n=1");
  for (const details of await page.locator(".group details").all()) await details.locator("summary").click();
  const questions = await page.locator(".lever-head button").all();
  expect(questions.length).toBeGreaterThan(20);
  expect(questions.length).toBe(await page.locator("[data-lever]").count());
  for (const question of questions) {
    await question.click();
    await expect(page.locator(".lever-about:not([hidden])")).toContainText("Source");
    await question.click();
  }
});

test("that every chart has a summary and a table that follow the lever", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page, 200);
  for (const chart of await page.locator(".chart").all()) {
    await chart.getByRole("button", { name: /Data table/ }).click();
    expect(await chart.locator("tbody tr").count()).toBe(10);
    expect(await chart.getByRole("img").getAttribute("aria-label")).toMatch(/\d%/);
  }
  const cell = page.locator(".chart").first().locator("tbody tr").last().locator("td").first();
  const before = await cell.innerText();
  await page.locator("#start-from").selectOption("crackdown");
  await expect(cell).not.toHaveText(before);
});

test("that size and seed change the runs, and a seed that is none is put right", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page, 200);
  // All of them: a single one may look the same under other luck.
  const figures = async () => (await page.locator("[data-measure] .figure").allInnerTexts()).join(" ");
  const before = await figures();
  await page.getByRole("button", { name: "Other luck" }).click();
  await expect(page.locator("#seed")).toHaveValue("2");
  await expect.poll(figures).not.toBe(before);
  await page.locator("#seed").fill("-5");
  await page.keyboard.press("Tab");
  await expect(page.locator("#seed")).toHaveValue("0");
  await page.locator("#officials").selectOption("100");
  await expect.poll(() => shownKey(page)).toContain('"officials":100,"jurisdictions":2');
});

test("that a number that is being typed stands while runs arrive", async ({ open }) => {
  const page = await open("v=2&n=1&officials=1000&months=240");
  await runsShown(page, 8);
  // Typed, and not yet done: two more pictures come meanwhile.
  await page.locator("#seed").fill("77");
  await runsShown(page, 200);
  await expect(page.locator("#seed")).toHaveValue("77");
  await page.keyboard.press("Tab");
  await expect(page).toHaveURL(/n=77/);
});

test("that what a link sets beside the levers is told and can be taken back", async ({ open }) => {
  const page = await open("v=2&n=1&wo.complexity=0.5");
  await expect(page.getByText("Complexity of tasks 0.5")).toBeVisible();
  await page.getByRole("button", { name: "Back to 0.35" }).click();
  await expect(page.getByText("Complexity of tasks 0.5")).toHaveCount(0);
});
