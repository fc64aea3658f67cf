import { describe, expect, test } from "vitest";
import { bandPath, linePath, rimsOf, scaleOf, ticksOf, topOf } from "../src/charts/geometry";

const [x, y] = [scaleOf([0, 4], [0, 40]), scaleOf([0, 1], [100, 0])];

describe("paths", () => {
  test("that a line runs through the ends of the months and leaves a gap where a value is missing", () => {
    expect(linePath([0, 0.5, Number.NaN, 1], x, y)).toBe("M10 100L20 50M40 0");
    expect(linePath([], x, y)).toBe("");
  });

  test("that a band goes forth above and back below, a stretch at a time", () => {
    expect(bandPath([0, 0], [0.5, 1], x, y)).toBe("M10 50L20 0L20 100L10 100Z");
    const gap = bandPath([0, Number.NaN, 0, 0], [1, 1, 1, 1], x, y);
    expect(gap.match(/M/g)).toHaveLength(2);
  });

  test("that a stack's rims are running sums", () => {
    const rims = rimsOf([
      [0.25, 0.5],
      [0.25, 0.5],
    ]);
    expect(rims.map((rim) => [...rim])).toEqual([[0, 0], [0.25, 0.5], [0.5, 1]]);
  });
});

describe("axes", () => {
  test("that a share's axis has two lengths only, and its marks end at its end", () => {
    expect([topOf([0.1, 0.6]), topOf([0.1], [0.61])]).toEqual([0.6, 1]);
    for (const top of [0.6, 1]) expect(ticksOf(top).at(-1)).toBe(top);
  });
});
