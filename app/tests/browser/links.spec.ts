import { address, expect, runsShown, test } from "./page";

const HOSTILE = [
  "n=1",
  "v=0&n=1",
  "v=2&n=NaN",
  "v=2&n=1&ac.severity=1e9",
  "v=2&n=1&s=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  "v=2&n=1&pin=<img src=x onerror=alert(1)>",
  "v=2&n=1&lesson=%22%3E%3Csvg%20onload%3Dalert(1)%3E.1",
  "v=2&n=1&__proto__.polluted=1",
  `v=2&n=1&t=${"A".repeat(1_000_000)}`,
];

/** The page's own: the module, and the sentence for browsers that are too old for it. */
const OWN_SCRIPTS = 2;

for (const link of HOSTILE) {
  test(`that ${link.slice(0, 60)} opens the default and says what was wrong`, async ({ open }) => {
    const page = await open(link);
    await expect(page.getByRole("alert")).toContainText("could not be opened");
    await runsShown(page);
    await expect(page.locator("#start-from")).toHaveValue("baseline");
    expect(await page.locator("script").count()).toBe(OWN_SCRIPTS);
    expect(await page.locator("[onerror], [onload]").count()).toBe(0);
    await page.getByRole("button", { name: "Close this message" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

test("that the address holds what is set, and opens it again elsewhere", async ({ open, context }) => {
  const page = await open("v=2&n=7");
  await page.locator("#start-from").selectOption("crackdown");
  await page.getByRole("button", { name: "Pin this policy" }).click();
  await page.locator('[data-lever="accountability.severity"] input[type=number]').fill("0.5");
  await page.keyboard.press("Tab");
  await expect.poll(() => new URL(page.url()).hash).toBe("#v=2&n=7&s=crackdown&ac.severity=0.5&pin=crackdown");
  const other = await context.newPage();
  await other.goto(page.url());
  await runsShown(page, 200);
  await runsShown(other, 200);
  const shown = (at: typeof page) => at.locator(".headlines").innerText();
  expect(await shown(other)).toBe(await shown(page));
});

test("that a link put into the address of an open page is opened", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  await page.goto(address("v=2&n=2&s=campaign&l=zh-CN"));
  await expect(page.locator("#start-from")).toHaveValue("campaign");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});
