import type { Page } from "@playwright/test";
import { expect, test } from "./page";

async function gridShown(page: Page): Promise<void> {
  await expect(page.locator("[data-grid=own] canvas")).toBeVisible();
}

const monthOf = async (page: Page): Promise<number> => Number(await page.locator("[data-grid=own]").getAttribute("data-month"));

test("that a run is played, paused, stepped and scrubbed", async ({ open, page }) => {
  await page.clock.install();
  await open("v=2&n=1&w=people");
  await gridShown(page);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => monthOf(page)).toBeGreaterThan(3);
  await page.getByRole("button", { name: "Pause" }).click();
  const paused = await monthOf(page);
  await page.clock.runFor(2000);
  expect(await monthOf(page)).toBe(paused);
  await page.getByRole("button", { name: "One month on" }).click();
  await page.getByRole("button", { name: "One month on" }).click();
  await page.getByRole("button", { name: "One month back" }).click();
  expect(await monthOf(page)).toBe(paused + 1);
  await page.locator(".scrub").fill("60");
  expect(await monthOf(page)).toBe(60);
  await expect(page.locator(".player-month")).toHaveText("Month 61 of 120, year 6");
  await page.getByRole("button", { name: "Back to the first month" }).click();
  expect(await monthOf(page)).toBe(0);
  await expect(page).toHaveURL(/w=people/);
});

test("that speed counts, and at the end playing starts anew", async ({ open, page }) => {
  await page.clock.install();
  await open("v=2&n=1&w=people&month=109");
  await gridShown(page);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  const played = async (speed: string): Promise<number> => {
    const before = await monthOf(page);
    await page.locator(".player-speed select").selectOption(speed);
    await page.clock.runFor(500);
    return (await monthOf(page)) - before;
  };
  const play = page.getByRole("button", { name: "Play", exact: true });
  await play.click();
  await page.clock.runFor(100);
  const [slowly, fast] = [await played("4"), await played("8")];
  expect([slowly, fast]).toEqual([2, 4]);
  await page.clock.runFor(2000);
  expect(await monthOf(page)).toBe(119);
  await expect(play).toBeVisible();
  await play.click();
  await page.clock.runFor(1000);
  expect(await monthOf(page)).toBeGreaterThan(5);
  expect(await monthOf(page)).toBeLessThan(10);
});

test("that the keyboard goes through the grid and opens an official with its reasons and its past", async ({ open }) => {
  const page = await open("v=2&n=1&w=people&month=37");
  await gridShown(page);
  await page.locator("[data-grid=own]").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Home", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  const card = page.locator("[data-official='1']");
  await expect(card).toHaveAttribute("data-month", "36");
  await expect(card.getByRole("heading", { name: "Official 2, Jurisdiction 1" })).toBeVisible();
  await expect(card.locator(".reasons tbody tr")).not.toHaveCount(0);
  await expect(card.locator("[data-chart=beliefs]")).toBeVisible();
  const before = await card.locator(".official-deed").textContent();
  await page.locator(".scrub").fill("40");
  await expect(card).toHaveAttribute("data-month", "40");
  expect(before).toBeTruthy();
  await card.getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".official")).toHaveCount(0);
});

test("that a click opens an official and the link brings it back", async ({ open, page }) => {
  await open("v=2&n=1&w=people&month=13");
  await gridShown(page);
  const box = await page.locator("[data-grid=own]").boundingBox();
  if (!box) throw new Error("the grid has no size");
  await page.mouse.click(box.x + 15, box.y + 40);
  await expect(page.locator(".official")).toHaveAttribute("data-official", "0");
  await expect(page).toHaveURL(/month=13&official=1/);
  const link = page.url().split("#")[1] ?? "";
  await page.goto("about:blank");
  await open(link);
  await expect(page.locator("[data-official='0']")).toHaveAttribute("data-month", "12");
});

test("that another policy gives another film of the same officials, and the language another tongue", async ({ open }) => {
  const page = await open("v=2&n=1&w=people&month=61&official=4");
  await gridShown(page);
  const said = page.locator(".people .chart-summary").first();
  const before = await said.textContent();
  await page.locator("#start-from").selectOption("crackdown");
  await expect(said).not.toHaveText(before ?? "");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "4 号干部，辖区 1" })).toBeVisible();
  await expect(page.locator("[data-grid=own]")).toHaveAttribute("data-month", "60");
});

/** What the page did in one of its frames while a run is played. */
interface Frame {
  readonly month: number;
  /** How often the canvas was drawn anew, and how many pictures of officials were put on it. */
  readonly drawings: number;
  readonly pictures: number;
  /** What workers were asked for, and parts that were put into the page. */
  readonly asked: number;
  readonly parts: number;
}

test("that a thousand officials are drawn once a frame at most, and nothing is worked out anew while they play", async ({ open, page }) => {
  const [officials, seconds, speed] = [1000, 3, 16];
  await page.addInitScript(() => {
    const work = { month: 0, drawings: 0, pictures: 0, asked: 0, parts: 0 };
    const frames: Frame[] = [];
    const counted = (owner: object, name: string, what: keyof typeof work): void => {
      const done = Reflect.get(owner, name) as (...put: unknown[]) => unknown;
      Reflect.set(owner, name, function count(this: unknown, ...put: unknown[]) {
        work[what] += 1;
        return done.apply(this, put);
      });
    };
    counted(CanvasRenderingContext2D.prototype, "clearRect", "drawings");
    counted(CanvasRenderingContext2D.prototype, "drawImage", "pictures");
    counted(Worker.prototype, "postMessage", "asked");
    const seen = (): void => {
      frames.push({ ...work, month: Number(document.querySelector<HTMLElement>("[data-grid=own]")?.dataset["month"]) });
      Object.assign(work, { drawings: 0, pictures: 0, asked: 0, parts: 0 });
      requestAnimationFrame(seen);
    };
    const watch = (): void => {
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) work.parts += [...addedNodes].filter(({ nodeType }) => nodeType === Node.ELEMENT_NODE).length;
      }).observe(document.body, { childList: true, subtree: true });
      Object.assign(work, { drawings: 0, pictures: 0, asked: 0, parts: 0 });
      requestAnimationFrame(seen);
    };
    Object.assign(window, { frames, watch });
  });
  await page.clock.install();
  await open(`v=2&n=1&w=people&officials=${officials}&jurisdictions=20`);
  await gridShown(page);
  await page.locator(".player-speed select").selectOption(String(speed));
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.clock.runFor(200);
  await page.evaluate(() => (window as unknown as { watch: () => void }).watch());
  const began = await monthOf(page);
  await page.clock.runFor(1000 * seconds);
  const frames = await page.evaluate(() => (window as unknown as { frames: readonly Frame[] }).frames);
  expect(frames.length).toBeGreaterThan(30 * seconds);
  expect(frames.filter(({ drawings, pictures }) => drawings > 1 || pictures > officials)).toEqual([]);
  expect(frames.filter(({ asked, parts }) => asked + parts > 0)).toEqual([]);
  // Months follow the clock however long a frame takes, one after the other.
  const months = frames.map(({ month }) => month);
  expect(Math.abs((months.at(-1) ?? 0) - began - speed * seconds)).toBeLessThanOrEqual(1);
  months.slice(1).forEach((month, place) => expect([0, 1]).toContain(month - (months[place] ?? 0)));
});
