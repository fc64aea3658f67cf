import { describe, expect, test } from "vitest";
import {
  EXEMPTIONS,
  N_SQUARES,
  SEVERITIES,
  clearOf,
  domainOf,
  heatAt,
  middleOf,
  placeIn,
  squareAt,
  zeroLine,
} from "../src/views/map/grid";
import { placeAfterKey } from "../src/views/map/heat_map";
import { aboutParameter } from "../src/model/model";

const field = (value: (column: number, row: number) => number): Float64Array =>
  Float64Array.from({ length: N_SQUARES }, (_, n) => value(n % SEVERITIES.length, Math.floor(n / SEVERITIES.length)));

describe("the map's grid", () => {
  test("that a name moves aside for the marks of policies, no further than it must, and stays on the map", () => {
    const reach = [2, 0.5] as const;
    expect(clearOf([6, 4], [], reach)).toEqual([6, 4]);
    expect(clearOf([6, 4], [[1, 4]], reach)).toEqual([6, 4]);
    expect(clearOf([6, 4], [[5, 4.2]], reach)).toEqual([6, 5]);
    expect(clearOf([6, 4], [[5, 4], [7, 5]], reach)).toEqual([6, 3]);
    expect(clearOf([6, EXEMPTIONS.length - 1], [[6, EXEMPTIONS.length - 1]], reach)).toEqual([6, EXEMPTIONS.length - 2]);
  });

  test("that it covers the plausible ranges in round numbers", () => {
    expect([SEVERITIES[0], SEVERITIES.at(-1)]).toEqual(aboutParameter("accountability.severity").plausible);
    expect([EXEMPTIONS[0], EXEMPTIONS.at(-1)]).toEqual(aboutParameter("exemption.probability").plausible);
    for (const value of [...SEVERITIES, ...EXEMPTIONS]) expect(String(value).length).toBeLessThanOrEqual(4);
    expect(squareAt(N_SQUARES - 1)).toEqual({ severity: 0.6, exemption: 1 });
  });

  test("that a value's place is between its neighbours", () => {
    expect(placeIn(SEVERITIES, 0.15)).toBeCloseTo(3, 12);
    expect(placeIn(SEVERITIES, 0.9)).toBe(SEVERITIES.length - 1);
  });

  test("that arrow keys stay on the map and other keys lead nowhere", () => {
    expect([placeAfterKey(0, "ArrowLeft"), placeAfterKey(0, "ArrowUp"), placeAfterKey(0, "x")]).toEqual([0, SEVERITIES.length, null]);
    expect(placeAfterKey(N_SQUARES - 1, "ArrowRight")).toBe(N_SQUARES - 1);
    expect(placeAfterKey(0, "constructor")).toBeNull();
  });
});

describe("the tipping line", () => {
  test("that a slope's line stands where the slope is zero, from rim to rim", () => {
    const line = zeroLine(field((column) => column - 3.25));
    expect(line).toHaveLength(EXEMPTIONS.length - 1);
    for (const [from, to] of line) expect([from[0], to[0]]).toEqual([3.25, 3.25]);
  });

  test("that there is none where a side is everywhere", () => {
    expect(zeroLine(field(() => 1))).toEqual([]);
    expect(zeroLine(field(() => -1))).toEqual([]);
    expect(zeroLine(field(() => Number.NaN))).toEqual([]);
  });

  test("that the name of a side stands in its middle, if it is large enough to have one", () => {
    const lead = field((column) => column - 5.5);
    expect(middleOf(lead, (value) => value < 0)).toEqual([2.5, 5]);
    expect(middleOf(field((column, row) => (column + row === 0 ? 1 : -1)), (value) => value > 0)).toBeNull();
  });
});

describe("colours", () => {
  test("that shares begin at nothing and end at a full fifth", () => {
    expect(domainOf([0.1, 0.68, Number.NaN], true)).toEqual([0, 0.8]);
    expect(domainOf([-0.5, 0.25], false)).toEqual([-0.5, 0.25]);
    expect(domainOf([Number.NaN], false)).toEqual([0, 1]);
  });

  test("that a colour is always a mixture of two neighbours", () => {
    expect(heatAt(-1)).toBe("color-mix(in oklab, var(--heat-1) 0%, var(--heat-0))");
    expect(heatAt(2)).toBe("color-mix(in oklab, var(--heat-4) 100%, var(--heat-3))");
    expect(heatAt(0.125)).toBe("color-mix(in oklab, var(--heat-1) 50%, var(--heat-0))");
  });
});
