import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "../src");
const DECLARED = /^(?:export )?(?:abstract )?(?:class|interface|type) (\w+)\b(?! from)/gm;
/** What a component is handed is named so in every file, and leaves none. */
const OF_THE_FILE = "Props";

test("that no type or class has the name of another one", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const places = new Map<string, string[]>();
  for (const file of files) {
    for (const [, name = ""] of readFileSync(join(SOURCES, file), "utf8").matchAll(DECLARED)) {
      if (name !== OF_THE_FILE) places.set(name, [...(places.get(name) ?? []), file]);
    }
  }
  expect(places.get("PageState")).toEqual([join("store", "types.ts")]);
  expect([...places].filter(([, found]) => found.length > 1)).toEqual([]);
});
