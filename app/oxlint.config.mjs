/** Which rooms of `src/` may ask which: imports run down this list, and no files import each other in a circle. */

import { readdirSync } from "node:fs";

/** From top to bottom; rooms on one line do not import each other. What only a type needs counts too. */
const LAYERS = [
  ["main.tsx", "phone", "room"],
  ["framed.tsx"],
  ["page.tsx", "trainer"],
  ["bar", "presenter", "limits", "start"],
  ["views/index.ts"],
  ["views/compare", "views/explore", "views/lessons", "views/map", "views/people", "views/report"],
  ["follow"],
  ["charts"],
  ["take"],
  ["share", "levers"],
  ["dialog", "link", "play", "runs"],
  ["text", "design"],
  ["store"],
  ["model", "worker"],
  ["kernel"],
  ["memo.tsx", "older.ts"],
];

const isFile = (room) => /\.tsx?$/.test(room);

/** Return what is in a folder of `src/` by the names that LAYERS uses. */
function roomsIn(folder) {
  const names = readdirSync(new URL(`src/${folder}`, import.meta.url));
  return names.filter((name) => !name.startsWith(".")).map((name) => folder + name);
}

const rooms = [...roomsIn("").filter((room) => room !== "views"), ...roomsIn("views/")];
const unlisted = rooms.filter((room) => !LAYERS.flat().includes(room));
const missing = LAYERS.flat().filter((room) => !rooms.includes(room));
if (unlisted.length + missing.length > 0) {
  const named = (list) => list.join(", ") || "none";
  throw new Error(`LAYERS in app/oxlint.config.mjs: not listed: ${named(unlisted)}; not in src/: ${named(missing)}`);
}

/** Return the imports in a room that reach another one: a view names its neighbour without "views/". */
function importsOf(other, room) {
  const path = other.replace(/(\/index)?\.tsx?$/, "").replace(/^views\//, "(views/)?");
  return `^(${isFile(room) ? "\\.{1,2}" : "\\.\\."}/)+${path}${other === "views/index.ts" ? "(/index)?$" : "(/|$)"}`;
}

function contractOf(room, number) {
  const forbidden = LAYERS.slice(0, number + 1).flat().filter((other) => other !== room);
  const patterns = forbidden.map((other) => ({
    regex: importsOf(other, room),
    message: `src/${room} does not import src/${other}: see LAYERS in app/oxlint.config.mjs.`,
  }));
  return {
    files: [isFile(room) ? `src/${room}` : `src/${room}/**`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

export default {
  plugins: ["import"],
  categories: { correctness: "off" },
  rules: { "import/no-cycle": ["error", { ignoreTypes: false }] },
  overrides: LAYERS.flatMap((layer, number) => layer.map((room) => contractOf(room, number))).filter(
    ({ rules: { "no-restricted-imports": [, { patterns }] } }) => patterns.length > 0,
  ),
};
