/** The page in browsers that Playwright does not drive, where they are installed: it shows what Chromium shows. */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { address, expect, runsShown, test } from "./page";

const LINK = "v=2&n=3&s=crackdown&l=zh-CN";
const SCRIPT = fileURLToPath(new URL("others.mjs", import.meta.url));

interface Shown {
  readonly runs: number;
  readonly figures: readonly string[];
  readonly charts: number;
  readonly said: string;
}

const FIREFOX = process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";
const WEBKIT_DRIVER = "/usr/bin/WebKitWebDriver";
/** Debian keeps it in a folder of the processor, with the version in its name. */
const LIBRARIES = readdirSync("/usr/lib").flatMap((folder) => ["4.1", "4.0", "6.0"].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}/MiniBrowser`));
const MINI_BROWSER = LIBRARIES.find(existsSync) ?? "MiniBrowser of WebKitGTK";

const OTHERS: Readonly<Record<string, { readonly needs: readonly string[]; readonly command: readonly string[] }>> = {
  "Firefox ESR": { needs: [FIREFOX], command: ["node", SCRIPT, "firefox", FIREFOX] },
  WebKitGTK: {
    needs: [WEBKIT_DRIVER, MINI_BROWSER, "/usr/bin/xvfb-run"],
    command: ["xvfb-run", "-a", "node", SCRIPT, WEBKIT_DRIVER, MINI_BROWSER],
  },
};

for (const [name, { needs, command }] of Object.entries(OTHERS)) {
  test(`that ${name} shows the numbers that Chromium shows`, async ({ open }) => {
    const missing = needs.filter((file) => !existsSync(file));
    test.skip(missing.length > 0, `not installed: ${missing.join(", ")}`);
    test.setTimeout(200_000);
    const page = await open(LINK);
    await runsShown(page, 200);
    const figures = await page.locator("[data-measure] .figure").allTextContents();
    const [program = "", ...parts] = command;
    const shown = JSON.parse(execFileSync(program, [...parts, fileURLToPath(address()), LINK], { encoding: "utf8", timeout: 150_000 })) as Shown;
    expect(shown.said).toBe("");
    expect(shown.runs).toBe(200);
    expect(shown.charts).toBe(4);
    expect(shown.figures).toEqual(figures.map((figure) => figure.trim()));
  });
}
