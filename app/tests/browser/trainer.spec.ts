import { expect, test } from "./page";

test("that the trainer's window tells what to do and what comes next, and drives the first", async ({ open, context }) => {
  const page = await open("v=2&n=1&w=lessons&lesson=do_more_err_more.1&present=1");
  const lesson = page.locator("[data-lesson=do_more_err_more]");
  await expect(lesson).toHaveAttribute("data-ready", "true");
  const opening = context.waitForEvent("page");
  await page.keyboard.press("n");
  const notes = await opening;
  const trainer = notes.locator(".trainer");
  await expect(trainer).toHaveAttribute("data-shown", "true");
  await expect(notes.locator(".trainer-now h2")).toHaveText("Do more, err more: Lock");
  await expect(notes.locator(".trainer-does")).toContainText("Lock the prediction.");
  await expect(notes.locator(".trainer-timer")).toContainText(/\d:\d\d in this step, of 5:00 planned/);
  await expect(notes.locator(".trainer-next")).toContainText("Reveal");
  await notes.locator("[data-command=next]").click();
  await expect(lesson).toHaveAttribute("data-step", "reveal");
  // The trainer reads the answer before the class does.
  await expect(notes.locator(".trainer-next")).toContainText("Do more, err more: a month of innovation goes wrong");
  await notes.keyboard.press("PageDown");
  await expect(page.locator(".lesson-claims li")).toHaveCount(1);
  await expect(notes.locator(".trainer-now h2")).toContainText("1 of 8 answers shown");
  await notes.locator("[data-command=black]").click();
  await expect(page.locator(".blackout")).toBeVisible();
  await expect(notes.locator(".trainer-seen")).toHaveText("The class sees a black screen.");
  await notes.locator("[data-command=black]").click();
  await expect(notes.locator("[data-command=next]")).toBeEnabled();
  // Seven answers more, the discussion, and then there is nothing next.
  for (let press = 0; press < 8; press++) await notes.keyboard.press("PageDown");
  await expect(lesson).toHaveAttribute("data-step", "discuss");
  await expect(notes.locator(".trainer-next")).toContainText("Lessons: Tolerance on paper");
  await expect(notes.locator("[data-command=next]")).toBeEnabled();
  await expect(notes.locator("[data-command=back]")).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(notes.locator("[role=status]").first()).toContainText("The presentation has ended.");
});

test("that the trainer's window says where the report is the end", async ({ open, context }) => {
  const page = await open("v=2&n=1&w=report&present=1");
  const [notes] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("n")]);
  await expect(notes.locator(".trainer-next")).toContainText("Nothing: this is the end.");
  await expect(notes.locator("[data-command=next]")).toBeDisabled();
});
