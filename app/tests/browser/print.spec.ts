/** On paper, in greyscale, and in the system's own colours. */

import type { Page } from "@playwright/test";
import { misfits } from "./fit";
import { expect, runsShown, test } from "./page";

const ACTIONS = ["--inaction", "--routine", "--innovation", "--filed-innovation", "--self-dealing"];
/** How far apart two greys of 0 to 255 are told apart on a print of a common office printer. */
const APART = 30;

/** Return the grey that each of the actions' colours becomes, of 0 to 255. */
function greysOf(page: Page): Promise<number[]> {
  return page.evaluate((tokens) => {
    const style = getComputedStyle(document.documentElement);
    return tokens.map((token) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(style.getPropertyValue(token).trim().slice(at, at + 2), 16));
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    });
  }, ACTIONS);
}

for (const scheme of ["light", "dark"] as const) {
  test(`that no two actions have nearly one grey, ${scheme}`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await open("v=2&n=1");
    await expect(page.locator("html")).toHaveAttribute("data-theme", scheme);
    const greys = (await greysOf(page)).sort((a, b) => a - b);
    greys.slice(1).forEach((grey, place) => expect(grey - (greys[place] ?? 0)).toBeGreaterThan(APART));
  });
}

/** Return how bright a colour "rgb(r, g, b)" is, 0 to 255. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

const PRINTED = { explore: ["", ".explore[data-runs='200']"], map: ["&w=map", ".map-reading"], report: ["&w=report", ".sheet[data-runs='200']"] } as const;

for (const [name, [link, shown]] of Object.entries(PRINTED)) {
  test(`that ${name} is dark on white on paper, from a dark screen too`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open(`v=2&n=1${link}`);
    await expect(page.locator(shown).first()).toBeVisible();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const [texts, grounds] = await page.evaluate(() => {
      const read = (selector: string, look: "fill" | "backgroundColor"): string[] =>
        [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one)[look]);
      return [read("main .chart svg[data-chart] text:not(.side-name)", "fill"), read("body, main .chart, .sheet", "backgroundColor")];
    });
    expect(texts?.length).toBeGreaterThan(5);
    for (const colour of texts ?? []) expect(brightness(colour), colour).toBeLessThan(100);
    for (const colour of grounds ?? []) expect(colour).toBe("rgb(255, 255, 255)");
  });

  test(`that nothing of ${name} lies over another thing on paper, its tables open`, async ({ open, page }) => {
    await open(`v=2&n=1${link}`);
    await expect(page.locator(shown).first()).toBeVisible();
    for (const button of await page.locator("main .table-button").all()) await button.click();
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 720, height: 1040 });
    const over = await page.evaluate(() =>
      [...document.querySelectorAll("main .chart")].filter((chart) => {
        const [drawing, table] = [chart.querySelector("svg[data-chart]"), chart.querySelector("table")];
        return drawing && table && drawing.getBoundingClientRect().bottom > table.getBoundingClientRect().top + 1;
      }).length,
    );
    expect(over).toBe(0);
    expect(await page.locator("main table").count()).toBeGreaterThan(0);
  });
}

test("that what a colour means is printed where printers leave backgrounds out", async ({ open, page }) => {
  await open("v=2&n=1&w=report&pin=crackdown");
  await expect(page.locator(".sheet[data-runs='200']")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  const adjusts = await page.locator(".swatch").evaluateAll((all) => all.map((one) => getComputedStyle(one).printColorAdjust));
  expect(adjusts.length).toBeGreaterThan(5);
  expect(new Set(adjusts)).toEqual(new Set(["exact"]));
});

test("that sliders keep their tracks, and states a line, in the system's own colours", async ({ open, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open("v=2&n=1&pin=crackdown");
  await runsShown(page);
  // As a picture: filled and empty part of a track are two colours, and neither is the paper's.
  const slider = page.locator('[data-lever="accountability.severity"] .slider');
  const png = (await slider.screenshot()).toString("base64");
  const colours = await page.evaluate(async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context?.drawImage(image, 0, 0);
    const at = (share: number): string => String(context?.getImageData(Math.round(share * image.width), Math.round(image.height / 2), 1, 1).data);
    const column = (share: number): number =>
      new Set(Array.from({ length: image.height }, (_, row) => String(context?.getImageData(Math.round(share * image.width), row, 1, 1).data))).size;
    return { filled: at(0.1), empty: at(0.9), linesOfEmpty: column(0.9) };
  }, png);
  expect(colours.filled).not.toBe(colours.empty);
  expect(colours.linesOfEmpty).toBeGreaterThan(1);
  expect(await page.locator("nav [aria-current]").evaluate((tab) => getComputedStyle(tab).outlineStyle)).toBe("solid");
});

interface Inked {
  /** Thousands of dots of the canvas that have the colour of inaction on paper, and of the dark screen. */
  readonly paper: number;
  readonly screen: number;
}

/** Return what the grid is drawn in, just after an event if one is given. */
function inked(page: Page, dark: string, event: string | null = null): Promise<Inked> {
  return page.locator("[data-grid=own] canvas").evaluate((canvas: HTMLCanvasElement, [dark, name]) => {
    const root = document.documentElement;
    const colourIn = (theme: string): string => {
      const { theme: before } = root.dataset;
      root.dataset["theme"] = theme;
      const colour = getComputedStyle(root).getPropertyValue("--inaction").trim();
      root.dataset["theme"] = before;
      return colour;
    };
    if (name) dispatchEvent(new Event(name));
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context?.drawImage(canvas, 0, 0);
    const data = context?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
    const dotsOf = (hex: string): number => {
      const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
      let dots = 0;
      for (let at = 0; at < data.length; at += 4) dots += Number(data[at] === red && data[at + 1] === green && data[at + 2] === blue);
      return dots / 1000;
    };
    return { paper: dotsOf(colourIn("light")), screen: dotsOf(dark) };
  }, [dark, event] as const);
}

test("that officials are drawn in the colours of paper when they are printed, and of the screen afterwards", async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await open("v=2&n=1&w=people&month=37");
  await expect(page.locator(".people[data-film]")).toBeVisible();
  const dark = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--inaction").trim());
  const isDark = async (): Promise<boolean> => {
    const { paper, screen } = await inked(page, dark);
    return paper === 0 && screen > 1;
  };
  await expect.poll(isDark).toBe(true);
  for (const [begin, end] of [["beforeprint", "afterprint"], ["print", "screen"]] as const) {
    if (begin === "print") await page.emulateMedia({ media: begin });
    // Whoever prints waits for no picture: all is drawn when the event is over.
    const onPaper = (seen: Inked): boolean => seen.screen === 0 && seen.paper > 1;
    if (begin === "beforeprint") expect(onPaper(await inked(page, dark, begin))).toBe(true);
    else await expect.poll(async () => onPaper(await inked(page, dark))).toBe(true);
    if (end === "screen") await page.emulateMedia({ media: end });
    else await inked(page, dark, end);
    await expect.poll(isDark).toBe(true);
  }
});

test("that the numbers behind the one in front are printed, and closed again afterwards", async ({ open, page }) => {
  await open("v=2&n=1");
  await expect(page.locator(".explore[data-runs='200']")).toBeVisible();
  const [last, summary] = [page.locator(".headlines-behind .figure").last(), page.locator(".headlines-behind summary")];
  await expect(last).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(last).toBeVisible();
  await expect(summary).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await expect(last).toBeHidden();
  await expect(summary).toBeVisible();
});

const MORE_PRINTED = {
  people: ["w=people&month=37&official=18", ".official .reasons"],
  compare: ["w=compare&s=crackdown&pin=baseline&month=31&official=4", ".compare:has(.twins .reasons) [data-chart=difference]"],
  "a lesson, revealed": ["w=lessons&lesson=one_size_fits_all.2&shown=5", ".lesson-charts .chart"],
  "a lesson, discussed": ["w=lessons&lesson=do_more_err_more.3", ".lesson-cannot"],
} as const;

for (const [name, [link, shown]] of Object.entries(MORE_PRINTED)) {
  test(`that ${name} fits the width of paper, with nothing over anything and nothing to press`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open(`v=2&n=1&${link}`);
    await expect(page.locator(shown).first()).toBeVisible();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.setViewportSize({ width: 720, height: 1040 });
    expect(await misfits(page)).toEqual([]);
    expect(await page.locator("main button:not(.lesson-card)").evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)).toBe(0);
  });
}
