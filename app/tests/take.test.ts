import { describe, expect, test } from "vitest";
import { defaultState } from "../src/store/defaults";
import { withValues } from "../src/store/policy";
import { linkIn, sharedOf } from "../src/share/address";
import { drawn } from "../src/share/qr_code";
import { csvOf, monthly } from "../src/take/csv";
import { fileName } from "../src/take/file";
import { linesOf } from "../src/take/lines";
import { provenanceOf } from "../src/take/provenance";
import { speechIn } from "../src/text/context";

const FILE = { protocol: "file:", hostname: "", href: "file:///home/somebody/officials.html#v=2&n=9" };

describe("what is handed on", () => {
  test("that a path on this machine stays out of it", () => {
    expect(sharedOf(FILE, "v=2&n=2")).toEqual({ text: "#v=2&n=2", reach: "file" });
    const own = { protocol: "http:", hostname: "127.0.0.1", href: "http://127.0.0.1:8000/#v=2&n=9" };
    expect(sharedOf(own, "v=2&n=2").text).toBe("#v=2&n=2");
  });

  test("that an address others can open goes with it, without what was after its #", () => {
    const open = { protocol: "https:", hostname: "example.org", href: "https://example.org/officials.html?x=1#old#er" };
    expect(sharedOf(open, "v=2&n=2")).toEqual({ text: "https://example.org/officials.html?x=1#v=2&n=2", reach: "served" });
  });

  test("that a link is found in whatever was handed over", () => {
    for (const handed of ["v=2&n=2", "#v=2&n=2", " https://example.org/a.html#v=2&n=2\n"]) expect(linkIn(handed)).toBe("v=2&n=2");
  });

  test("that a QR code has a rim of four modules and its three corners", () => {
    const { path, size } = drawn("#v=2&n=1");
    expect(size).toBe(29); // 21 modules and the rim
    for (const corner of ["M4 4h1", "M24 4h1", "M4 24h1"]) expect(path).toContain(corner);
    expect(path).not.toMatch(/M[0-3] /);
  });

  test("that the longest link still fits", () => {
    expect(drawn(`#${"x".repeat(2000)}`).size).toBeGreaterThan(100);
  });
});

describe("numbers as a file", () => {
  test("that a missing value is an empty cell and numbers are in full", () => {
    const data = monthly("Month", [["A, b", new Float64Array([0.1 + 0.2, Number.NaN])]]);
    expect(csvOf(data, ["x\ny"])).toBe('\ufeff# x y\r\nMonth,"A, b"\r\n1,0.30000000000000004\r\n2,\r\n');
  });

  test("that no cell is taken for a formula", () => {
    const rows = [["=1+1", "-2", '"a"', "−3.1"]];
    expect(csvOf({ head: ["@a", "b", "c", "d"], rows }, [])).toBe('\ufeff\'@a,b,c,d\r\n\'=1+1,-2,"""a""",−3.1\r\n');
  });

  test("that it says where its numbers come from, in both languages", () => {
    const policy = withValues({ scenario: "crackdown", settings: {} }, { "exemption.disclosure": 0.6 });
    const state = { ...defaultState("en"), policy, pinned: { scenario: "baseline", settings: {} }, seed: 7 };
    const en = provenanceOf(state, 200, FILE, speechIn("en")).join("\n");
    for (const part of ["crackdown; exemption.disclosure=0.6", "seed: 7", "200 runs", "#v=2&n=7", "Baseline (baseline)"]) expect(en).toContain(part);
    expect(en).not.toContain("somebody");
    expect(provenanceOf(state, null, FILE, speechIn("zh-CN")).join("\n")).toContain("种子：7");
  });

  test("that a lesson's chart names the lesson, not the policy in the panel", () => {
    const state = { ...defaultState("en"), view: "lessons" as const, lesson: { id: "umbrella", step: 2, prediction: null } };
    const told = provenanceOf(state, null, FILE, speechIn("en")).join("\n");
    expect(told).toContain("Lesson: umbrella");
    expect(told).not.toContain("Baseline");
  });

  test("that file names are plain", () => {
    expect(fileName(["officials", "a b/..", 7, ""], "csv")).toBe("officials-a_b-7.csv");
  });
});

describe("lines of a picture", () => {
  const widthOf = (text: string): number => [...text].length;

  test("that words stay whole and lines are short enough", () => {
    expect(linesOf("one two three", 7, widthOf)).toEqual(["one two", "three"]);
    expect(linesOf("#v=2&n=1&long", 5, widthOf)).toEqual(["#v=2&", "n=1&l", "ong"]);
    expect(linesOf("", 5, widthOf)).toEqual([]);
  });

  test("that no Chinese line begins with a closing sign or ends with an opening one", () => {
    const lines = linesOf("干部在（五种）做法之间权衡，再选择。", 6, widthOf);
    expect(lines.join("")).toBe("干部在（五种）做法之间权衡，再选择。");
    for (const line of lines) {
      expect(line).not.toMatch(/^[，。）]/);
      expect(line).not.toMatch(/（$/);
    }
  });
});
