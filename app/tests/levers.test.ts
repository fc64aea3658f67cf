import { describe, expect, test } from "vitest";
import { endsOf, leverGroups, stepOf } from "../src/levers/groups";
import { progressAfter } from "../src/levers/replay";
import { changesSaid, unseenSaid } from "../src/levers/said";
import { aboutParameter, boundsOf, scenarioNamed, scenarioNames } from "../src/model/model";
import { speechIn } from "../src/text/context";

describe("levers", () => {
  test("that few stand in front and every parameter of a group is in it once", () => {
    const groups = leverGroups();
    const front = groups.flatMap((group) => group.front);
    expect(front).toHaveLength(9);
    for (const group of groups) {
      expect(group.front.length).toBeGreaterThan(0);
      expect(new Set([...group.front, ...group.more]).size).toBe(group.front.length + group.more.length);
    }
  });

  test("that every lever has a label and a meaning in both languages, a plausible range and a source", () => {
    for (const language of ["en", "zh-CN"] as const) {
      const { word } = speechIn(language);
      for (const path of leverGroups().flatMap(({ front, more }) => [...front, ...more])) {
        expect(word("parameters", path, "label")).toBeTruthy();
        expect(word("parameters", path, "meaning")).toBeTruthy();
        const { plausible, source, unit } = aboutParameter(path);
        expect(plausible).not.toBeNull();
        expect(source).toBeTruthy();
        expect(word("units", unit)).toBeTruthy();
      }
    }
  });

  test("that a slider takes at most a hundred round steps", () => {
    expect([stepOf(0, 1), stepOf(0.2, 1), stepOf(0, 0.6), stepOf(0, 0.5), stepOf(0, 4)]).toEqual([0.01, 0.01, 0.01, 0.005, 0.05]);
  });

  test("that a slider reaches every value a shipped scenario gives it", () => {
    for (const name of scenarioNames()) {
      for (const path of leverGroups().flatMap(({ front, more }) => [...front, ...more])) {
        const value = scenarioNamed(name).parameters[path] ?? Number.NaN;
        const [low, high] = endsOf(aboutParameter(path).plausible ?? boundsOf(path), [value]);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }
    }
  });
});

describe("what is said of a policy", () => {
  test("that changes over time and listed jurisdictions are told in both languages", () => {
    const [en, zh] = [speechIn("en"), speechIn("zh-CN")];
    expect(changesSaid(scenarioNamed("campaign"), en)).toEqual([
      "Months 37 to 72: Certainty of accountability 0.1, Severity of accountability 0.45, Severity for misconduct 0.8",
    ]);
    expect(changesSaid(scenarioNamed("reform"), en)[0]).toMatch(/^From month 61, step by step over 24 months: /);
    expect(changesSaid(scenarioNamed("four_provinces"), zh)[0]).toMatch(/^甲省，占干部 40%：/);
    expect(changesSaid(scenarioNamed("baseline"), zh)).toEqual([]);
  });

  test("that what no lever shows is told too, and nothing else", () => {
    const en = speechIn("en");
    expect(unseenSaid(scenarioNamed("urgent_times"), en)).toEqual(["From the start: Urgent matters 0.5"]);
    expect(unseenSaid(scenarioNamed("crackdown"), en)).toEqual([]);
    expect(unseenSaid(scenarioNamed("baseline"), en)).toEqual([]);
  });
});

describe("the replay", () => {
  test("that it waits, walks and ends, and that who wants less motion sees two states only", () => {
    const times = [0, 800, 1000, 1800, 2400, 5000];
    const walked = times.map((time) => progressAfter(time, false));
    expect(walked.slice(0, 2)).toEqual([0, 0]);
    expect(walked.at(-1)).toBe(1);
    expect([...walked].sort((a, b) => a - b)).toEqual(walked);
    expect(new Set(times.map((time) => progressAfter(time, true)))).toEqual(new Set([0, 1]));
  });
});
