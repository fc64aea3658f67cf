import { expect, runsShown, test } from "./page";

test("that a talk is given by keyboard alone", async ({ open }) => {
  const page = await open("v=2&n=1");
  await runsShown(page);
  await page.getByRole("button", { name: "Presenter view" }).click();
  const strip = page.locator(".strip-place");
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(strip).toHaveText("Explore, 1 of 6");
  await page.keyboard.press("PageDown");
  await expect(strip).toHaveText("People, 2 of 6");
  await page.keyboard.press("PageUp");
  await expect(strip).toHaveText("Explore, 1 of 6");
  await page.keyboard.press("PageUp");
  await expect(strip).toHaveText("Explore, 1 of 6");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation")).toBeVisible();
});

test("that blackout hides everything until a key ends it", async ({ open }) => {
  const page = await open("v=2&n=1&present=1");
  await runsShown(page);
  for (const end of ["b", ".", "Escape", "Enter", "PageDown", "PageUp"]) {
    await page.keyboard.press("b");
    const black = page.locator(".blackout");
    await expect(black).toBeVisible();
    expect(await black.boundingBox()).toEqual({ x: 0, y: 0, width: 1366, height: 768 });
    await page.keyboard.press(end);
    await expect(black).toHaveCount(0);
  }
  // A remote control's next only gives the picture back: nothing went on unseen.
  await expect(page.locator(".strip-place")).toHaveText("Explore, 1 of 6");
});

test("that a frozen picture stands still while the policy changes underneath", async ({ open }) => {
  const page = await open("v=2&n=1&present=1");
  await runsShown(page, 200);
  await page.keyboard.press("l");
  const figure = ".explore [data-measure=innovation_rate] .figure";
  const before = await page.locator(`main ${figure}`).first().innerText();
  await page.keyboard.press("f");
  await expect(page.getByRole("status").filter({ hasText: "Picture frozen" })).toHaveCount(1);
  await page.locator("#start-from").selectOption("crackdown");
  await expect.poll(() => page.locator(`.page > main ${figure}`).innerText()).not.toBe(before);
  await expect(page.locator(`.frozen ${figure}`)).toHaveText(before);
  const seen = await page.evaluate(() => {
    const { innerWidth, innerHeight } = window;
    return document.elementFromPoint(innerWidth * 0.7, innerHeight / 2)?.closest(".frozen") !== null;
  });
  expect(seen).toBe(true);
  await page.locator("body").press("f");
  await expect(page.locator(`.frozen ${figure}`)).toHaveCount(0);
});

test("that keys keep their meaning in the controls that need them", async ({ open }) => {
  const page = await open("v=2&n=1&present=1");
  await runsShown(page);
  await page.keyboard.press("l");
  const slider = page.locator('[data-lever="accountability.severity"] input[type=range]');
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".strip-place")).toHaveText("Explore, 1 of 6");
  await expect.poll(() => page.locator(".explore").getAttribute("data-shown")).toContain("accountability.severity");
});

test("that a clicker leads on although a point of the drawing was touched last", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=do_more_err_more.0&present=1");
  const lesson = page.locator("[data-lesson=do_more_err_more]");
  const points = page.locator(".draw-handle");
  for (const place of [0, 1, 2]) {
    await points.nth(place).focus();
    await page.keyboard.press("ArrowUp");
  }
  await page.keyboard.press("PageDown");
  await expect(lesson).toHaveAttribute("data-step", "lock");
  await expect(page.locator(".prediction .chart-summary")).toHaveText("The prediction as it was locked.");
});

test("that both questions of the lock are in sight beside the drawing, on a laptop", async ({ open }) => {
  const page = await open("v=2&n=1&l=zh-CN&w=lessons&lesson=do_more_err_more.1&present=1");
  const last = page.locator(".lesson-questions li").last();
  await expect(last).toBeVisible();
  const [asked, next] = [await last.boundingBox(), await page.locator(".next-step").boundingBox()];
  expect((asked?.y ?? Infinity) + (asked?.height ?? Infinity)).toBeLessThanOrEqual(next?.y ?? 0);
});

test("that a clicker alone teaches a lesson, through the lock and claim by claim", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=do_more_err_more.0&present=1");
  const lesson = page.locator("[data-lesson=do_more_err_more]");
  await expect(lesson).toHaveAttribute("data-ready", "true");
  for (const step of ["lock", "reveal"]) {
    await page.keyboard.press("PageDown");
    await expect(lesson).toHaveAttribute("data-step", step);
  }
  for (let claim = 1; claim <= 8; claim++) {
    await page.keyboard.press("PageDown");
    await expect(page.locator(".lesson-claims li")).toHaveCount(claim);
  }
  await page.keyboard.press("PageDown");
  await expect(lesson).toHaveAttribute("data-step", "discuss");
  await page.keyboard.press("PageUp");
  await expect(page.locator(".lesson-claims li")).toHaveCount(8);
});

test("that a clicker alone finds a lesson in the list, opens it and goes on to the next", async ({ open }) => {
  const page = await open("v=2&n=1&w=lessons&present=1");
  const [strip, offered] = [page.locator(".strip-place"), page.locator("[data-offered=true]")];
  await expect(page.locator(".lesson-card").first()).toBeVisible();
  await page.keyboard.press("PageDown");
  await expect(strip).toHaveText("Next opens “Do more, err more”. Back: another lesson.");
  for (let press = 0; press < 5; press++) await page.keyboard.press("PageUp");
  await expect(offered).toContainText("One size fits all");
  await expect(offered).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press("PageDown");
  const lesson = page.locator("[data-lesson=one_size_fits_all]");
  await expect(lesson).toHaveAttribute("data-ready", "true");
  expect(await page.evaluate(() => scrollY)).toBe(0);
  // Through the lock, all claims and the discussion, which is scrolled to its end first.
  for (let press = 0; press < 40 && (await offered.count()) === 0; press++) {
    await page.keyboard.press("PageDown");
    await page.waitForTimeout(50);
  }
  await expect(strip).toContainText("Next opens “");
  await page.keyboard.press("PageDown");
  await expect(page.locator(".lesson")).toHaveAttribute("data-step", "predict");
});

test("that a remote control reaches the end of a discussion and of the report", async ({ open }) => {
  for (const [link, last] of [["w=lessons&lesson=do_more_err_more.3", ".lesson-cannot li"], ["w=report", ".sheet .python"]] as const) {
    const page = await open(`v=2&n=1&present=1&${link}`);
    await expect(page.locator(last).last()).toBeAttached();
    const bottom = () => page.locator(last).last().evaluate((one) => one.getBoundingClientRect().bottom);
    await expect.poll(bottom).toBeGreaterThan(768);
    for (let press = 0; press < 8 && (await bottom()) >= 768; press++) await page.keyboard.press("PageDown");
    await expect.poll(bottom).toBeLessThan(768);
    await page.goto("about:blank");
  }
});
