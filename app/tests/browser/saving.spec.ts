/** Every button that saves, in every view, is pressed for every kind of file, and the file is opened. */

import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./page";

const COMPARED = "w=compare&s=crackdown&pin=baseline&month=40&official=3";
/** Link, what is there once all charts stand, and how many of them there are. */
const PLACES = {
  explore: ["s=crackdown&pin=baseline", ".explore[data-runs='200']", 4],
  people: ["w=people&month=36&official=17", ".official [data-chart=beliefs]", 2],
  compare: [COMPARED, ".compare-curves[data-runs='200']", 4],
  map: ["w=map", ".map-reading", 1],
  "a lesson, predicting": ["w=lessons&lesson=campaign_and_fear.0", ".draw-handle", 1],
  "a lesson, discussed": ["w=lessons&lesson=do_more_err_more.3", ".lesson-cannot", 1],
  report: ["w=report&s=crackdown&pin=baseline", ".sheet[data-runs='200']", 3],
} as const;

async function saved(page: Page, button: Locator, form: string): Promise<Buffer> {
  await button.click();
  const choice = button.locator("xpath=following-sibling::div").getByRole("button", { name: form });
  const [file] = await Promise.all([page.waitForEvent("download"), choice.click()]);
  return readFileSync(await file.path());
}

/** Return the table in a CSV file: its head and its rows; lines of notes begin with "#". No cell here holds a quote or a line break. */
function tableOf(csv: string): string[][] {
  const lines = csv.replace(/^\ufeff/, "").split("\r\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => [...`${line},`.matchAll(/("[^"]*"|[^,]*),/g)].map(([, cell = ""]) => cell));
}

/** Return how many colours the picture has, by drawing it anew: an empty one has a few. */
function coloursIn(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() };
    return new Set(new Uint32Array(data.buffer)).size;
  }, `data:image/png;base64,${png.toString("base64")}`);
}

for (const [name, [link, shown, charts]] of Object.entries(PLACES)) {
  test(`that everything in ${name} can be saved and opened`, async ({ open }) => {
    test.slow();
    const page = await open(`v=2&n=7&${link}`);
    await expect(page.locator(shown).first()).toBeVisible();
    const buttons = page.locator("main .save-button:visible");
    await expect(buttons).toHaveCount(charts);
    for (const button of await buttons.all()) {
      const title = ((await button.getAttribute("aria-label")) ?? "").replace("Save: ", "");
      const csv = (await saved(page, button, "Numbers (CSV)")).toString("utf8");
      expect(csv).toContain(`# Chart: ${title}`);
      expect(csv, `${title} is rounded`).not.toContain("Rounded as in");
      const [head = [], ...rows] = tableOf(csv);
      expect(rows.length, title).toBeGreaterThan(2);
      expect(rows.map((row) => row.length), title).toEqual(rows.map(() => head.length));
      const svg = (await saved(page, button, "Drawing (SVG)")).toString("utf8");
      const problems = await page.evaluate((text) => {
        const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
        return { errors: parsed.querySelectorAll("parsererror").length, shapes: parsed.querySelectorAll("path, rect, line, circle").length };
      }, svg);
      expect(problems.errors, title).toBe(0);
      expect(problems.shapes, title).toBeGreaterThan(4);
      // A title may break into lines.
      expect(svg).toContain(title.split(" ")[0]);
      expect(svg).not.toMatch(/var\(|class=|<script/);
      const png = await saved(page, button, "Picture (PNG)");
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(await coloursIn(page, png), title).toBeGreaterThan(20);
    }
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

test("that the curves of a comparison are saved in full", async ({ open }) => {
  const page = await open(`v=2&n=7&${COMPARED}`);
  await expect(page.locator(".compare-curves[data-runs='200']")).toBeVisible();
  const csv = (await saved(page, page.locator(".compare-curves .save-button").last(), "Numbers (CSV)")).toString("utf8");
  const [, ...rows] = tableOf(csv);
  expect(rows).toHaveLength(120);
  expect(rows.flat().filter((cell) => /^-?0\.\d{4,}$/.test(cell)).length).toBeGreaterThan(100);
});

test("that the grid of officials is saved with all of them, as many as do each thing", async ({ open }) => {
  const page = await open("v=2&n=7&w=people&month=36");
  await expect(page.locator(".people[data-film]")).toBeVisible();
  const csv = (await saved(page, page.locator("main .save-button"), "Numbers (CSV)")).toString("utf8");
  const [, ...rows] = tableOf(csv);
  expect(rows).toHaveLength(200);
  const innovate = rows.filter(([, , , did]) => did === "Innovation").length;
  await expect(page.locator(".people .chart-summary")).toContainText(`Innovation ${(innovate / 2).toFixed(1)}%`);
});
