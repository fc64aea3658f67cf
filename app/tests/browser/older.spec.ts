/** Browsers of the stated age: the page runs without what they lack, and older ones read a sentence. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { address, expect, runsShown, test } from "./page";

const PAGE = readFileSync(fileURLToPath(address()), "utf8");

test("that the page runs where the library of the language is that of 2022", async ({ open, page }) => {
  await page.addInitScript(() => {
    const lists = [Array.prototype, Object.getPrototypeOf(Int8Array.prototype) as object];
    for (const list of lists) for (const name of ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"]) Reflect.deleteProperty(list, name);
    Reflect.deleteProperty(String.prototype, "at");
    for (const name of ["hasOwn", "groupBy"]) Reflect.deleteProperty(Object, name);
    for (const name of ["structuredClone", "scheduler"]) Reflect.deleteProperty(window, name);
    const supports = CSS.supports.bind(CSS);
    CSS.supports = (...asked: string[]) => !asked.join(" ").includes("color-mix") && supports(...(asked as [string, string]));
  });
  await open("v=2&n=1&s=crackdown&pin=baseline");
  await runsShown(page);
  await page.getByRole("button", { name: "People", exact: true }).click();
  await expect(page.locator(".people[data-film]")).toBeVisible();
  await page.getByRole("button", { name: "Map", exact: true }).click();
  await expect(page.locator(".map-reading")).toBeVisible();
  expect(await page.locator("[data-chart=map] rect").first().getAttribute("style")).toMatch(/fill: var\(--heat-\d\)/);
  await page.getByRole("button", { name: "Report", exact: true }).click();
  await expect(page.locator(".sheet")).toBeVisible();
});

test("that the style sheets ask for nothing younger that a view could not do without", () => {
  const styles = [...PAGE.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].map(([, text]) => text).join("");
  expect(styles.length).toBeGreaterThan(10_000);
  for (const young of [/:has\(/, /color-mix\(/, /[;{](?:translate|rotate|scale):/, /@container/, /in oklab/, /&\s*[.:[]/, /@layer/]) {
    expect(styles, String(young)).not.toMatch(young);
  }
});

for (const [name, lack] of Object.entries({
  "no dialogs": () => Reflect.deleteProperty(window, "HTMLDialogElement"),
  "no modules": () => Reflect.deleteProperty(HTMLScriptElement.prototype, "noModule"),
  "something that stops it": () => Object.defineProperty(window, "Intl", { get: () => { throw new TypeError("missing"); } }),
})) {
  test(`that an older browser, with ${name}, reads one sentence in both languages`, async ({ page }) => {
    await page.addInitScript(lack);
    await page.goto(address("v=2&n=1"));
        await expect(page.locator("#begins")).toContainText("Chrome or Edge 97");
    await expect(page.locator("#begins")).toContainText("Edge 97、Firefox 102");
    await expect(page.locator("#page")).toBeEmpty();
  });
}

test("that the browsers that are named are those it is built for", () => {
  const [configuration, texts, support] = ["vite.config.ts", "texts/en.toml", "src/kernel/support.ts"].map((file) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"),
  );
  const versions = (text = ""): string[] => [...text.matchAll(/(?:chrome|edge|firefox|safari)(?: or Edge)? ?(\d[\d.]*)/gi)].map(([, version = ""]) => version);
  const built = new Set(versions(configuration?.match(/OLDEST_BROWSERS = \[.*?\]/)?.[0]));
  expect([...built]).toEqual(["97", "102", "16.4"]);
  expect(new Set(versions(support?.match(/NEEDED_BROWSERS = ".*"/)?.[0]))).toEqual(built);
  for (const key of ["unsupported", "too_old"]) {
    expect(new Set(versions(texts?.match(new RegExp(`^${key} = .*$`, "m"))?.[0]))).toEqual(built);
  }
});
