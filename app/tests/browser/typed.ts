/** How a reader sets type larger and wider, in words of either language. */

import type { Page } from "@playwright/test";

export const LANGUAGES = {
  en: { title: "Type and spacing", large: "Larger text", spaced: "Wider spacing", close: "Close", all: "Draw all 200" },
  "zh-CN": { title: "字号与间距", large: "放大文字", spaced: "加宽间距", close: "关闭", all: "运行全部 200 次" },
} as const;
type Words = (typeof LANGUAGES)[keyof typeof LANGUAGES];

/** Leaves the card with the settings open. */
export async function choose(page: Page, words: Words): Promise<void> {
  await page.getByRole("button", { name: words.title }).click();
  await page.getByLabel(words.large).check();
  await page.getByLabel(words.spaced).check();
}
