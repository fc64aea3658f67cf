/** A lesson in a room: phones draw the prediction, the middle one is locked, the model answers. */

import { expect, test, type Page } from "@playwright/test";
import { inRoom, noFaults } from "./classroom";

const LESSON = "campaign_and_fear";

async function guess(phone: Page, height: number): Promise<void> {
  await phone.locator(".drawing").click({ position: { x: 150, y: height } });
  await phone.locator("button.primary").click();
  await expect(phone.locator(".notice-line")).not.toBeEmpty();
}

test("that the phones' predictions are collected unseen, locked, drawn without names and answered", async ({ browser }) => {
  test.setTimeout(2_400_000);
  await inRoom(browser, async (room) => {
    const desk = await room.desk("en");
    const opening = desk.context().waitForEvent("page");
    await desk.getByRole("button", { name: "Lessons on the wall" }).click();
    const lessons = room.watch(await opening);
    await lessons.setViewportSize({ width: 1920, height: 1080 });
    await expect(lessons.locator(".lesson-card")).toHaveCount(7);
    expect(await lessons.evaluate(() => location.hash)).toBe("");
    await noFaults([lessons], "lessons");

    const phones: Page[] = [];
    for (const [width, locale] of [[390, "en"], [390, "zh-CN"], [320, "zh-CN"], [320, "en"], [390, "en"]] as const) {
      phones.push(await room.phone(width, locale));
    }
    await expect(lessons.locator(".room-in")).toContainText("5 in");
    await lessons.locator(`[data-lesson=${LESSON}]`).click();
    await lessons.getByRole("button", { name: "Ask the phones" }).click();
    for (const phone of phones) await expect(phone.locator(".drawing")).toBeVisible();
    const [first] = phones as [Page, ...Page[]];
    await expect(first.locator(".slider span").first()).toHaveText("Year 4");
    await noFaults([...phones.slice(0, 4), lessons], "asked");
    for (const [n, phone] of phones.entries()) await guess(phone, 40 + 25 * n);
    await expect(lessons.locator(".ask-phones")).toContainText("5 of 5");
    await expect(lessons.locator(".class-guess")).toHaveCount(0); // hidden until they are locked
    await lessons.getByRole("button", { name: "Lock the phones" }).click();
    await expect(lessons.locator(".class-guess")).toHaveCount(5);
    await expect(lessons.locator(".lesson")).toHaveAttribute("data-step", "lock");
    await noFaults([lessons], "locked");
    await lessons.getByRole("button", { name: "Reveal the answer" }).click();
    await expect(lessons.locator(".lesson")).toHaveAttribute("data-ready", "true", { timeout: 300_000 });
    await expect(lessons.locator("[data-chart=prediction] .class-guess")).toHaveCount(5);
    await noFaults([lessons], "answered");

    await lessons.getByRole("button", { name: /Chinese/ }).click();
    await expect(lessons.locator("html")).toHaveAttribute("lang", "zh-CN");
    await noFaults([lessons], "answered");
  });
});
