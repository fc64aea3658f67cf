import type { Page } from "@playwright/test";
import { expect, test } from "./page";

async function ready(page: Page): Promise<void> {
  await expect(page.locator(".lesson")).toHaveAttribute("data-ready", "true");
}

/** Draw across the chart from its left to its right. */
async function draw(page: Page): Promise<void> {
  await page.locator(".draw-layer").scrollIntoViewIfNeeded();
  const box = await page.locator(".draw-layer").boundingBox();
  if (!box) throw new Error("the chart has no size");
  await page.mouse.move(box.x + 20, box.y + box.height * 0.6);
  await page.mouse.down();
  for (const share of [0.2, 0.4, 0.6, 0.8, 0.99]) await page.mouse.move(box.x + box.width * share, box.y + box.height * (0.6 - share / 4));
  await page.mouse.up();
}

/** Ask for every claim, one after the other. */
async function showAll(page: Page): Promise<void> {
  const show = page.locator("[data-tool=show-claim]");
  for (let shown = 0; await show.isVisible(); shown++) {
    await expect(page.locator(".lesson-claims li")).toHaveCount(shown);
    await show.click();
    await expect(page.locator(".lesson-claims li")).toHaveCount(shown + 1);
  }
}

test("that a class predicts, locks, reveals and discusses, and finds its prediction over the answer", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons");
  await page.locator("[data-lesson=campaign_and_fear]").click();
  // One can draw before the answer is worked out.
  await expect(page.locator(".draw-layer")).toBeVisible();
  await expect(page.getByRole("button", { name: "Lock the prediction" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Reveal", exact: true })).toBeDisabled();
  await draw(page);
  await page.getByRole("button", { name: "Lock the prediction" }).click();
  await expect(page.locator(".lesson-locked")).toBeVisible();
  await expect(page.locator(".draw-layer")).toHaveCount(0);
  await expect(page).toHaveURL(/lesson=campaign_and_fear\.1&predicted=/);
  await page.getByRole("button", { name: "Reveal the answer" }).click();
  await expect(page.locator(".prediction .chart-summary")).toContainText("Your drawing lay");
  await expect(page.locator(".prediction .chart-key")).toContainText("Your prediction");
  await expect(page.locator(".lesson-claims")).toHaveCount(0);
  await page.getByRole("button", { name: "More" }).click();
  await page.locator("[data-tool=show-claim]").click();
  await expect(page.locator(".claim-guess")).toHaveText(/The room thought: More/);
  await expect(page.locator(".lesson-charts")).toHaveCount(0);
  for (let n = 1; n < 8; n++) await page.locator("[data-tool=show-claim]").click();
  await expect(page.locator(".lesson-claims li")).toHaveCount(8);
  await expect(page.locator(".lesson-charts .chart")).toHaveCount(4);
  await expect(page.locator(".lesson-claims [data-holds=false]")).toHaveCount(0);
  await page.getByRole("button", { name: "Go on to the discussion" }).click();
  await expect(page.getByRole("heading", { name: "What the model cannot tell" })).toBeVisible();
  await expect(page.locator(".prediction .chart-key")).toContainText("Your prediction");
});

test("that a lesson says what the lock waits for, and leads to the presenter view", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=do_more_err_more.0");
  const lock = page.getByRole("button", { name: "Lock the prediction" });
  await expect(lock).toHaveAccessibleDescription("The prediction can be locked once all 3 values are drawn on the chart.");
  await draw(page);
  await expect(lock).toBeEnabled();
  await expect(page.locator(".lock-when")).toHaveCount(0);
  await page.locator(".present-lesson").click();
  await expect(page.locator(".strip-place")).toHaveText("Do more, err more: Predict");
  await expect(page.locator(".present-lesson")).toHaveCount(0);
});

test("that a short lesson asks three questions, keeps its length in the link, and leads to the whole one", async ({ open, page }) => {
  await open("v=2&n=1&w=lessons");
  await page.locator("[data-lesson=campaign_and_fear] + .which-length").click();
  await expect(page.locator(".lesson-place")).toContainText("15 minutes");
  await page.getByRole("button", { name: "Go on without a prediction" }).click();
  await page.getByRole("button", { name: "Reveal the answer" }).click();
  await ready(page);
  await expect(page.locator(".lesson-posed h4")).toContainText("Question 1 of 3");
  await page.locator("[data-guess=above]").click();
  await showAll(page);
  await expect(page.locator(".lesson-claims li")).toHaveCount(3);
  await expect(page).toHaveURL(/lesson=campaign_and_fear\.2&short=1&shown=3/);
  await page.getByRole("button", { name: "Go on to the discussion" }).click();
  await expect(page.locator(".lesson-questions:not(.lesson-cannot) li")).toHaveCount(1);
  await page.locator(".lesson-place .which-length").click();
  await expect(page.locator(".lesson-place")).toContainText("45 minutes");
  await expect(page).toHaveURL(/lesson=campaign_and_fear\.3$/);
});

test("that a drawing under way survives a look elsewhere", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=punishing_laziness.0");
  await draw(page);
  await page.getByRole("button", { name: "Explore" }).click();
  await expect(page.locator(".explore")).toBeVisible();
  await page.getByRole("button", { name: "Lessons" }).click();
  await expect(page.getByRole("button", { name: "Lock the prediction" })).toBeEnabled();
});

test("that the keyboard alone can predict and lock", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=do_more_err_more.0");
  await ready(page);
  for (const name of ["Inaction", "Routine", "Innovation"]) {
    await page.getByRole("slider", { name }).focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("PageUp");
  }
  await page.getByRole("button", { name: "Lock the prediction" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".lesson-locked")).toBeVisible();
});

test("that a language switched in the middle of a drawing loses nothing", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=punishing_laziness.0");
  await ready(page);
  await draw(page);
  const before = await page.locator(".draw-handle").evaluateAll((handles) => handles.map((handle) => handle.getAttribute("aria-valuenow")));
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("button", { name: "锁定预测" })).toBeEnabled();
  const after = await page.locator(".draw-handle").evaluateAll((handles) => handles.map((handle) => handle.getAttribute("aria-valuenow")));
  expect(after).toEqual(before);
});

test("that a link brings back a revealed lesson with its prediction, and one that does not fit is told", async ({ open, page }) => {
  await open("v=2&n=1&w=lessons&lesson=protective_umbrella.2&predicted=0_0.1_0.1_0.2_0.3_0.4_0.5");
  await ready(page);
  await expect(page.locator(".prediction .chart-summary")).toContainText("Your drawing lay");
  await page.goto("about:blank");
  await open("v=2&n=1&w=lessons&lesson=protective_umbrella.2&predicted=0.5");
  await expect(page.getByRole("alert")).toContainText("Its prediction holds 1 value; the lesson has 7.");
});

for (const lesson of ["do_more_err_more", "tolerance_on_paper", "protective_umbrella", "campaign_and_fear", "punishing_laziness", "one_size_fits_all"]) {
  test(`that the page answers ${lesson} and every claim holds`, async ({ open }) => {
    const page = await open(`v=2&n=1&w=lessons&lesson=${lesson}.2`);
    await ready(page);
    await showAll(page);
    await expect(page.locator(".lesson-claims li")).not.toHaveCount(0);
    await expect(page.locator(".lesson-claims [data-holds=false]")).toHaveCount(0);
    await expect(page.locator(".lesson [data-chart]").first()).toBeVisible();
  });
}

test("that a lesson goes on in Compare with its two policies", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=tolerance_on_paper.3");
  await page.getByRole("button", { name: /^Compare officials/ }).click();
  await expect(page.locator("[data-grid=now] canvas")).toBeVisible();
  await expect(page).toHaveURL(/w=compare&s=amnesty_on_paper&pin=baseline/);
});

test("that nothing is asked to be drawn where the answer is still to come", async ({ open, page }) => {
  // Workers that never answer: the runs are never done.
  await page.addInitScript(() => {
    Worker.prototype.postMessage = () => undefined;
  });
  await open("v=2&n=1&w=lessons&lesson=protective_umbrella.3");
  await expect(page.locator(".prediction .chart-summary")).toHaveText("The answer is drawn here as soon as all runs are done.");
});
