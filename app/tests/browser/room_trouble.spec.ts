/** Phones in trouble: sockets that never open, another phone, a seat that is released; and other ways of looking. */

import { expect, test, type Page } from "@playwright/test";
import { choose, inRoom, isChosen, noFaults, onward, showing } from "./classroom";

async function toPractice(desk: Page): Promise<void> {
  for (const phase of ["coins", "guess", "practice"]) await onward(desk, phase);
}

async function digitsOf(phone: Page): Promise<string> {
  return (await phone.locator(".keep strong").first().innerText()).trim();
}

test("that phones play by requests where sockets do not open, swap, are released, and are read in other ways", async ({ browser }) => {
  test.setTimeout(2_400_000);
  await inRoom(browser, async (room) => {
    const { server } = room;
    const desk = await room.desk("zh-CN", { colorScheme: "dark" });
    const wall = await room.wall("en", { colorScheme: "dark" });
    const dark = await room.phone(390, "en", { colorScheme: "dark", reducedMotion: "reduce" });
    const swapped = await room.phone(390, "zh-CN");

    const deaf = await room.page(390, 844, "en");
    await deaf.routeWebSocket(/\/ws$/, (socket) => socket.close());
    await test.step("a phone whose sockets are closed joins by requests", async () => {
      await deaf.goto(`${server.phonesUrl}/#${server.code}`);
      await deaf.locator("form .primary").click();
      await expect(deaf.locator("[data-phase=lobby]")).toBeVisible();
    });

    const large = await room.phone(320, "en");
    await large.addStyleTag({ content: "html { font-size: 200% }" });
    await noFaults([desk, wall, dark, large, deaf], "lobby");

    await toPractice(desk);
    await showing([dark, swapped, deaf, large], "practice");
    await test.step("it chooses by requests, too", async () => {
      await choose(deaf, 1);
      await isChosen(deaf, 1);
    });
    await noFaults([desk, wall, dark, large, deaf], "practice");

    const digits = await test.step("a seat goes on on another phone", async () => {
      await swapped.locator("header button").nth(1).click();
      const found = await digitsOf(swapped);
      await swapped.locator(".sheet .head button").click();
      await choose(swapped, 2);
      await isChosen(swapped, 2);
      return found;
    });
    const other = await room.page(390, 844, "en");
    await other.goto(server.phonesUrl);
    await other.locator("summary").click();
    await other.locator("details input").fill(digits);
    await other.locator("details button").click();
    await expect(other.locator("h1")).toContainText(digits.split("-")[0] ?? "");
    await isChosen(other, 2); // the choice came along
    await expect(swapped.locator(".notice")).toBeVisible();
    await noFaults([swapped, other], "swapped");

    await test.step("a seat that the desk releases is free for its digits", async () => {
      const form = desk.locator("form.number-form").last();
      await form.locator("input").fill(digits.split("-")[0] ?? "");
      await form.locator("button").click();
      await expect(other.locator("[data-phase]")).toHaveCount(0);
      await swapped.goto("about:blank");
      await swapped.goto(server.phonesUrl);
      await swapped.locator("summary").click();
      await swapped.locator("details input").fill(digits);
      await swapped.locator("details button").click();
      await showing([swapped], "practice");
    });

    await test.step("the desk is led by keys, and its wall frozen from there", async () => {
      await desk.locator("h1").click();
      await desk.keyboard.press("n");
      await showing([dark], "practised");
      await noFaults([desk, wall, dark, large], "practised");
    });
    await test.step("hands are counted at the desk", async () => {
      await onward(desk, "believe");
      await onward(desk, "decide");
      await desk.locator("details.card summary").click();
      await desk.locator("form.hands button").click(); // nothing is counted yet
      await expect(desk.locator(".desk-alerts")).toContainText("至少为 1");
      await noFaults([desk], "refused");
      const fields = desk.locator("form.hands input");
      for (const [n, count] of ["4", "6", "5", "0"].entries()) await fields.nth(n).fill(count);
      await desk.locator("form.hands button").click();
      await expect(desk.locator(".desk-alerts")).toBeEmpty();
      await onward(desk, "result");
      await expect(wall.locator(".sentence")).toContainText("%");
      await noFaults([desk, wall, large], "hands");
    });
    await test.step("the room is ended and erased from the desk, which says so; phones are not told to wait", async () => {
      await desk.locator(".lead-buttons > button.quiet").click();
      await desk.locator(".lead-buttons .sure button").first().click();
      await showing([dark, large], "closed");
      expect(server.isKept()).toBe(true);
      await desk.locator("section.card > button.quiet").click();
      await noFaults([desk], "to be erased");
      await desk.locator("section.card > .sure button").first().click();
      await expect(desk.locator("main.empty")).toContainText("已删除");
      await expect.poll(() => server.isKept()).toBe(false);
      await expect(dark.locator(".banner.is-warning")).toHaveCount(0);
      await noFaults([desk, dark], "erased");
    });
  });
});

test("that a desk, a wall and lessons left open from yesterday say what to open, and no longer ask", async ({ browser }) => {
  test.setTimeout(2_400_000);
  await inRoom(browser, async (room) => {
    const { server } = room;
    const desk = await room.desk("en");
    await expect(desk.locator(".desk")).toBeVisible();
    const wall = await room.wall("zh-CN");
    await expect(wall.locator(".wall")).toBeVisible();
    const lessons = await room.page(1366, 768, "en");
    await lessons.goto(`${server.deskUrl}/lessons#${server.token}`);
    await server.kill();
    await expect(desk.locator(".desk-alerts")).toContainText("does not answer");
    const before = server.deskUrl;
    await server.startAnother();
    expect(server.deskUrl).toBe(before); // another room where yesterday's was
    for (const [page, words] of [[desk, "--reopen ROOM"], [wall, "--reopen"], [lessons, "--reopen ROOM"]] as const) {
      await expect(page.locator("main.empty")).toContainText(words);
      await noFaults([page], "yesterday");
    }
    await desk.reload();
    await expect(desk.locator("main.empty")).toContainText("whole address");
    await desk.goto(`${server.deskUrl}/#${server.token}`);
    await expect(desk.locator(".desk")).toBeVisible();
  });
});
