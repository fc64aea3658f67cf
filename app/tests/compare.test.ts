import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { axisOf, spanOf } from "../src/charts/value_chart";
import { filmOf } from "../src/follow/follower";
import { loadKernel } from "../src/kernel";
import { specOf } from "../src/store/spec";
import { speechIn } from "../src/text/context";
import { effectSaid } from "../src/views/compare/curves";
import { changedByMonth, mindsIn } from "../src/follow/minds";
import { mindsSaid } from "../src/views/compare/side_by_side";

const kernel = await loadKernel(readFileSync(join(import.meta.dirname, "../generated/kernel.wasm")));
const SIZE = { officials: 80, jurisdictions: 2, months: 72 };
const filmUnder = (scenario: string) => filmOf(kernel.simulation(specOf({ scenario, settings: {} }, SIZE), 1, 0));
const [baseline, crackdown, campaign] = [filmUnder("baseline"), filmUnder("crackdown"), filmUnder("campaign")];

describe("who does something else", () => {
  test("that under the same policy nobody does, in any month", () => {
    expect([...changedByMonth(baseline, filmUnder("baseline"))].every((n) => n === 0)).toBe(true);
    expect(mindsIn(baseline, baseline, 40)).toMatchObject({ changed: 0, otherHolders: 0, turns: [] });
  });

  test("that nobody does before a change of policy takes force", () => {
    const changed = changedByMonth(baseline, campaign);
    expect(changed.slice(0, 36).every((n) => n === 0)).toBe(true);
    expect(changed.slice(36, 48).some((n) => n > 0)).toBe(true);
  });

  test("that those lit are those counted, and the turns add up to them", () => {
    for (const month of [0, 12, 71]) {
      const { lit, changed, turns, otherHolders } = mindsIn(baseline, crackdown, month);
      expect(lit.reduce((a, b) => a + b, 0)).toBe(changed);
      expect(turns.reduce((sum, { n }) => sum + n, 0)).toBe(changed);
      expect(turns.every(({ from, to }) => from !== to)).toBe(true);
      expect(turns.map(({ n }) => n)).toEqual(turns.map(({ n }) => n).toSorted((a, b) => b - a));
      expect(changed + otherHolders).toBeLessThanOrEqual(SIZE.officials);
    }
  });

  test("that a post with another holder is not compared", () => {
    const other = { ...crackdown, generation: crackdown.generation.map((generation) => generation + 50) };
    expect(mindsIn(baseline, other, 10)).toMatchObject({ changed: 0, otherHolders: SIZE.officials });
  });

  test("that the number is said in words, in both languages", () => {
    const minds = mindsIn(baseline, crackdown, 30);
    expect(mindsSaid(minds, crackdown, 30, speechIn("en"))).toContain(`Month 31: ${minds.changed} of 80 officials`);
    expect(mindsSaid(minds, crackdown, 30, speechIn("zh-CN"))).toContain(`80 名干部中有 ${minds.changed} 名`);
    expect(mindsSaid(mindsIn(baseline, baseline, 0), baseline, 0, speechIn("en"))).toBe("Month 1: all 80 officials do the same under A and B.");
  });

  test("that a difference that chance could make is called none", () => {
    const effect = { reference_mean: 0.3, mean: 0.31, difference: 0.01, low: -0.01, high: 0.03, n: 30 };
    expect(effectSaid(effect, 30, speechIn("en"))).toContain("no clear difference");
    expect(effectSaid({ ...effect, low: 0.005 }, 30, speechIn("en"))).not.toContain("no clear difference");
  });
});

describe("axes of values", () => {
  test("that they hold their values in round steps and pass through 0 where the values do", () => {
    for (const [least, most] of [[0, 0.6], [-0.27, 0.05], [-0.1, 0.2], [0, 0.25], [0, 1], [-3, 117], [0, 0]] as const) {
      const { domain, steps } = axisOf(least, most);
      expect(domain[0]).toBeLessThanOrEqual(least);
      expect(domain[1]).toBeGreaterThanOrEqual(most);
      expect(steps).toContain(0);
      expect(steps.length).toBeLessThanOrEqual(8);
      for (const step of steps) expect(String(step).length).toBeLessThanOrEqual(6);
    }
  });

  test("that missing values are left out", () => {
    expect(spanOf([Number.NaN, 0.3, -0.1], new Float64Array([0.5]))).toEqual([-0.1, 0.5]);
  });
});
