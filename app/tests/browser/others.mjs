/**
 * Opens the page in another browser by its WebDriver and prints what it shows, in JSON:
 * `node tests/browser/others.mjs DRIVER BROWSER PAGE LINK`, for example WebKitWebDriver with
 * /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser. Firefox has its own protocol: DRIVER is then "firefox".
 */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , driver, browser, file, link] = process.argv;
const ALL_RUNS = 200;
const PATIENCE_MS = 90_000;
const address = `${pathToFileURL(file).href}?runs=all#${link}`;
/** What is asked of the page again and again until all runs are there. */
const ASKED = `(() => {
  const explore = document.querySelector(".explore");
  const figures = [...document.querySelectorAll("[data-measure] .figure")].map((one) => one.textContent.trim());
  return JSON.stringify({ runs: Number(explore?.dataset.runs ?? 0), figures, charts: document.querySelectorAll("svg[data-chart]").length,
    said: document.querySelector("[role=alert]")?.textContent ?? "", agent: navigator.userAgent });
})()`;

/** Ask until all runs are shown or the page says that something is wrong. */
async function waitedFor(ask) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const shown = JSON.parse(await ask());
    if (shown.runs >= ALL_RUNS || shown.said !== "" || Date.now() > until) return shown;
    await new Promise((done) => setTimeout(done, 500));
  }
}

async function byWebDriver() {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore" });
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    return (await answer.json()).value;
  };
  try {
    await new Promise((done) => setTimeout(done, 1500));
    const options = { binary: browser, args: ["--automation"] };
    const session = await call("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } });
    if (!session.sessionId) throw new Error(session.message);
    const path = `/session/${session.sessionId}`;
    await call("POST", `${path}/url`, { url: address });
    const shown = await waitedFor(() => call("POST", `${path}/execute/sync`, { script: `return ${ASKED}`, args: [] }));
    await call("DELETE", path);
    return shown;
  } finally {
    server.kill();
  }
}

/** Firefox by WebDriver BiDi, over the socket that Playwright's own library brings. */
async function byFirefox() {
  const { ws: Socket } = createRequire(createRequire(import.meta.url).resolve("@playwright/test"))("playwright-core/lib/utilsBundle");
  const profile = mkdtempSync(join(tmpdir(), "officials-firefox-"));
  const process_ = spawn(browser, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0", "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    const origin = await new Promise((done, fail) => {
      let said = "";
      process_.stderr.on("data", (part) => {
        said += part;
        const found = said.match(/WebDriver BiDi listening on (ws:\/\/\S+)/);
        if (found) done(found[1]);
      });
      process_.on("exit", () => fail(new Error(said)));
    });
    const socket = new Socket(`${origin}/session`);
    await new Promise((done, fail) => {
      socket.on("open", done);
      socket.on("error", fail);
    });
    let last = 0;
    const waiting = new Map();
    socket.on("message", (text) => {
      const message = JSON.parse(text);
      waiting.get(message.id)?.(message);
    });
    const call = (method, params) =>
      new Promise((done, fail) => {
        last += 1;
        waiting.set(last, (message) => (message.type === "error" ? fail(new Error(message.message)) : done(message.result)));
        socket.send(JSON.stringify({ id: last, method, params }));
      });
    await call("session.new", { capabilities: {} });
    const { contexts } = await call("browsingContext.getTree", {});
    const context = contexts[0].context;
    await call("browsingContext.navigate", { context, url: address, wait: "interactive" });
    const shown = await waitedFor(async () => {
      const answer = await call("script.evaluate", { expression: ASKED, target: { context }, awaitPromise: false });
      return answer.result.value;
    });
    socket.close();
    return shown;
  } finally {
    process_.kill();
    await new Promise((done) => setTimeout(done, 500));
    rmSync(profile, { recursive: true, force: true });
  }
}

process.stdout.write(JSON.stringify(driver === "firefox" ? await byFirefox() : await byWebDriver()));
process.exit(0);
