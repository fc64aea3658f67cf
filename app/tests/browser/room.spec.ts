/** A class in a room: phones, the desk and the wall play two quarters against a real server, with all that goes wrong. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { RoomServer } from "./room_server";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What a browser says of a server that is not there for a moment; nothing else may be complained of. */
const GONE = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|WebSocket connection to .* failed|ERR_EMPTY_RESPONSE/;

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

declare const axe: { run: (context: Document, options: object) => Promise<{ violations: Found[] }> };

/** The pages of a room, with a record of what went wrong or left the two sockets. */
class Classroom {
  readonly record: string[] = [];
  readonly server = new RoomServer();

  constructor(private readonly browser: Browser) {}

  watch(page: Page): Page {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !GONE.test(message.text())) this.record.push(message.text());
    });
    page.on("pageerror", (error) => this.record.push(String(error)));
    page.on("request", (request) => this.asked(request.url()));
    page.on("websocket", (socket) => this.asked(socket.url().replace(/^ws/, "http")));
    return page;
  }

  private asked(url: string): void {
    const own = [this.server.phonesUrl, this.server.deskUrl];
    if (!url.startsWith("data:") && !own.some((origin) => url.startsWith(origin))) this.record.push(`request: ${url}`);
  }

  async page(width: number, height: number, locale: string): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width, height }, locale });
    return this.watch(await context.newPage());
  }

  async phone(width: number, locale: string): Promise<Page> {
    const phone = await this.page(width, 700, locale);
    await phone.goto(`${this.server.phonesUrl}/#${this.server.code}`);
    await phone.locator("form .primary").click();
    await expect(phone.locator("[data-phase]")).toBeVisible();
    return phone;
  }
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const beyond = wide > 0 ? [`beyond the right rim by ${wide}`] : [];
  const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  return [...serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), ...beyond];
}

async function noFaults(pages: readonly Page[], state: string): Promise<void> {
  for (const page of pages) expect([state, ...(await faults(page))]).toEqual([state]);
}

async function onward(desk: Page, phase: string): Promise<void> {
  const place = desk.locator(".place [data-phase]");
  const step = Number(await place.getAttribute("data-step"));
  await desk.locator(".lead-buttons .primary").click();
  await expect(place).toHaveAttribute("data-step", String(step + 1));
  await expect(place).toHaveAttribute("data-phase", phase);
}

async function choose(phone: Page, place: number): Promise<void> {
  await phone.locator("label.choice").nth(place).click();
}

async function isChosen(phone: Page, place: number): Promise<void> {
  await expect(phone.locator("label.choice").nth(place).locator("[data-standing=ok]")).toBeVisible();
}

async function showing(phones: readonly Page[], phase: string): Promise<void> {
  for (const phone of phones) await expect(phone.locator(`[data-phase=${phase}]`)).toBeVisible();
}

test("that a class plays two quarters through reloads, lost networks, a second tab, a late guest and a killed server", async ({ browser }) => {
  test.setTimeout(600_000);
  const room = new Classroom(browser);
  const { server } = room;
  await server.start();
  try {
    const desk = await room.page(1366, 768, "en");
    await desk.goto(`${server.deskUrl}/#${server.token}`);
    const wall = await room.page(1920, 1080, "zh-CN");
    await wall.goto(`${server.deskUrl}/wall#${server.token}`);
    expect(await desk.evaluate(() => location.hash)).toBe("");
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
      await isChosen(reloaded, 3);
      for (const [page, path] of [[desk, "/"], [wall, "/wall"]] as const) {
        if (server.deskUrl !== before) await page.goto(`${server.deskUrl}${path}#${server.token}`);
      }
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

    await test.step("the wall is frozen and blacked out by its keys", async () => {
      await wall.keyboard.press("f");
      await onward(desk, "debrief");
      await expect(wall.locator(".frozen-mark")).toBeVisible();
      await expect(wall.locator(".wall")).toHaveAttribute("data-phase", "reveal");
      await wall.keyboard.press("f");
      await expect(wall.locator(".wall")).toHaveAttribute("data-phase", "debrief");
      await wall.keyboard.press("b");
      await expect(wall.locator(".wall-black")).toBeFocused();
      await wall.keyboard.press("Enter");
      await expect(wall.locator(".wall-black")).toHaveCount(0);
    });
    await noFaults([desk, wall, late], "debrief");

    await test.step("who leaves has no seat any more", async () => {
      await late.locator("header button").nth(1).click();
      await late.locator(".sheet > button.wide").last().click();
      await late.locator(".leaving button").last().click();
      await expect(late.locator("[data-phase]")).toHaveCount(0);
      await late.reload();
      await expect(late.locator("form .primary")).toBeVisible();
    });

    await onward(desk, "closed");
    await showing(seated, "closed");
    await noFaults([desk, wall, reloaded, lost], "closed");
    expect(room.record).toEqual([]);
  } finally {
    await server.kill();
  }
});

test("that a wrong code, and digits that fit no seat, are told in one sentence", async ({ browser }) => {
  test.setTimeout(400_000);
  const room = new Classroom(browser);
  await room.server.start();
  try {
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
    expect(room.record).toEqual([]);
  } finally {
    await room.server.kill();
  }
});
