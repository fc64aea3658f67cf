import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HAN, SIGNS } from "../src/design/faces";
import { keepReading, keptReading } from "../src/design/reading";
import { linkOf } from "../src/link/codec";
import { defaultState, newSession, PLAIN_READING } from "../src/store/defaults";
import { newStore } from "../src/store/store";

const LARGE = { isLarge: true, isSpaced: false };

/** A browser's storage that holds what it is given. */
function keeping(held = new Map<string, string>()) {
  return { held, find: () => ({ getItem: (name: string) => held.get(name) ?? null, setItem: (name: string, text: string) => void held.set(name, text) }) };
}

const blocked = (): never => {
  throw new DOMException("blocked", "SecurityError");
};

describe("how the reader reads", () => {
  test("that it is kept in the browser and found again", () => {
    const { find } = keeping();
    const store = newStore(newSession(defaultState("en")));
    keepReading(store, find);
    expect(keptReading(find)).toEqual(PLAIN_READING);
    store.dispatch({ type: "reading", reading: LARGE });
    expect(keptReading(find)).toEqual(LARGE);
  });

  test("that without storage it lasts as long as the page, another link opened or not", () => {
    const store = newStore({ ...newSession(defaultState("en")), reading: keptReading(blocked) });
    keepReading(store, blocked);
    store.dispatch({ type: "reading", reading: LARGE });
    store.dispatch({ type: "open", state: defaultState("zh-CN"), notices: [] });
    expect(store.session().reading).toEqual(LARGE);
  });

  test("that what somebody else left in the storage is plain reading", () => {
    for (const left of ["", "{", "null", "7", '{"isLarge":"yes"}']) {
      expect(keptReading(keeping(new Map([["officials-reading", left]])).find)).toEqual(PLAIN_READING);
    }
  });

  test("that no link holds it", () => {
    const store = newStore(newSession(defaultState("en")));
    const before = linkOf(store.session().state);
    store.dispatch({ type: "reading", reading: { isLarge: true, isSpaced: true } });
    expect(linkOf(store.session().state)).toBe(before);
  });
});

const SOURCES = join(import.meta.dirname, "..", "src");
const sheets = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".css"))
  .map((file) => ({ file, text: readFileSync(join(SOURCES, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "") }));

describe("type", () => {
  test("that the browser's own text size acts on it: no size and no width of a layout is in pixels", () => {
    // Words in a drawing are as large as the drawing, whose pixels are its own.
    const isOfDrawing = /\btext\s*$/;
    const inPixels = sheets.flatMap(({ file, text }) => [
      ...[...text.matchAll(/([^{}]*)\{([^{}]*)\}/g)]
        .filter(([, selector = "", body = ""]) => /font(-size)?:[^;]*\dpx/.test(body) && !isOfDrawing.test(selector))
        .map(([, selector = ""]) => `${file}: ${selector.trim()}`),
      ...[...text.matchAll(/@media[^{]*\dpx[^{]*/g)].map(([query]) => `${file}: ${query.trim()}`),
    ]);
    expect(sheets.length).toBeGreaterThan(15);
    expect(inPixels).toEqual([]);
  });

  test("that Latin letters and digits are set in the system's face: what comes with the page covers none of them", () => {
    const ranges = [HAN, SIGNS].flatMap((list) => list.split(", ")).map((range) => range.replace("U+", "").split("-").map((end) => Number.parseInt(end, 16)));
    const isCovered = (sign: string): boolean =>
      ranges.some(([low = 0, high = low]) => (sign.codePointAt(0) ?? 0) >= low && (sign.codePointAt(0) ?? 0) <= high);
    expect([..."AZaz09 .,()%éß"].filter(isCovered)).toEqual([]);
    expect([..."问责干部，。“”"].every(isCovered)).toBe(true);
    const faces = sheets.flatMap(({ text }) => [...text.matchAll(/--face: ([^;]*);/g)].map(([, list = ""]) => list));
    expect(faces.length).toBeGreaterThan(1);
    for (const list of faces) expect(list.split(", ").find((name) => !name.startsWith('"Page Han'))).toBe("system-ui");
  });
});
