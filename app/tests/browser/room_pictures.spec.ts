/** Pictures of every screen of a room, to be looked at: `PICTURES=folder npx playwright test room_pictures`.
 *
 * Phones at 320 and 390 pixels, light and dark; the desk at 320, 390, 1366 and 1920; the wall at 390, 1366 and 1920; all in
 * both languages. Of each it is checked that nothing lies beyond the right rim.
 */

import { expect, test, type Page } from "@playwright/test";
import { choose, inRoom, isChosen, onward, picture, PICTURES, type Classroom } from "./classroom";
import { Bot } from "./room_bots";

type Size = readonly [number, number];
const PHONES: readonly Size[] = [[320, 640], [390, 844]];
const DESKS: readonly Size[] = [[320, 640], [390, 844], [1366, 768], [1920, 1080]];
const WALLS: readonly Size[] = [[390, 844], [1366, 768], [1920, 1080]];
const PEOPLE = 16;

interface Look {
  readonly sizes: readonly Size[];
  readonly schemes: readonly ("light" | "dark")[];
}

const PHONE: Look = { sizes: PHONES, schemes: ["light", "dark"] };
const DESK: Look = { sizes: DESKS, schemes: ["light"] };
const WALL: Look = { sizes: WALLS, schemes: ["light"] };

/** Take a page's pictures in all sizes, schemes and languages, and leave it as it was. */
async function seen(page: Page, name: string, { sizes, schemes }: Look, isWhole = true): Promise<void> {
  const before = page.viewportSize();
  for (const language of ["en", "zh-CN"]) {
    await speak(page, language);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await picture(page, `${name} ${colorScheme}`, isWhole);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([name, width, language, Math.max(wide, 0)]).toEqual([name, width, language, 0]);
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await speak(page, "en");
  if (before) await page.setViewportSize(before);
}

/** Switch the language where it is another; by script, since a dialog may lie over the button. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((wanted) => {
    if (document.documentElement.lang !== wanted) document.querySelector<HTMLElement>(`button[lang="${wanted}"]`)?.click();
  }, language);
  await page.waitForTimeout(100);
}

test("pictures of every screen of a room", async ({ browser }) => {
  test.skip(!PICTURES, "PICTURES names no folder");
  test.setTimeout(3_600_000);
  await inRoom(browser, async (room) => lesson(room), { seats: 30 });
});

async function lesson(room: Classroom): Promise<void> {
  const { server } = room;
  const bots = Array.from({ length: PEOPLE }, (_, n) => new Bot(server.phonesUrl, server.code, n + 1));
  const desk = await room.desk("en");
  const wall = await room.wall("en");
  const all = async (name: string): Promise<void> => {
    await seen(desk, `desk ${name}`, DESK);
    await seen(wall, `wall ${name}`, WALL);
  };

  const phone = await room.page(390, 844, "en");
  await phone.goto(`${server.phonesUrl}/#${server.code}`);
  await seen(phone, "phone join", PHONE);
  await phone.locator("input.code").fill("12");
  await phone.locator("form .primary").click();
  await phone.locator("summary").click();
  await seen(phone, "phone join wrong", PHONE);
  await phone.locator("input.code").fill(server.code);
  await phone.locator("form .primary").click();
  await expect(phone.locator("[data-phase=lobby]")).toBeVisible();
  for (const bot of bots) await bot.hello();
  await seen(phone, "phone lobby", PHONE);
  await all("lobby");
  await phone.locator("header button").nth(1).click();
  await seen(phone, "phone menu", PHONE, false);
  await phone.locator(".sheet > button.wide").last().click();
  await seen(phone, "phone leave", PHONE, false);
  await phone.locator(".sheet .head button").click();

  await onward(desk, "coins");
  await expect(phone.locator("[data-phase=coins]")).toBeVisible();
  await seen(phone, "phone coins", PHONE);
  await all("coins");
  for (let n = 0; n < 6; n += 1) await phone.locator(".two button").nth(n % 2).click();
  await seen(phone, "phone coins done", PHONE);
  for (const bot of bots) await bot.answer();

  await onward(desk, "guess");
  await expect(phone.locator("[data-phase=guess]")).toBeVisible();
  await seen(phone, "phone guess", PHONE);
  await all("guess");
  await phone.locator(".drawing").click({ position: { x: 60, y: 120 } });
  await phone.locator(".drawing").click({ position: { x: 300, y: 60 } });
  await phone.locator("summary").click();
  await phone.locator("button.primary").click();
  await seen(phone, "phone guess sent", PHONE);
  for (const bot of bots) await bot.answer();

  await onward(desk, "practice");
  await expect(phone.locator("[data-phase=practice]")).toBeVisible();
  await seen(phone, "phone practice", PHONE);
  await all("practice");
  await choose(phone, 1);
  await isChosen(phone, 1);
  await onward(desk, "practised");
  await expect(phone.locator("[data-phase=practised]")).toBeVisible();
  await seen(phone, "phone practised", PHONE);
  await all("practised");

  await onward(desk, "believe");
  await expect(phone.locator("[data-phase=believe]")).toBeVisible();
  await phone.locator(".stepper button").nth(1).click();
  await seen(phone, "phone believe", PHONE);
  await all("believe");
  for (let n = 0; n < 4; n += 1) {
    await phone.locator(".stepper button").nth(1).click();
    await phone.locator("button.primary").click();
  }
  await seen(phone, "phone believe done", PHONE);
  for (const bot of bots) await bot.answer();

  await onward(desk, "decide");
  await expect(phone.locator("[data-phase=decide]")).toBeVisible();
  await seen(phone, "phone decide", PHONE);
  await phone.locator("summary").click();
  await choose(phone, 2);
  await isChosen(phone, 2);
  await seen(phone, "phone decide chosen", PHONE);
  for (const bot of bots.slice(0, 9)) await bot.answer();
  await all("decide");
  await phone.context().setOffline(true);
  await expect(phone.locator(".banner.is-warning")).toBeVisible();
  await choose(phone, 1);
  await seen(phone, "phone offline", PHONE);
  await phone.context().setOffline(false);
  await isChosen(phone, 1);
  const second = room.watch(await phone.context().newPage());
  await second.goto(server.phonesUrl);
  await expect(phone.getByRole("heading", { name: "Open in another tab" })).toBeVisible();
  await seen(phone, "phone moved", PHONE);
  await second.close();
  await phone.locator("button.primary").click();
  await isChosen(phone, 1);
  await desk.locator("button", { hasText: "Hold" }).click();
  await expect(desk.locator(".place .held")).toBeVisible();
  await expect(phone.locator(".banner")).toBeVisible();
  await seen(phone, "phone held", PHONE);
  await all("held");
  await desk.locator("button", { hasText: "Go on" }).click();
  for (const bot of bots.slice(9)) await bot.answer();

  await onward(desk, "result");
  await expect(phone.locator("[data-phase=result]")).toBeVisible();
  await seen(phone, "phone result", PHONE);
  await all("result");
  await phone.getByRole("button", { name: "My history" }).click();
  await seen(phone, "phone history", PHONE, false);
  await phone.locator(".sheet[open] .head button").click();

  const late = await room.phone(390, "en");
  await seen(late, "phone late", PHONE);
  await onward(desk, "announce");
  await expect(phone.locator("[data-phase=announce]")).toBeVisible();
  await seen(phone, "phone announce", PHONE);
  await all("announce");
  await onward(desk, "decide");
  await expect(phone.locator("[data-phase=decide]")).toBeVisible();
  await seen(phone, "phone decide changed", PHONE);
  for (const bot of bots) await bot.answer();
  await onward(desk, "result"); // the phone is late: its deputy decides
  await expect(phone.locator("[data-phase=result]")).toBeVisible();
  await seen(phone, "phone deputy", PHONE);

  await onward(desk, "end");
  await expect(phone.locator(".end .figure")).toBeVisible();
  await seen(phone, "phone end", PHONE);
  await all("end");
  await phone.getByRole("button", { name: "My history" }).click();
  await phone.locator(".otherwise summary").first().click();
  await seen(phone, "phone same luck", PHONE, false);
  await phone.locator(".sheet[open] .head button").click();
  for (let step = 1; step <= 5; step += 1) {
    await onward(desk, "reveal");
    await expect(wall.locator(".wall-chart")).toHaveAttribute("data-reveal", String(step));
    await seen(wall, `wall reveal ${step}`, WALL);
  }
  await seen(desk, "desk reveal", DESK);
  await wall.keyboard.press("t");
  await seen(wall, "wall table", WALL);
  await wall.keyboard.press("t");

  await onward(desk, "questions");
  await expect(phone.locator("[data-phase=questions] .choice").first()).toBeVisible();
  await choose(phone, 1);
  await seen(phone, "phone questions", PHONE);
  while ((await phone.locator("[data-phase=questions] .choice").count()) > 0) {
    const before = await phone.locator(".question").innerText();
    await choose(phone, 1);
    await phone.locator("button.primary").click();
    await expect(phone.locator(".question", { hasText: before })).toHaveCount(0);
  }
  await seen(phone, "phone questions done", PHONE);
  for (const bot of bots) await bot.answer();
  await all("questions");
  await onward(desk, "debrief");
  await expect(wall.locator(".findings tbody tr")).toHaveCount(7, { timeout: 180_000 });
  await desk.getByRole("button", { name: "Write the report" }).click();
  await expect(desk.locator(".written")).toContainText("report.en.html", { timeout: 120_000 });
  await seen(phone, "phone debrief", PHONE);
  await all("debrief");

  await late.locator("header button").nth(1).click();
  await late.locator(".sheet > button.wide").last().click();
  await late.locator(".leaving button").last().click();
  await expect(late.locator("[data-phase]")).toHaveCount(0);
  await seen(late, "phone left", PHONE);
  await desk.locator("button", { hasText: "End the room" }).click();
  await seen(desk, "desk end asked", DESK);
  await desk.locator("button", { hasText: "Cancel" }).click();
  await onward(desk, "closed");
  await expect(phone.locator("[data-phase=closed]")).toBeVisible();
  await seen(phone, "phone closed", PHONE);
  await desk.locator("button", { hasText: "Erase the room" }).click();
  await all("closed");
  await server.kill();
  await expect(desk.locator(".desk-alerts")).toContainText("does not answer");
  await all("lost");
  await seen(phone, "phone room gone", PHONE);
  const stray = await room.page(1366, 768, "en");
  await server.start();
  await stray.goto(server.deskUrl);
  await expect(stray.locator(".empty")).toBeVisible();
  await seen(stray, "desk no token", DESK);
}
