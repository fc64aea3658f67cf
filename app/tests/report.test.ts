import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, DEFAULT_SIZE } from "../src/store/defaults";
import { withValues } from "../src/store/policy";
import { trendOf } from "../src/views/report/numbers";
import { pythonLines } from "../src/views/report/python_lines";

const BASE = { policy: DEFAULT_POLICY, pinned: null, size: DEFAULT_SIZE, seed: 3, runs: 200 };

describe("the report's lines of Python", () => {
  test("that they name scenario, size, settings, runs and seed", () => {
    const policy = withValues({ scenario: "crackdown", settings: {} }, { "exemption.access": 1, "accountability.severity": 1e-7 });
    const lines = pythonLines({ ...BASE, policy });
    for (const part of ['find_scenario("crackdown")', '"size.officials": 200', '"exemption.access": 1,', "1e-7", "simulate(policy, 200, seed=3)"]) {
      expect(lines).toContain(part);
    }
    expect(lines).not.toContain("difference");
  });

  test("that closed actions are given as the list of open ones", () => {
    const policy = withValues(DEFAULT_POLICY, { "behaviour.routine_open": 0 });
    const lines = pythonLines({ ...BASE, policy });
    expect(lines).not.toContain("routine_open");
    expect(lines.replace(/\s+/g, " ")).toContain('"behaviour.actions": ["inaction", "innovation", "filed_innovation", "self_dealing"]');
  });

  test("that a scenario which lists its jurisdictions keeps their number", () => {
    const lines = pythonLines({ ...BASE, policy: { scenario: "four_provinces", settings: {} }, pinned: DEFAULT_POLICY });
    expect(lines.match(/size\.jurisdictions/g)).toHaveLength(1);
    expect(lines).toContain('tell("difference"');
  });

  test("that no line is too long for a column of the printed page", () => {
    const pinned = withValues(DEFAULT_POLICY, { "behaviour.routine_open": 0, "accountability.inaction_certainty": 0.123456 });
    const lines = pythonLines({ ...BASE, pinned }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76);
  });
});

test("that a change too small to see is none", () => {
  const course = { start: 0.3, low: 0, high: 1 };
  expect([0.302, 0.32, 0.28, Number.NaN].map((end) => trendOf({ ...course, end }))).toEqual(["stays", "rises", "falls", "stays"]);
});
