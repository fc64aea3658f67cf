import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numbersIn, mannerOf } from "../src/text/numbers";
import { filled, textIn } from "../src/text/text";
import { parse, type TomlTable, type TomlValue } from "smol-toml";

const APP = join(import.meta.dirname, "..");

function leaves(tree: TomlValue, path = ""): [string, string][] {
  if (typeof tree === "string") return [[path, tree]];
  return Object.entries(tree as TomlTable).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

/** The trainers' page's texts, and those of rooms. */
const texts = (language: string): Map<string, string> =>
  new Map(
    ["", "rooms."].flatMap((beginning) => leaves(parse(readFileSync(join(APP, "texts", `${beginning}${language}.toml`), "utf8")))),
  );

const [english, chinese] = [texts("en"), texts("zh-CN")];
const sources = readdirSync(join(APP, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(APP, "src", file), "utf8"))
  .join("\n");

/** What the page says before it runs. */
const beginning = readFileSync(join(APP, "index.html"), "utf8");

describe("the page's texts", () => {
  test("that both languages have the same keys, none of them empty", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const text of [...english.values(), ...chinese.values()]) expect(text.trim()).not.toBe("");
  });

  test("that both languages have the same places for values", () => {
    const places = (text = ""): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    for (const [key, text] of english) expect([key, places(chinese.get(key))]).toEqual([key, places(text)]);
  });

  test("that no key is unused", () => {
    // A key is used if it stands in the code whole, or if the code makes it of a beginning and a name: `views.${id}`.
    const beginnings = [...sources.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{/g)].map(([, beginning = ""]) => beginning);
    const linkReasons = [...sources.matchAll(/BadLink\("(\w+)"/g)].map(([, reason = ""]) => `link.${reason}`);
    const isUsed = (key: string): boolean =>
      sources.includes(`"${key}"`) ||
      beginning.includes(`%TEXT ${key}%`) ||
      linkReasons.includes(key) ||
      beginnings.some((beginning) => beginning !== "link." && key.startsWith(beginning));
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  test("that no key is missing", () => {
    const asked = [...sources.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key = ""]) => key);
    const reasons = [...sources.matchAll(/BadLink\("(\w+)"/g)].map(([, reason = ""]) => `link.${reason}`);
    expect([...asked, ...reasons].filter((key) => !english.has(key))).toEqual([]);
    expect(asked.length).toBeGreaterThan(50);
  });

  test("that Chinese has no Latin punctuation between its characters", () => {
    for (const [key, text] of chinese) expect([key, /[\u4e00-\u9fff][,;:!?]/.test(text)]).toEqual([key, false]);
  });

  test("that no Latin punctuation is set around a text: what stands around it belongs to the language, too", () => {
    const around = /\{t\([^{}]*\)\}\s?[:;,(]|\$\{t\([^`]*?\)\}\s?[:;(]|\{t\([^{}]*\)\} \{t\(/;
    const folders = ["phone", "play", "room"].map((folder) => join(APP, "src", folder));
    const files = folders.flatMap((folder) => readdirSync(folder).filter((file) => file.endsWith(".tsx")).map((file) => join(folder, file)));
    // What is read aloud of the language's button stands in the other language.
    const lines = files.flatMap((file) => readFileSync(file, "utf8").split("\n")).filter((line) => !line.includes("language_meaning"));
    expect(lines.filter((line) => around.test(line))).toEqual([]);
  });

  test("that values are filled in as they are, and a hostile one is not filled in again", () => {
    expect(filled("{a} and {b}", { a: "{b}", b: "<b>" })).toBe("{b} and <b>");
    expect(filled("{constructor} {a}", {})).toBe("{constructor} {a}");
    expect([1, 2, "1", "1,000"].map((n) => filled("{n} {n|month|months}", { n }))).toEqual(["1 month", "2 months", "1 month", "1,000 months"]);
    expect(filled("{n|month|months}", { n: "{a}", a: 1 })).toBe("months");
    expect(filled("{n|month|months}", {})).toBe("{n|month|months}");
    expect(() => textIn("en").t("page.no_such_key")).toThrow("no_such_key");
  });
});

describe("words beside numbers", () => {
  test("that one thing is not called several, wherever the number may be one", () => {
    expect(textIn("en").t("lessons.notes", { n: 1 })).toBe("For the trainer: 1 minute for this step");
    expect(textIn("en").t("people.freeze", { n: 1 })).toBe(" Promotion is barred for 1 month.");
    expect(textIn("en").t("people.freeze", { n: 18 })).toBe(" Promotion is barred for 18 months.");
  });
});

describe("numbers", () => {
  const en = numbersIn("en");

  test("that shares are told in percent, differences with their sign, and what is missing with a dash", () => {
    expect([en.percent(0.3004), en.points(-0.0691), en.points(0), en.percent(Number.NaN)]).toEqual(["30.0%", "−6.9", "0.0", "–"]);
    expect(numbersIn("zh-CN").whole(12345)).toBe("12,345");
  });

  test("that the ends of an interval are told apart, with more digits only where the usual ones read alike", () => {
    expect(en.percentEnds(0.2899, 0.2951)).toEqual(["29.0%", "29.5%"]);
    expect(en.percentEnds(0.00581, 0.00629)).toEqual(["0.58%", "0.63%"]);
    expect(en.pointsEnds(0.0037, 0.0041)).toEqual(["+0.37", "+0.41"]);
    expect(en.percentEnds(0.25, 0.25)).toEqual(["25.0%", "25.0%"]);
    expect(en.pointsEnds(0.1, 0.1 + 1e-12)).toEqual(["+10.0000", "+10.0000"]);
    expect(en.percentEnds(Number.NaN, Number.NaN)).toEqual(["–", "–"]);
    const value = mannerOf("public_value", "value per official and month", en, "en", "pp");
    expect([value.valueEnds(0.1161, 0.1164), value.differenceEnds(-0.0311, -0.0309)]).toEqual([["0.1161", "0.1164"], ["−0.0311", "−0.0309"]]);
  });

  test("that a setting is told as it is set", () => {
    expect([en.setting(0.159), en.setting(1), en.setting(0.03)]).toEqual(["0.159", "1", "0.03"]);
  });

  test("that every unit has its manner", () => {
    const said = (measure: string, unit: string): string => mannerOf(measure, unit, en, "en", "pp").value(0.1699);
    expect(said("innovation_rate", "share")).toBe("17.0%");
    expect(said("trust_gap", "share")).toBe("+17.0");
    expect(said("sanctions_per_100_officials_and_year", "per 100 officials and year")).toBe("0.2");
    expect(said("public_value", "value per official and month")).toBe("0.170");
  });
});
