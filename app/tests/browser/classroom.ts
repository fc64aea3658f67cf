/** A class in a browser: phones, the desk and the wall of a real server, with a record of what went wrong. */

import { mkdirSync } from "node:fs";
import { expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";
import { serious } from "./axe";
import { RoomServer, type Opened } from "./room_server";

/** What a browser says of a server that is not there for a moment; nothing else may be complained of. */
const GONE = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|WebSocket connection to .* failed|ERR_EMPTY_RESPONSE/;

/** Where pictures of all screens are put, to be looked at; none are taken where it is not named. */
export const PICTURES = process.env["PICTURES"];

/** The pages of a room, with a record of what went wrong or left the two sockets. */
export class Classroom {
  readonly record: string[] = [];
  readonly server: RoomServer;

  constructor(
    private readonly browser: Browser,
    more: Partial<Opened>,
  ) {
    this.server = new RoomServer(more);
  }

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
    if (!/^(data|blob):/.test(url) && !own.some((origin) => url.startsWith(origin))) this.record.push(`request: ${url}`);
  }

  async page(width: number, height: number, locale: string, more: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width, height }, locale, ...more });
    return this.watch(await context.newPage());
  }

  /** The desk, which takes its token out of the address at once. */
  async desk(locale: string, more: BrowserContextOptions = {}): Promise<Page> {
    const desk = await this.page(1366, 768, locale, more);
    await desk.goto(`${this.server.deskUrl}/#${this.server.token}`);
    await expect.poll(() => desk.evaluate(() => location.hash)).toBe("");
    return desk;
  }

  async wall(locale: string, more: BrowserContextOptions = {}): Promise<Page> {
    const wall = await this.page(1920, 1080, locale, more);
    await wall.goto(`${this.server.deskUrl}/wall#${this.server.token}`);
    return wall;
  }

  async phone(width: number, locale: string, more: BrowserContextOptions = {}): Promise<Page> {
    const phone = await this.page(width, 700, locale, more);
    await phone.goto(`${this.server.phonesUrl}/#${this.server.code}`);
    await phone.locator("form .primary").click();
    await expect(phone.locator("[data-phase]")).toBeVisible();
    return phone;
  }
}

/** Play in a room of one's own: its server is started before and ended after, whatever happens. */
export async function inRoom(browser: Browser, play: (room: Classroom) => Promise<void>, more: Partial<Opened> = {}): Promise<void> {
  const room = new Classroom(browser, more);
  await room.server.start();
  try {
    await play(room);
    expect(room.record).toEqual([]);
  } finally {
    await room.server.kill();
  }
}

export async function faults(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [...(await serious(page)), ...(wide > 0 ? [`beyond the right rim by ${wide}`] : [])];
}

export async function noFaults(pages: readonly Page[], state: string): Promise<void> {
  for (const [n, page] of pages.entries()) {
    await picture(page, `${state} ${n}`);
    expect([state, ...(await faults(page))]).toEqual([state]);
  }
}

let pictured = 0;

/** Take a picture of a page, to be looked at. */
export async function picture(page: Page, name: string, isWhole = false): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  const size = page.viewportSize();
  const language = await page.evaluate(() => document.documentElement.lang);
  if (isWhole) await page.evaluate(() => scrollTo(0, 0));
  pictured += 1;
  const file = `${String(pictured).padStart(3, "0")} ${name} ${size?.width} ${language}.png`.replaceAll(" ", "_");
  await page.screenshot({ path: `${PICTURES}/${file}`, fullPage: isWhole });
}

export async function onward(desk: Page, phase: string): Promise<void> {
  const place = desk.locator(".place [data-phase]");
  const step = Number(await place.getAttribute("data-step"));
  await desk.locator(".lead-buttons .primary").click();
  await expect(place).toHaveAttribute("data-step", String(step + 1));
  await expect(place).toHaveAttribute("data-phase", phase);
}

export async function choose(phone: Page, place: number): Promise<void> {
  await phone.locator("label.choice").nth(place).click();
}

export async function isChosen(phone: Page, place: number): Promise<void> {
  await expect(phone.locator("label.choice").nth(place).locator("[data-standing=ok]")).toBeVisible();
}

export async function showing(phones: readonly Page[], phase: string): Promise<void> {
  for (const phone of phones) await expect(phone.locator(`[data-phase=${phase}]`)).toBeVisible();
}
