import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { loadKernel } from "../src/kernel";
import { opened } from "../src/link/codec";
import { specOf } from "../src/store/spec";
import type { RunResult } from "../src/worker/messages";
import { meansByJurisdiction } from "../src/follow/follower";
import { lessonSize, runsOf } from "../src/views/lessons/answer";
import { afterStroke, isWhole, nothingDrawn, stepOfKey } from "../src/views/lessons/drawing";
import { scenarioNames, unitOfMeasure } from "../src/model/model";
import { speechIn } from "../src/text/context";
import { axisOf } from "../src/charts/value_chart";
import { claimNumbers } from "../src/views/lessons/claim_numbers";
import { chartsOpen } from "../src/views/lessons/staging";
import { lessonBounds } from "../src/model/lesson_bounds";
import { lessonAt, lessons, minutesOf, placesDrawn, policyOf, SHORT_MINUTES, STEPS, type Lesson } from "../src/views/lessons/lesson";
import { claimRead, distanceOf, jurisdictionsAsked, LESSON_RUNS, lineOf, measuresOf, partsOf, type LessonRuns } from "../src/views/lessons/reading";

const APP = join(import.meta.dirname, "..");
const kernel = await loadKernel(readFileSync(join(APP, "generated/kernel.wasm")));
const MOST_DRAWN = 24;

/** Run a lesson as the page does, with fewer runs. */
function runsFor(lesson: Lesson, replications = 4): LessonRuns {
  const results: RunResult[] = lesson.arm.flatMap((arm, point) => {
    const spec = specOf(policyOf(arm), lessonSize());
    return Array.from({ length: replications }, (_, run): RunResult => ({
      point,
      run,
      series: kernel.run(spec, 1, run, "all").measures,
      means: null,
    }));
  });
  const places = jurisdictionsAsked(lesson).map(({ arm, measure }) => {
    const found = lesson.arm.find(({ name }) => name === arm);
    if (!found) throw new Error(`no policy ${arm}`);
    const spec = specOf(policyOf(found), lessonSize());
    return [`${arm} ${measure}`, meansByJurisdiction(kernel, { type: "jurisdictions", spec, seed: 1, replications, measure, windowMonths: 60 })] as const;
  });
  return runsOf(lesson, results, new Map(places));
}

describe("the lessons", () => {
  test("that there are the seven, in order, each a folder of its own", () => {
    const folders = readdirSync(join(APP, "lessons"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(lessons().map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(lessonBounds().map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  test("that adding a lesson touches its folder only: nothing else of the page names one", () => {
    const files = readdirSync(join(APP, "src"), { recursive: true, encoding: "utf8" }).filter((file) => /\.(tsx?|css)$/.test(file));
    const sources = files.map((file) => readFileSync(join(APP, "src", file), "utf8")).join("\n");
    for (const { id } of lessons()) expect([id, sources.includes(id)]).toEqual([id, false]);
  });

  test("that each has a script with minutes and questions, and says what the model cannot tell", () => {
    for (const lesson of lessons()) {
      expect(minutesOf(lesson)).toBeGreaterThanOrEqual(30);
      for (const step of STEPS) expect(lesson.step[step].questions.length).toBeGreaterThan(0);
      expect(lesson.cannot_tell.length).toBeGreaterThanOrEqual(3);
      expect(lesson.arm.every(({ scenario }) => scenarioNames().includes(scenario))).toBe(true);
    }
  });

  test("that the short one is as long as the class kit's script says, with its claims and one question to discuss", () => {
    for (const language of ["en", "zh-CN"]) {
      const words = parse(readFileSync(join(APP, `teaching/words/${language}.toml`), "utf8")) as unknown as { short_script: readonly string[] };
      const planned = words.short_script.map((step) => Number(/(\d+) (?:minutes?|分钟)/.exec(step)?.[1]));
      expect(planned).toEqual(STEPS.map((step) => SHORT_MINUTES[step]));
    }
    for (const lesson of lessons()) {
      const short = lessonAt({ id: lesson.id, isShort: true });
      expect(short && minutesOf(short)).toBe(15);
      expect(short?.claim.map(({ number }) => number + 1)).toEqual(lesson.short);
      expect(short?.step.discuss.questions).toHaveLength(1);
      // A claim is shown by the chart that shows it in the whole lesson.
      for (const { number, chart } of short?.claim ?? []) expect(chart ?? 0).toBe(chartsOpen(lesson, number + 1).newest);
    }
  });

  test("that a drawn prediction fits into a link and comes back", () => {
    for (const lesson of lessons()) {
      const places = placesDrawn(lesson);
      expect(places).toBeGreaterThan(1);
      expect(places).toBeLessThanOrEqual(MOST_DRAWN);
      // What can be drawn is what a link accepts.
      expect(axisOf(...lesson.prediction.domain).domain).toEqual(lesson.prediction.domain);
      const predicted = Array.from({ length: places }, () => "0.25").join("_");
      const { state, notices } = opened(`v=2&n=1&w=lessons&lesson=${lesson.id}.2&predicted=${predicted}`, "en", lessonBounds());
      expect(notices).toEqual([]);
      expect(state.lesson).toEqual({ id: lesson.id, step: 2, prediction: Array.from({ length: places }, () => 0.25) });
    }
  });

  test.each(lessons().map((lesson) => [lesson.id, lesson] as const))("that the page can answer %s, inside the axis, and its claims hold", (_, lesson) => {
    const runs = runsFor(lesson);
    const { prediction, reveal, claim } = lesson;
    const answer = lineOf(kernel, runs, prediction, prediction.asked);
    for (const value of answer.values) {
      expect(value).toBeGreaterThanOrEqual(prediction.domain[0]);
      expect(value).toBeLessThanOrEqual(prediction.domain[1]);
    }
    for (const chart of reveal) for (const line of chart.line) expect(lineOf(kernel, runs, chart, line).values.every(Number.isFinite)).toBe(true);
    for (const one of claim) {
      const read = claimRead(kernel, runs, one);
      expect([one.text.en, read.holds]).toEqual([one.text.en, true]);
      // The numbers go the way of the sentence, and counts say their unit.
      if (one.is !== "same") expect([one.text.en, Math.sign(read.effect.difference)]).toEqual([one.text.en, one.is === "above" ? 1 : -1]);
      const isCount = one.quantity.per === undefined && unitOfMeasure(partsOf(one.quantity.measure)[0]?.measure ?? "") !== "share";
      for (const language of ["en", "zh-CN"] as const) {
        const told = claimNumbers(read, runs, speechIn(language));
        expect([told, /a month|a year|per official|每/.test(told)]).toEqual([told, isCount]);
      }
    }
    expect(measuresOf(lesson).length).toBeLessThan(20);
  });

  test("that the page and the checks in Python do the same runs", () => {
    const checks = readFileSync(join(APP, "teaching/claims.py"), "utf8");
    expect(checks).toContain(`REPLICATIONS = ${LESSON_RUNS}`);
  });
});

describe("the reveal", () => {
  test("that every claim is asked before it is told, and names a chart of the lesson if it names one", () => {
    for (const { claim, reveal } of lessons()) {
      for (const one of claim) {
        expect(one.ask.en).toMatch(/\?$/);
        expect(one.ask.zh).toMatch(/？$/);
        expect(one.chart ?? 1).toBeLessThanOrEqual(reveal.length);
      }
    }
  });

  test("that a chart comes with the first claim about it, and the last claim brings the rest", () => {
    const lesson = { claim: [{}, { chart: 2 }, {}, { chart: 1 }], reveal: [{}, {}, {}] } as unknown as Lesson;
    expect([0, 1, 2, 3, 4].map((shown) => chartsOpen(lesson, shown))).toEqual([
      { newest: 0, others: [] },
      { newest: 0, others: [] },
      { newest: 2, others: [0] },
      { newest: 2, others: [0] },
      { newest: 1, others: [0, 2, 3] },
    ]);
  });
});

describe("sums of measures", () => {
  test("that a measure alone is one, and each of several has its sign", () => {
    expect(partsOf("cases")).toEqual([{ sign: 1, measure: "cases" }]);
    expect(partsOf("cases - exemptions + removals")).toEqual([
      { sign: 1, measure: "cases" },
      { sign: -1, measure: "exemptions" },
      { sign: 1, measure: "removals" },
    ]);
  });
});

describe("drawing a prediction", () => {
  test("that a stroke fills the places it passes, both ways, and leaves the others", () => {
    const right = afterStroke(nothingDrawn(5), { place: 0, value: 0 }, { place: 4, value: 1 });
    expect(right).toEqual([Number.NaN, 0.25, 0.5, 0.75, 1]);
    const left = afterStroke([9, 9, 9, 9, 9], { place: 4, value: 0 }, { place: 2, value: 1 });
    expect(left).toEqual([9, 9, 1, 0.5, 9]);
    expect(afterStroke(nothingDrawn(2), null, { place: 1, value: 0.3 })).toEqual([Number.NaN, 0.3]);
  });

  test("that it can be locked once everything is drawn", () => {
    expect([isWhole([]), isWhole([0.1, Number.NaN]), isWhole([0, 0.2])]).toEqual([false, false, true]);
  });

  test("that only keys of a handle move it", () => {
    expect(["ArrowUp", "PageDown", "x", "Tab"].map(stepOfKey)).toEqual([0.02, -0.1, null, null]);
  });

  test("that the distance from the answer is told with the place where it is largest", () => {
    expect(distanceOf([0.1, 0.5], [0.2, 0.2])).toEqual({ mean: 0.2, place: 1, there: 0.3 });
    expect(distanceOf([0.1], [])).toBeNull();
  });
});
