/** How officials decide: the choice, what it runs, and that whatever is not by the default says so. */

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { serious } from "./axe";
import { misfits } from "./fit";
import { address, expect, runsShown, test } from "./page";

const FEAR = "Another rule: fear (probability neglect)";

async function front(page: Page): Promise<number> {
  return Number.parseFloat((await page.locator(".headline-front .figure").textContent()) ?? "");
}

async function saved(page: Page, chart: string, form: string): Promise<string> {
  await page.getByRole("button", { name: `Save: ${chart}` }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: form }).click()]);
  return readFileSync(await file.path(), "utf8");
}

test("that the choice runs the rule, its weight takes it back, and undo and redo go over it", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page, 200);
  const byDefault = await front(page);
  await expect(page.locator(".rule-badge")).toHaveCount(0);
  await page.getByLabel("How officials decide", { exact: true }).selectOption({ label: "fear (probability neglect)" });
  await expect(page.locator(".explore .rule-badge").first()).toContainText(FEAR);
  await runsShown(page, 200);
  await expect.poll(() => front(page)).toBeLessThan(byDefault - 5);
  // The figure's own badge and one on each of the four charts.
  await expect(page.locator(".explore .rule-badge")).toHaveCount(5);
  await expect(page).toHaveURL(/de\.rule=fear/);
  const weight = page.getByRole("spinbutton", { name: "Weight of the decision rule, as a number" });
  await weight.fill("0");
  await weight.press("Enter");
  await expect(page.locator(".rule-badge")).toHaveCount(0);
  await expect.poll(() => front(page)).toBe(byDefault);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".explore .rule-badge").first()).toContainText(FEAR);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("How officials decide", { exact: true })).toHaveValue("expected_utility");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByLabel("How officials decide", { exact: true })).toHaveValue("fear");
  await page.getByRole("button", { name: "Replay" }).click();
  await expect(page.locator(".explore .rule-badge").first()).toContainText(FEAR);
});

test("that a rule's own numbers are levers of it", async ({ open }) => {
  const page = await open("v=2&n=1&de.rule=reinforcement");
  await runsShown(page, 200);
  const before = await front(page);
  await page.getByText("Numbers of this rule (1)").click();
  const rate = page.getByRole("spinbutton", { name: "Rate of learning from experience, as a number" });
  await rate.fill("0.8");
  await rate.press("Enter");
  await expect(page).toHaveURL(/de\.learning_rate=0\.8/);
  await expect.poll(() => front(page)).not.toBe(before);
  await page.getByLabel("How officials decide", { exact: true }).selectOption("prospect");
  await expect(page).not.toHaveURL(/learning_rate/);
  await expect(page.getByText("Numbers of this rule (6)")).toBeVisible();
});

test("that the pinned policy keeps its rule, and both are named", async ({ open }) => {
  const page = await open("v=2&n=1&de.rule=fear");
  await runsShown(page);
  await page.getByRole("button", { name: "Pin this policy" }).click();
  await page.getByLabel("How officials decide", { exact: true }).selectOption("expected_utility");
  await expect(page.locator(".explore .rule-badge").first()).toContainText("Pinned policy by another rule: fear");
  await page.getByRole("button", { name: "Swap" }).click();
  await expect(page.locator(".explore .rule-badge").first()).toContainText(`${FEAR}; pinned: expected utility`);
});

test("that Compare shows the same officials under two rules, each named", async ({ open }) => {
  const page = await open("v=2&n=1&w=compare&de.rule=reinforcement&pin=baseline&pin.de.rule=threshold&official=18&month=31");
  await expect(page.locator(".compare-said")).toContainText("do something else");
  const badges = page.locator(".compare-grids .chart .rule-badge");
  await expect(badges.nth(0)).toContainText("Another rule: threshold");
  await expect(badges.nth(1)).toContainText("Another rule: reinforcement");
  const twins = page.locator(".twins .official");
  await expect(twins.nth(0).locator(".rule-badge")).toContainText("innovate:");
  await expect(twins.nth(1).locator("tbody")).toContainText("What it has brought so far");
  await expect(page.locator(".flips[data-flips]")).toHaveCount(2);
});

test("that the map is of the rule", async ({ open }) => {
  const page = await open("v=2&n=1&w=map&de.rule=fear&de.weight=0.5");
  await expect(page.locator(".map .rule-badge")).toContainText(`${FEAR}, weight 0.5`);
  await expect(page.locator(".map .chart-summary")).toContainText("Innovation runs from");
});

test("that a lesson stays with the default, and says so", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=protective_umbrella.2&de.rule=fear");
  await expect(page.locator(".lesson-rule")).toContainText("made for the default rule");
  await expect(page.locator(".lesson[data-ready=true] svg[data-chart]").first()).toBeVisible();
  await expect(page.locator(".lesson .rule-badge")).toHaveCount(0);
});

test("that what is taken away says so: CSV, drawing, report, Python", async ({ open }) => {
  const page = await open("v=2&n=7&de.rule=prospect&de.weight=0.6");
  await runsShown(page, 200);
  const csv = await saved(page, "Innovation rate", "Numbers (CSV)");
  expect(csv).toContain("# Another rule: prospect theory, weight 0.6");
  expect(csv).toContain("decision.rule=prospect; decision.weight=0.6");
  const svg = await saved(page, "Innovation rate", "Drawing (SVG)");
  expect(svg).toContain("◆ Another rule: prospect theory, weight 0.6");
  await page.getByRole("button", { name: "Report" }).click();
  await expect(page.locator(".sheet-head .rule-badge")).toContainText("Another rule: prospect theory, weight 0.6");
  await expect(page.locator(".sheet .chart .rule-badge")).toHaveCount(3);
  await expect(page.locator(".sheet-settings")).toContainText("prospect theory");
  await expect(page.locator(".python")).toContainText('"decision.rule": "prospect", "decision.weight": 0.6');
  await expect(page.locator(".sheet-address")).toContainText("de.rule=prospect&de.weight=0.6");
});

test("that a link which asks for another network, or a rule there is not, opens the default and says why", async ({ open }) => {
  const page = await open("v=2&n=1&ne.kind=hierarchy");
  await expect(page.getByRole("alert")).toContainText("ne.kind is hierarchy. This page runs the complete network only");
  await page.goto(address("v=2&n=1&l=zh-CN&de.rule=whim"));
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("de.rule");
  await expect(page.locator(".rule-badge")).toHaveCount(0);
});

test("that the presenter's view and the trainer's own window say it too", async ({ open, context }) => {
  const page = await open("v=2&n=1&de.rule=satisficing&present=1");
  await runsShown(page);
  await expect(page.locator(".explore .rule-badge").first()).toBeVisible();
  const [notes] = await Promise.all([context.waitForEvent("page"), page.getByRole("button", { name: "Notes" }).click()]);
  await expect(notes.locator(".rule-badge")).toContainText("Another rule: satisficing");
});

for (const [language, width, height] of [
  ["en", 1366, 768],
  ["zh-CN", 1366, 768],
  ["en", 390, 844],
  ["zh-CN", 390, 844],
] as const) {
  test(`that all views under another rule can be read in ${language} at ${width} pixels`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    const more = `l=${language}&de.rule=satisficing&de.weight=0.5&pin=baseline&pin.de.rule=fear&official=18&month=31`;
    for (const view of ["explore", "people", "compare", "map", "report"]) {
      await open(`v=2&n=1&w=${view}&${more}`);
      await page.reload();
      await expect(page.locator("main .rule-badge").first()).toBeVisible();
      await expect(page.locator("main .waiting")).toHaveCount(0);
      expect(await misfits(page)).toEqual([]);
      expect(await serious(page)).toEqual([]);
    }
  });

  test(`that the choice can be read and used in ${language} at ${width} pixels`, async ({ open, page }) => {
    await page.setViewportSize({ width, height });
    await open(`v=2&n=1&l=${language}&de.rule=prospect`);
    if (width < 800) await page.getByRole("button", { name: language === "en" ? "Levers" : "调整政策", exact: true }).click();
    const label = language === "en" ? "How officials decide" : "干部如何决策";
    await page.getByLabel(label, { exact: true }).scrollIntoViewIfNeeded();
    await page.locator("[data-lever='decision.rule'] .lever-head button").click();
    await expect(page.locator(".rule-elsewhere")).toBeVisible();
    expect(await misfits(page)).toEqual([]);
    expect(await serious(page)).toEqual([]);
    await page.getByLabel(label, { exact: true }).selectOption("expected_utility");
    await expect(page.locator("[data-lever='decision.weight']")).toHaveCount(0);
  });
}

for (const language of ["en", "zh-CN"] as const) {
  test(`that officials stand in the same places where the rules compared differ, ${language}`, async ({ open }) => {
    const page = await open(`v=2&n=1&l=${language}&w=compare&s=crackdown&pin=baseline&de.rule=fear&de.weight=0.6`);
    const sizes = async (): Promise<unknown[]> =>
      Promise.all((await page.locator("[data-grid] canvas").all()).map(async (grid) => {
        const box = await grid.boundingBox();
        return [box?.y, box?.width, box?.height];
      }));
    await expect.poll(async () => (await sizes()).length).toBe(2);
    const [before, now] = await sizes();
    expect(before).toEqual(now);
    await expect(page.locator(".compare-grids .rule-badge")).toHaveCount(2);
  });
}
