/** A class in a room: phones, the desk and the wall play two quarters against a real server, with all that goes wrong. */

import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";
import { choose, inRoom, isChosen, noFaults, onward, showing } from "./classroom";

test("that a class plays two quarters through reloads, lost networks, a second tab, a late guest and a killed server", async ({ browser }) => {
  test.setTimeout(2_400_000);
  await inRoom(browser, async (room) => {
    const { server } = room;
    const desk = await room.desk("en");
    const wall = await room.wall("zh-CN");
    const phones = [await room.phone(390, "en"), await room.phone(390, "zh-CN"), await room.phone(320, "en"), await room.phone(320, "zh-CN")];
    const [reloaded, lost, doubled, spoken] = phones as [Page, Page, Page, Page];
    await expect(wall.locator(".lobby-count")).toContainText("4");
    await noFaults([desk, wall, ...phones], "lobby");

    await onward(desk, "coins");
    await showing(phones, "coins");
    await noFaults([desk, wall, reloaded, spoken], "coins");
    for (const phone of phones) for (let n = 0; n < 6; n += 1) await phone.locator(".two button").nth(n % 2).click();
    await expect(desk.locator(".counts")).toContainText("4 have answered");

    await onward(desk, "guess");
    await showing(phones, "guess");
    await expect(reloaded.locator("button.primary")).toBeDisabled();
    for (const phone of phones) {
      await phone.locator(".drawing").click({ position: { x: 150, y: 60 } });
      await phone.locator("button.primary").click();
    }
    await expect(desk.locator(".counts")).toContainText("4 have answered");
    await noFaults([wall, reloaded, spoken], "guess");

    await onward(desk, "practice");
    for (const phone of phones) {
      await choose(phone, 1);
      await isChosen(phone, 1);
    }
    await onward(desk, "practised");
    await showing(phones, "practised");
    await onward(desk, "believe");
    for (const phone of phones) {
      for (let n = 0; n < 4; n += 1) {
        await phone.locator(".stepper button").nth(1).click();
        await phone.locator("button.primary").click();
      }
    }
    await expect(desk.locator(".counts")).toContainText("4 have answered");
    await noFaults([wall, reloaded, spoken], "believe");

    await onward(desk, "decide");
    await showing(phones, "decide");
    await reloaded.locator("summary").click();
    await noFaults([desk, wall, reloaded, spoken], "decide");

    await test.step("a reload keeps seat and choice", async () => {
      await choose(reloaded, 1);
      await isChosen(reloaded, 1);
      const seat = await reloaded.locator("h1").innerText();
      await reloaded.reload();
      await isChosen(reloaded, 1);
      expect(await reloaded.locator("h1").innerText()).toBe(seat);
    });

    await test.step("what is chosen without a network is said to be unsent, and arrives later", async () => {
      await lost.context().setOffline(true);
      await expect(lost.locator(".banner.is-warning")).toBeVisible();
      await choose(lost, 2);
      await expect(lost.locator("[data-standing=waiting]")).toBeVisible();
      await noFaults([lost], "offline");
      await lost.context().setOffline(false);
      await isChosen(lost, 2);
    });

    const second = room.watch(await doubled.context().newPage());
    await test.step("a second tab takes the seat, and the first says so", async () => {
      await second.goto(server.phonesUrl);
      await expect(doubled.getByRole("heading", { name: "Open in another tab" })).toBeVisible();
      await noFaults([doubled], "moved");
      await choose(second, 0);
      await isChosen(second, 0);
    });
    const seated = [reloaded, lost, second, spoken];

    await test.step("the language changes in mid-quarter", async () => {
      await choose(spoken, 2);
      await isChosen(spoken, 2);
      await spoken.getByRole("button", { name: /English/ }).click();
      await expect(spoken.getByRole("radio", { name: /Try something new −/ })).toBeChecked();
    });

    await test.step("a killed server goes on where it was, and what was said meanwhile arrives", async () => {
      await server.kill();
      await expect(reloaded.locator(".banner.is-warning")).toBeVisible();
      await choose(reloaded, 3);
      await expect(reloaded.locator("[data-standing=waiting]")).toBeVisible();
      const before = server.deskUrl;
      await server.start();
      expect(server.deskUrl).toBe(before); // so desk and wall come back by themselves
      await isChosen(reloaded, 3);
      await expect(desk.locator(".place .held")).toBeVisible();
      await expect(reloaded.locator(".banner")).toBeVisible();
      await noFaults([desk, wall, reloaded], "held");
      await desk.locator("button", { hasText: "Go on" }).click();
      await expect(desk.locator(".place .held")).toHaveCount(0);
      await expect(desk.locator(".counts")).toContainText("4 have answered");
      for (const [phone, place] of [[lost, 2], [second, 0], [spoken, 2]] as const) await isChosen(phone, place);
    });

    await onward(desk, "result");
    await showing(seated, "result");
    await expect(reloaded.locator(".months > li")).toHaveCount(3);
    await noFaults([desk, wall, reloaded, lost], "result");

    const late = await room.phone(390, "zh-CN");
    const everyone = [...seated, late];
    await onward(desk, "announce");
    await noFaults([desk, wall, late], "announce");
    await onward(desk, "decide");
    for (const [n, phone] of everyone.entries()) {
      await choose(phone, n % 3);
      await isChosen(phone, n % 3);
    }
    await expect(desk.locator(".counts")).toContainText("5 have answered");
    await onward(desk, "result");
    await onward(desk, "end");
    await showing(everyone, "end");
    await expect(reloaded.locator(".end .figure")).toBeVisible();
    await reloaded.getByRole("button", { name: "My history" }).click();
    await expect(reloaded.locator(".rows > li")).toHaveCount(2);
    await test.step("beside one's own quarters stands what the same luck would have brought", async () => {
      await spoken.getByRole("button", { name: "My history" }).click();
      for (const phone of [reloaded, spoken]) {
        const otherwise = phone.locator(".otherwise").first();
        await expect(otherwise.locator("summary span")).toHaveCount(3); // all that was open, but what was done
        await otherwise.locator("summary").click();
        await expect(otherwise.locator("li").first()).toBeVisible();
      }
      await noFaults([reloaded, spoken], "same luck");
    });
    await noFaults([desk, wall, reloaded, lost], "end");

    for (let step = 1; step <= 5; step += 1) {
      await onward(desk, "reveal");
      await expect(wall.locator(".wall-chart")).toHaveAttribute("data-reveal", String(step), { timeout: 60_000 });
      await expect(wall.locator(".sentence")).not.toBeEmpty();
      await noFaults([wall], `reveal ${step}`);
    }
    await wall.keyboard.press("t");
    await expect(wall.locator(".wall-table tbody tr")).toHaveCount(2);
    await noFaults([wall], "table");

    await onward(desk, "questions");
    await showing([...seated, late], "questions");
    await expect(wall.locator(".wall-questions li")).toHaveCount(3);
    await noFaults([desk, wall, reloaded, spoken], "questions");
    await test.step("the debrief's questions are answered on the phones, one after the other", async () => {
      for (const phone of [...seated, late]) {
        for (let n = 0; n < 3; n += 1) {
          const question = await phone.locator(".question").innerText();
          await choose(phone, n);
          await phone.locator("button.primary").click();
          await expect(phone.locator(".question", { hasText: question })).toHaveCount(0);
        }
      }
      await expect(desk.locator(".counts")).toContainText("5 have answered");
      await expect(wall.locator(".answer-counts")).toHaveCount(0); // not while they answer
    });

    await test.step("the wall is frozen and blacked out by its keys", async () => {
      await wall.keyboard.press("f");
      await onward(desk, "debrief");
      await expect(wall.locator(".frozen-mark")).toBeVisible();
      await expect(wall.locator(".wall")).toHaveAttribute("data-phase", "questions");
      await wall.keyboard.press("f");
      await expect(wall.locator(".wall")).toHaveAttribute("data-phase", "debrief");
      await wall.keyboard.press("b");
      await expect(wall.locator(".wall-black")).toBeFocused();
      await wall.keyboard.press("Enter");
      await expect(wall.locator(".wall-black")).toHaveCount(0);
    });
    await expect(wall.locator(".findings tbody tr")).toHaveCount(7, { timeout: 180_000 });
    await expect(wall.locator(".answer-counts").first().locator("strong")).toHaveText(["5", "0", "0", "0"]);
    await noFaults([desk, wall, late], "debrief");
    await test.step("the report is written from the desk", async () => {
      await desk.getByRole("button", { name: "Write the report" }).click();
      await expect(desk.locator(".written")).toContainText("report.en.html", { timeout: 120_000 });
    });

    await test.step("who leaves has no seat any more", async () => {
      await late.locator("header button").nth(1).click();
      await late.locator(".sheet > button.wide").last().click();
      await late.locator(".leaving button").last().click();
      await expect(late.getByRole("heading", { name: "您已退出" })).toBeVisible();
      await late.getByRole("button", { name: "重新进入" }).click(); // the page still hears, and knows of no seat
      await expect(late.locator("form .primary")).toBeVisible();
      await late.reload();
      await expect(late.locator("form .primary")).toBeVisible();
    });

    await onward(desk, "closed");
    await showing(seated, "closed");
    await noFaults([desk, wall, reloaded, lost], "closed");
  });
});

test("that a wrong code, and digits that fit no seat, are told in one sentence", async ({ browser }) => {
  test.setTimeout(2_400_000);
  await inRoom(browser, async (room) => {
    const phone = await room.page(320, 640, "en");
    await phone.goto(room.server.phonesUrl);
    await phone.locator("form .primary").click();
    await expect(phone.locator("#join-wrong")).toContainText("six digits");
    await phone.locator("input.code").fill(room.server.code === "111111" ? "222222" : "111111");
    await phone.locator("form .primary").click();
    await expect(phone.locator("#join-wrong")).toContainText("not the room's");
    await noFaults([phone], "wrong code");
    await phone.locator("summary").click();
    await phone.locator("details input").fill("7-1234");
    await phone.locator("details button").click();
    await expect(phone.locator("#join-wrong")).toContainText("do not belong together");
  });
});
