/**
 * What a browser shows of the page's speed: milliseconds from a lever's move to the picture with its first runs, one move
 * at a time and in a drag; what the main thread was busy with; how long the first useful screen takes from disk; memory
 * before and after a thousand moves; frames a second while a thousand officials are played.
 */

import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const MOVES = { single: 100, drag_seconds: 5, many: 1000 };
const LEVER = "accountability.severity";
const PAGE_BYTES = 4096;
const VIEWPORT = { width: 1366, height: 768 };
const PLAYED = { officials: 1000, jurisdictions: 20, months: 120, months_a_second: 16, seconds: 5 };

async function opened(browser, address) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.goto(address);
  await page.locator(".explore:not([data-runs='0'])").waitFor({ timeout: 60_000 });
  return page;
}

const FIRST_PICTURE = ".explore:not([data-runs='0'])";
const FIRST_QUESTION = "[data-choice]";

/** Milliseconds from the start of loading to what is waited for, in order: the first picture with runs, if not told otherwise. */
async function firstScreen(browser, address, screens = 5, waitedFor = FIRST_PICTURE) {
  const times = [];
  for (let n = 0; n < screens; n++) {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript((selector) => {
      new MutationObserver((_, observer) => {
        const shown = document.querySelector(selector);
        if (!shown) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => (window.firstScreen = performance.now())));
      }).observe(document, { subtree: true, childList: true, attributes: true });
    }, waitedFor);
    await page.goto(address);
    await page.waitForFunction(() => window.firstScreen !== undefined, undefined, { timeout: 60_000 });
    times.push(await page.evaluate(() => window.firstScreen));
    await page.close();
  }
  return times.sort((a, b) => a - b);
}

/** Runs in the page: moves the lever, one move at a time and then as a hand would drag it. */
async function moved({ lever, moves }) {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  const root = document.querySelector(".explore");
  const input = document.querySelector(`[data-lever="${lever}"] input[type=range]`);
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const move = (value) => {
    put.call(input, String(value));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const shows = (value) => root.dataset.shown.includes(`"${lever}":${value},`) || root.dataset.shown.includes(`"${lever}":${value}}`);
  const single = [];
  for (let n = 0; n < moves.single; n++) {
    const value = (1 + ((n * 37) % 59)) / 100;
    const began = performance.now();
    move(value);
    while (!shows(value)) await pause(1);
    await drawn();
    single.push(performance.now() - began);
    await pause((n % 4) * 40);
  }
  tasks.length = 0;
  let [pictures, frames, isDragging] = [0, 0, true];
  const observer = new MutationObserver(() => (pictures += 1));
  observer.observe(root, { attributes: true, attributeFilter: ["data-shown"] });
  requestAnimationFrame(function count() {
    frames += 1;
    if (isDragging) requestAnimationFrame(count);
  });
  const began = performance.now();
  for (let n = 0; performance.now() - began < moves.drag_seconds * 1000; n++) {
    move((1 + (n % 59)) / 100);
    await pause(16);
  }
  isDragging = false;
  observer.disconnect();
  const seconds = (performance.now() - began) / 1000;
  return { single, pictures: pictures / seconds, frames: frames / seconds, tasks: [...tasks] };
}

/** Megabytes: the page's JavaScript after a collection, and all of the browser's page processes. */
async function memory(page, session) {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const resident = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES);
  await client.detach();
  return { heap: usedSize / 1e6, resident: resident.reduce((sum, bytes) => sum + bytes, 0) / 1e6 };
}

async function manyMoves(page) {
  await page.evaluate(
    async ({ lever, many }) => {
      const input = document.querySelector(`[data-lever="${lever}"] input[type=range]`);
      const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      for (let n = 0; n < many; n++) {
        put.call(input, String((1 + ((n * 7) % 59)) / 100));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => setTimeout(done, 16));
      }
    },
    { lever: LEVER, many: MOVES.many },
  );
}

/** Runs in the page: counts its frames for some seconds, and the months that pass in them. */
async function played(seconds) {
  const monthNow = () => Number(document.querySelector("[data-grid]").dataset.month);
  const pauses = [];
  const began = performance.now();
  const month = monthNow();
  let last = began;
  while (last - began < seconds * 1000) {
    const now = await new Promise((done) => requestAnimationFrame(() => done(performance.now())));
    pauses.push(now - last);
    last = now;
  }
  const elapsed = (last - began) / 1000;
  return { frames: pauses.length / elapsed, months: (monthNow() - month) / elapsed, longest: Math.max(...pauses) };
}

/** Frames and months a second while a thousand officials are played at the highest speed. */
async function playback(browser, base) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const { officials, jurisdictions, months } = PLAYED;
  await page.goto(`${base}#v=2&n=1&w=people&officials=${officials}&jurisdictions=${jurisdictions}&months=${months}`);
  await page.locator("[data-grid]").first().waitFor({ timeout: 60_000 });
  await page.locator(".player-speed select").selectOption(String(PLAYED.months_a_second));
  await page.locator("[data-tool=play]").click();
  await page.waitForTimeout(500);
  const shown = await page.evaluate(played, PLAYED.seconds);
  await page.close();
  return { frames_per_second: shown.frames, months_per_second: shown.months, longest_frame_ms: shown.longest };
}

function quantile(values, probability) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))];
}

const TURNS = 5;

/** Return how fast several pages follow a lever and open, measured in turns in one browser. */
export async function inTurns(executable, files) {
  const browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS });
  try {
    const pages = files.map((file) => ({ address: `${pathToFileURL(file).href}#v=2&n=1`, single: [], first: [] }));
    const moves = { ...MOVES, single: MOVES.single / TURNS, drag_seconds: 0 };
    for (let turn = 0; turn < TURNS; turn++) {
      for (const one of pages) {
        one.first.push(...(await firstScreen(browser, one.address, 1)));
        const page = await opened(browser, one.address);
        await page.locator(".explore[data-runs='200']").waitFor({ timeout: 60_000 });
        one.single.push(...(await page.evaluate(moved, { lever: LEVER, moves })).single);
        await page.close();
      }
    }
    return { pages: pages.map(({ single, first }) => ({ lever_to_picture_ms: ofMoves(single), first_screen_ms: { median: quantile(first, 0.5) } })) };
  } finally {
    await browser.close();
  }
}

function ofMoves(single) {
  return { median: quantile(single, 0.5), percentile_95: quantile(single, 0.95), most: Math.max(...single) };
}

/** Return all that is measured of the page in a file, with the browser of that name. */
export async function measured(executable, file) {
  const browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS });
  try {
    const base = pathToFileURL(file).href;
    return await measuredIn(browser, base, `${base}#v=2&n=1`, file);
  } finally {
    await browser.close();
  }
}

async function measuredIn(browser, base, address, file) {
  const first = await firstScreen(browser, address);
  const question = await firstScreen(browser, base, 5, FIRST_QUESTION);
  const page = await opened(browser, address);
  await page.locator(".explore[data-runs='200']").waitFor({ timeout: 60_000 });
  const shown = await page.evaluate(moved, { lever: LEVER, moves: MOVES });
  const session = await browser.newBrowserCDPSession();
  // The first thousand fills what is kept for undo and redo; the second must add nothing.
  await manyMoves(page);
  const before = await memory(page, session);
  await manyMoves(page);
  const after = await memory(page, session);
  const workers = await page.evaluate(() => navigator.hardwareConcurrency);
  await page.close();
  return {
    browser: browser.version(),
    workers,
    page_kilobytes: statSync(file).size / 1000,
    first_screen_ms: { least: first[0], median: first[2] },
    first_question_ms: { least: question[0], median: question[2] },
    lever_to_picture_ms: ofMoves(shown.single),
    drag: {
      pictures_per_second: shown.pictures,
      frames_per_second: shown.frames,
      tasks_over_50_ms: shown.tasks.length,
      longest_task_ms: Math.max(0, ...shown.tasks),
    },
    memory_mb: { before, after_1000_moves: after },
    playback: await playback(browser, base),
  };
}
