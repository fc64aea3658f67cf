/** What axe-core says against a page. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

declare const axe: { run: (context: Document, options: object) => Promise<{ violations: Found[] }> };

/** Return what axe finds serious. The page's policy lets no script in; axe is put in from outside. */
export async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  // A colour on its way from one theme to the other has a contrast of neither.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished)).then(() => null),
  );
  const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
