/**
 * How the pages are built: each one HTML file with all that it needs. `--mode phone` and `--mode desk` build the pages
 * of rooms, whose policy is set by the server that they talk to.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateSync } from "fflate";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { parse } from "smol-toml";

/**
 * Texts and lessons are TOML; a page gets them as objects, those of rooms section by section, since phones need few; and
 * of a lesson that is asked for with `?prediction` no more than what a class is to predict.
 */
function toml(): Plugin {
  return {
    name: "toml",
    transform(code, id) {
      const [file = "", query] = id.split("?");
      if (!file.endsWith(".toml")) return null;
      const tree = parse(code);
      if (query === "prediction") return { code: `export default ${JSON.stringify(predictionOf(tree))}`, map: null };
      if (!/\/rooms\.[\w-]+\.toml$/.test(id)) return { code: `export default ${JSON.stringify(tree)}`, map: null };
      const sections = Object.entries(tree).map(([name, texts]) => `export const ${name} = ${JSON.stringify(texts)};`);
      return { code: sections.join("\n"), map: null };
    },
  };
}

function predictionOf(lesson: Record<string, unknown>): object {
  const { form, title, task, domain, places, from_year } = lesson["prediction"] as Record<string, unknown>;
  return { form, title, task, domain, places, from_year };
}

const DEFLATED = "?deflated";

/**
 * A file asked for with `?deflated` is packed (deflate, the same bytes everywhere) and comes as text in base64; as no text
 * in a page that leaves it out.
 */
function deflated(isLeftOut: boolean): Plugin {
  return {
    name: "deflated",
    enforce: "pre",
    load(id) {
      if (!id.endsWith(DEFLATED)) return null;
      if (isLeftOut) return 'export default ""';
      const packed = deflateSync(readFileSync(id.slice(0, -DEFLATED.length)), { level: 9 });
      return `export default ${JSON.stringify(Buffer.from(packed).toString("base64"))}`;
    },
  };
}

/** What a page says before it runs, and where it does not: in both languages, from the texts of the page. */
function sentences(): Plugin {
  const trees = ["en", "zh-CN"].map((language) => parse(readFileSync(new URL(`texts/${language}.toml`, import.meta.url), "utf8")));
  const said = (section: string, key: string): string =>
    trees.map((tree) => (tree[section] as Record<string, string>)[key] ?? "").join(" ");
  return {
    name: "sentences",
    transformIndexHtml: {
      order: "pre",
      handler: (html) => html.replace(/%TEXT (\w+)\.(\w+)%/g, (_, section: string, key: string) => said(section, key)),
    },
  };
}

const PLACE = "%CONTENT_SECURITY_POLICY%";

/** No network, no framing, no strings as code; WebAssembly and workers made from what the page itself holds. */
function policyFor(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")} 'wasm-unsafe-eval' blob:`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Write the policy into the built page, its own scripts allowed by their hashes; while developing there is none. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    enforce: "post",
    transformIndexHtml: {
      order: "pre",
      handler: (html, context) => (context.server ? html.replace(/^.*%CONTENT_SECURITY_POLICY%.*$/m, "") : html),
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          const html = String(file.source);
          const scripts = [...html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((found) => found[1] ?? "");
          file.source = html.replace(PLACE, policyFor(scripts));
        }
      },
    },
  };
}

const PREACT = { Preact: "preact/LICENSE" };
const CONTAINED = { ...PREACT, uqr: "uqr/LICENSE", fflate: "fflate/LICENSE", "Noto Sans SC (cut)": "@fontsource/noto-sans-sc/LICENSE" };

/** Write the licences of what the page contains into the page, as a comment. */
function licences(contained: Readonly<Record<string, string>>): Plugin {
  const textOf = (file: string): string => readFileSync(new URL(`node_modules/${file}`, import.meta.url), "utf8");
  const comment = (): string =>
    Object.entries(contained)
      .map(([name, file]) => `${name}\n\n${textOf(file).trim().replaceAll("--", "- -")}`)
      .join("\n\n");
  return {
    name: "licences",
    apply: "build",
    transformIndexHtml: { order: "pre", handler: (html) => `${html.trimEnd()}\n<!-- This page contains:\n\n${comment()}\n-->\n` },
  };
}

const SOURCES: Readonly<Record<string, string>> = { phone: "src/phone/index.html", desk: "src/room/index.html" };

/** The oldest with WebAssembly's vector instructions and a content security policy that allows them; src/older.ts fills in what their library lacks. */
const OLDEST_BROWSERS = ["chrome97", "edge97", "firefox102", "safari16.4"];

export default defineConfig(({ mode }) => ({
  plugins: [
    toml(),
    // The desk runs lessons, which are by the default decision rule.
    deflated(mode === "desk"),
    sentences(),
    viteSingleFile({ removeViteModuleLoader: true }),
    contentSecurityPolicy(),
    licences(mode === "phone" ? PREACT : CONTAINED),
  ],
  assetsInclude: ["**/*.wasm"],
  build: {
    outDir: "build",
    target: OLDEST_BROWSERS,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    ...(SOURCES[mode] && { rolldownOptions: { input: SOURCES[mode] } }),
  },
  worker: { format: "iife" as const },
  test: { include: ["tests/**/*.test.ts"], globalSetup: "tests/kernel/fits.ts" },
}));
