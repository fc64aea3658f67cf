import { expect, test } from "./page";

const LINK = "v=2&n=5&w=report&s=crackdown&ex.disclosure=0.6&pin=baseline";

const BY_RULES = "&de.rule=satisficing&de.weight=0.6&pin.de.rule=prospect";

for (const [language, rules] of [["en", ""], ["zh-CN", ""], ["en", BY_RULES], ["zh-CN", BY_RULES]] as const) {
  test(`that the report is printed on one page, and its code on another, ${language}${rules}`, async ({ open, page }) => {
    await open(`${LINK}&l=${language}${rules}`);
    await expect(page.locator(".sheet[data-runs='200']")).toBeVisible();
    const pagesOf = async (): Promise<number> =>
      (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(await pagesOf()).toBe(2);
    // Without the code there is one page less: it stands alone on the last.
    await page.locator(".sheet-again").evaluate((section) => section.remove());
    expect(await pagesOf()).toBe(1);
  });
}

test("that the report tells question, settings that differ, reading, limits, link and lines", async ({ open }) => {
  const page = await open(LINK);
  const sheet = page.locator(".sheet[data-runs='200']");
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText("do officials work better, or do they stop trying?");
  const settings = sheet.locator(".sheet-settings tbody th");
  await expect(settings).toHaveText([
    "Certainty of accountability",
    "Severity of accountability",
    "Severity for misconduct",
    "Disclosure of exemptions",
  ]);
  await expect(sheet).toContainText(/Innovation rate: the median (rises|falls|hardly moves)/);
  await expect(sheet).toContainText("Clearly different from Baseline");
  await expect(sheet).toContainText("What it must not be used for: To forecast");
  // No phone could follow a code of a page that is a file.
  await expect(sheet.locator(".qr")).toHaveCount(0);
  await expect(sheet.locator(".sheet-address")).toHaveText(`#v=2&n=5&w=report&s=crackdown&ex.disclosure=0.6&pin=baseline`);
  await expect(sheet.locator(".python")).toContainText("simulate(policy, 200, seed=5)");
  expect(await sheet.locator("[data-chart]").count()).toBe(3);
});

test("that the report says the numbers that Explore shows", async ({ open }) => {
  const page = await open(LINK);
  await expect(page.locator(".sheet[data-runs='200']")).toBeVisible();
  const told = await page.locator('[data-number="innovation_rate mean"]').innerText();
  await page.getByRole("button", { name: "Explore", exact: true }).click();
  await expect(page.locator('[data-measure="innovation_rate"] .figure')).toHaveText(told);
});

test("that Explore gives each mean the interval that the report gives it", async ({ open }) => {
  const page = await open("v=2&n=1&w=report");
  await expect(page.locator(".sheet[data-runs='200']")).toBeVisible();
  const rows = page.locator(".sheet-headlines tbody tr td:nth-of-type(2)");
  const [front, ...behind] = await rows.allInnerTexts();
  // An interval of which both ends read alike would tell nothing.
  for (const interval of [front, ...behind]) {
    const [low, high] = (interval ?? "").split(" to ");
    expect(low).not.toBe(high);
  }
  await page.getByRole("button", { name: "Explore", exact: true }).click();
  await expect(page.locator(".headlines-title")).toHaveText(`Mean over the last five years; 95% interval ${front}`);
  await page.locator(".headlines-behind summary").click();
  await expect(page.locator(".headline-interval")).toHaveText(behind);
  // On a phone the name of a measure stands before its mean.
  await page.setViewportSize({ width: 390, height: 844 });
  const first = page.locator(".headlines-behind dl > div").first();
  const [name, mean] = [await first.locator("dt").boundingBox(), await first.locator(".figure").boundingBox()];
  expect(name?.x ?? Infinity).toBeLessThan(mean?.x ?? 0);
});
