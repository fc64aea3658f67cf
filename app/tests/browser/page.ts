/** What every test in the browser starts with: the page from disk, with a record of what went wrong or left the page. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";

const PAGE = process.env["PAGE"] ?? join(import.meta.dirname, "..", "..", "officials.html");

/** However slow the machine is, tests wait for all runs, if they do not ask for fewer. */
export function address(link = "", runs: "all" | "fewer" = "all"): string {
  return `${pathToFileURL(PAGE).href}?runs=${runs}${link ? `#${link}` : ""}`;
}

/** Complaints of the browser, uncaught errors, and requests for anything but the page itself. */
export function recorded(page: Page): string[] {
  const record: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) record.push(message.text());
  });
  page.on("pageerror", (error) => record.push(String(error)));
  page.on("dialog", (dialog) => {
    record.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) record.push(`request: ${request.url()}`);
  });
  return record;
}

/** Wait until Explore shows at least so many runs. */
export async function runsShown(page: Page, atLeast = 30): Promise<void> {
  await expect
    .poll(async () => Number(await page.locator(".explore").getAttribute("data-runs")))
    .toBeGreaterThanOrEqual(atLeast);
}

/** Wait until a view has what it shows first. */
export async function viewShown(page: Page): Promise<void> {
  await expect(page.locator("main h2").first()).toBeAttached();
  await expect(page.locator("main .waiting")).toHaveCount(0);
}

/** A test that fails if the browser complained of anything, or if anything left the page. */
export const test = base.extend<{ readonly open: (link?: string) => Promise<Page> }>({
  open: async ({ page }, use) => {
    const record = recorded(page);
    await use(async (link) => {
      await page.goto(address(link));
      return page;
    });
    expect(record).toEqual([]);
  },
});

export { expect };
