import { describe, expect, test } from "vitest";
import type { MeasureName } from "../src/kernel/types";
import { bundleOf, type Bundle } from "../src/runs/bundle";
import { newFeed, type Wanted } from "../src/runs/feed";
import { LONGEST_WAIT_MS, newPace, runsAskedIn, type RunsAsked } from "../src/runs/pace";
import { ALL_RUNS, FEWER_RUNS, STAGES } from "../src/runs/plan";
import { newShelf } from "../src/runs/shelf";
import { DEFAULT_POLICY, DEFAULT_SIZE } from "../src/store/defaults";
import { proportionalSizes, specOf } from "../src/store/spec";
import cases from "./proportional_sizes.json";
import type { Listener, Pool, RunRequest, RunResult } from "../src/worker/pool";

interface Asked {
  readonly request: RunRequest;
  readonly listener: Listener;
  isDropped: boolean;
}

/** A pool that does nothing by itself: the test lets requests finish. */
function idlePool(): { readonly pool: Pool; readonly asked: Asked[]; readonly finish: (n: number) => void } {
  const asked: Asked[] = [];
  const pool: Pool = {
    size: 1,
    request(request, listener) {
      for (const one of asked) one.isDropped = true;
      const made: Asked = { request: request as RunRequest, listener: listener as Listener, isDropped: false };
      asked.push(made);
      return () => {
        made.isDropped = true;
      };
    },
    close: () => undefined,
  };
  const finish = (n: number): void => {
    const one = asked[n];
    if (!one || one.isDropped) throw new Error(`request ${n} is not under way`);
    const { firstRun = 0, replications, measures } = one.request;
    const results = Array.from({ length: replications }, (_, run): RunResult => ({
      point: 0,
      run: firstRun + run,
      means: null,
      series: Object.fromEntries(measures.map((measure) => [measure, new Float64Array([firstRun + run])])) as RunResult["series"],
    }));
    one.listener.onResults(results.reverse(), replications, replications);
    one.listener.onFinished?.();
  };
  return { pool, asked, finish };
}

const spec = specOf(DEFAULT_POLICY, DEFAULT_SIZE);
const wanted = (key: string): Wanted => ({ key, spec, seed: 1, measures: ["innovation_rate"] });

/** `stageTakes` is how many milliseconds lie between any two looks at the clock. */
function feeding(how: RunsAsked = "measured", stageTakes = 0) {
  const { pool, asked, finish } = idlePool();
  const shown: Bundle[] = [];
  const shelf = newShelf(2);
  let time = 0;
  const pace = newPace(how, () => (time += stageTakes));
  const feed = newFeed(pool, "own", shelf, pace, { onBundle: (bundle) => shown.push(bundle), onFailed: () => undefined });
  return { feed, asked, finish, shown, shelf, pace };
}

describe("the feed of runs", () => {
  test("that a few runs are shown first, then more and then all, in the order of their numbers, none run twice", () => {
    const { feed, asked, finish, shown } = feeding();
    feed.want(wanted("a"));
    STAGES.forEach((_, stage) => finish(stage));
    expect(asked.map(({ request }) => [request.firstRun, request.replications])).toEqual(
      STAGES.map((runs, stage) => [STAGES[stage - 1] ?? 0, runs - (STAGES[stage - 1] ?? 0)]),
    );
    expect(shown.map(({ n }) => n)).toEqual([...STAGES]);
    expect(shown.at(-1)?.series("innovation_rate").map(([run]) => run)).toEqual(Array.from({ length: ALL_RUNS }, (_, run) => run));
  });

  test("that in a drag what is under way is finished and then only the newest begun", () => {
    const { feed, asked, finish, shown } = feeding();
    for (const key of ["a", "b", "c", "d"]) feed.want(wanted(key));
    expect(asked).toHaveLength(1);
    finish(0);
    finish(1);
    expect(shown.map(({ key }) => key)).toEqual(["a", "d"]);
  });

  test("that refining gives way at once, at every stage", () => {
    const { feed, asked, finish, shown } = feeding();
    feed.want(wanted("a"));
    finish(0);
    finish(1);
    feed.want(wanted("b"));
    expect(asked[2]?.isDropped).toBe(true);
    finish(3);
    expect(shown.map(({ key, n }) => [key, n])).toEqual([["a", STAGES[0]], ["a", STAGES[1]], ["b", STAGES[0]]]);
  });

  test("that what was run in full is shown again without a run, and that few are kept", () => {
    const { feed, asked, finish, shown, shelf } = feeding();
    for (const [place, key] of ["a", "b", "c"].entries()) {
      feed.want(wanted(key));
      STAGES.forEach((_, stage) => finish(STAGES.length * place + stage));
    }
    feed.want(wanted("b"));
    expect(asked).toHaveLength(3 * STAGES.length);
    expect(shown.at(-1)?.key).toBe("b");
    expect(shelf.get("a")).toBeNull();
  });

  test("that nothing is shown after it was closed", () => {
    const { feed, asked, shown } = feeding();
    feed.want(wanted("a"));
    feed.close();
    expect(asked[0]?.isDropped).toBe(true);
    expect(shown).toEqual([]);
  });

  test("that a slow machine is asked for the first runs only, and for the others when all are wanted", () => {
    const { feed, asked, finish, shown, pace } = feeding("measured", LONGEST_WAIT_MS);
    feed.want(wanted("a"));
    for (const stage of [0, 1, 2]) finish(stage);
    expect(asked.map(({ request }) => [request.firstRun, request.replications])).toEqual([[0, 8], [8, 22], [30, FEWER_RUNS - 30]]);
    expect([shown.at(-1)?.n, pace.target(spec)]).toEqual([FEWER_RUNS, FEWER_RUNS]);
    pace.askAll();
    expect(asked.at(-1)?.request).toMatchObject({ seed: 1, firstRun: FEWER_RUNS, replications: ALL_RUNS - FEWER_RUNS });
    finish(3);
    expect(shown.at(-1)?.series("innovation_rate").map(([run]) => run)).toEqual(Array.from({ length: ALL_RUNS }, (_, run) => run));
    expect(pace.target(spec)).toBe(ALL_RUNS);
  });

  test("that fewer runs which are at hand are shown again, and run in full once all are wanted", () => {
    const { feed, asked, finish, shown, pace } = feeding("fewer");
    for (const [place, key] of ["a", "b"].entries()) {
      feed.want(wanted(key));
      for (const stage of [0, 1, 2]) finish(3 * place + stage);
    }
    feed.want(wanted("a"));
    expect([asked.length, shown.at(-1)?.key, shown.at(-1)?.n]).toEqual([6, "a", FEWER_RUNS]);
    pace.askAll();
    for (const request of [6, 7, 8]) finish(request);
    expect([shown.at(-1)?.key, shown.at(-1)?.n]).toEqual(["a", ALL_RUNS]);
  });

  test("that a measure which was not asked for is an error, not an empty chart", () => {
    expect(() => bundleOf("a", []).series("innovation_rate" as MeasureName)).not.toThrow();
    const one: RunResult = { point: 0, run: 0, means: null, series: { innovation_rate: new Float64Array(1) } as RunResult["series"] };
    expect(() => bundleOf("a", [one]).series("public_value")).toThrow("public_value");
  });
});

describe("the pace of a machine", () => {
  const size = { officials: 200, months: 120 };
  /** So long 22 runs take where all take just as long as anybody waits. */
  const limit = (22 * LONGEST_WAIT_MS) / ALL_RUNS;

  test("that fewer runs are asked for where all would take longer than anybody waits, and only there", () => {
    const target = (milliseconds: number): number => {
      const pace = newPace();
      pace.measured(size, 22, milliseconds);
      return pace.target(size);
    };
    expect([target(limit), target(limit + 1)]).toEqual([ALL_RUNS, FEWER_RUNS]);
  });

  test("that the first measurement of a size holds, and holds for that size only", () => {
    const pace = newPace();
    expect(pace.target(size)).toBe(ALL_RUNS);
    pace.measured(size, 22, 2 * limit);
    pace.measured(size, 22, 0);
    expect([pace.target(size), pace.target({ ...size, officials: 100 })]).toEqual([FEWER_RUNS, ALL_RUNS]);
  });

  test("that the address can take the place of the measurement", () => {
    expect(["", "?runs=all", "?runs=fewer", "?runs=7", "?x=1&runs=all"].map(runsAskedIn)).toEqual(["measured", "all", "fewer", "measured", "all"]);
    const pace = newPace("all");
    pace.measured(size, 22, 2 * limit);
    expect([pace.target(size), newPace("fewer").target(size)]).toEqual([ALL_RUNS, FEWER_RUNS]);
  });
});

describe("what is asked of the kernel", () => {
  test("that listed jurisdictions keep their proportions", () => {
    // The library is held to the same cases in tests/app/test_page_sizes.py.
    for (const { sizes, total, scaled } of cases) expect(proportionalSizes(sizes, total)).toEqual(scaled);
    const listed = specOf({ scenario: "four_provinces", settings: {} }, { officials: 500, jurisdictions: 10, months: 120 });
    expect(listed.listed.map(({ officials }) => officials)).toEqual([200, 150, 100, 50]);
  });

  test("that settings take the place of the scenario's and everything else stays", () => {
    const asked = specOf({ scenario: "crackdown", settings: { "accountability.severity": 0.5 } }, DEFAULT_SIZE);
    expect(asked.parameters["accountability.severity"]).toBe(0.5);
    expect(asked.parameters["accountability.certainty"]).toBe(0.1);
    expect([asked.officials, asked.jurisdictions, asked.months]).toEqual([200, 4, 120]);
  });
});
