/** End to end in a real browser: the built page, opened from disk. `PAGE` names another page, `CHROMIUM` another browser. */

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "build/browser",
  // A shared machine can stall a browser for seconds; a test that passes the second time is reported as flaky.
  retries: process.env["CI"] ? 2 : 0,
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: "line",
  use: {
    viewport: { width: 1366, height: 768 },
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
