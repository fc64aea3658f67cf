import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ACTIONS, OUTCOMES } from "../generated/names";
import { countsIn, countsSaid, deedSaid } from "../src/follow/deeds";
import { inkOn, wentWrong } from "../src/follow/figures";
import { explainCommand } from "../src/follow/explain_command";
import { endsOfLevers } from "../src/levers/groups";
import { changesSaid } from "../src/levers/said";
import { scenarioNamed } from "../src/model/model";
import { biographyOf, filmOf, flipsOf, Follower, meansByJurisdiction } from "../src/follow/follower";
import { afterTime } from "../src/follow/playback";
import { officialAfterKey, officialAt, RIM, seatsIn, sizesOf, SMALLEST_CELL } from "../src/follow/seats";
import { loadKernel } from "../src/kernel";
import { specOf } from "../src/store/spec";
import { speechIn } from "../src/text/context";
import { consequenceSaid, whySaid } from "../src/follow/official_words";
import { contrastOf, optionsOf, partOf, termsThatCount } from "../src/follow/reasons";
import { TERMS } from "../generated/names";

const kernel = await loadKernel(readFileSync(join(import.meta.dirname, "../generated/kernel.wasm")));
const SIZE = { officials: 60, jurisdictions: 3, months: 72 };
const spec = specOf({ scenario: "baseline", settings: {} }, SIZE);
const film = filmOf(kernel.simulation(spec, 3, 0));

describe("a film of a run", () => {
  test("that its months are those of the whole run", () => {
    const { measures } = kernel.run(spec, 3, 0, ["innovation_rate", "routine_rate", "inaction_rate"]);
    for (let month = 0; month < SIZE.months; month++) {
      const [inaction = 0, routine = 0, ...innovating] = countsIn(film, month).map((count) => count / SIZE.officials);
      expect(inaction).toBeCloseTo(measures.inaction_rate[month] ?? Number.NaN, 12);
      expect(routine).toBeCloseTo(measures.routine_rate[month] ?? Number.NaN, 12);
      expect(innovating.reduce((a, b) => a + b)).toBeCloseTo(measures.innovation_rate[month] ?? Number.NaN, 12);
    }
  });

  test("that a biography tells of every month what the film shows", () => {
    const biography = biographyOf(kernel.simulation(spec, 3, 0), 17);
    expect(biography).toHaveLength(SIZE.months);
    biography.forEach((one, month) => {
      const at = month * SIZE.officials + 17;
      expect([one.month, one.generation, ACTIONS.indexOf(one.action), OUTCOMES.indexOf(one.outcome)]).toEqual([
        month,
        film.generation[at],
        film.action[at],
        film.outcome[at],
      ]);
    });
  });

  test("that a follower gives the same answers in any order, wound back to the first month", () => {
    const follower = new Follower(kernel);
    const asked = { spec, seed: 3, run: 0 };
    const first = follower.answer({ type: "biography", asked, official: 5 });
    expect(follower.answer({ type: "film", asked })).toEqual(film);
    for (const seed of [4, 5, 6, 7]) follower.answer({ type: "film", asked: { ...asked, seed } });
    expect(follower.answer({ type: "biography", asked, official: 5 })).toEqual(first);
  });

  test("that officials of a jurisdiction stand together and are counted by it", () => {
    expect(sizesOf(film.jurisdiction)).toEqual([20, 20, 20]);
    const byPlace = [0, 1, 2].map((place) => countsIn(film, 7, place));
    expect(countsIn(film, 7)).toEqual(ACTIONS.map((_, action) => byPlace.reduce((sum, counts) => sum + (counts[action] ?? 0), 0)));
  });

  test("that means by jurisdiction are those of the runs", () => {
    const means = meansByJurisdiction(kernel, { type: "jurisdictions", spec, seed: 3, replications: 2, measure: "innovation_rate", windowMonths: 60 });
    expect(means.map((runs) => runs.length)).toEqual([2, 2, 2]);
    const { byJurisdiction } = kernel.run(spec, 3, 1, ["innovation_rate"], true);
    expect(means[2]?.[1]).toBe(kernel.windowMean(byJurisdiction[2]?.innovation_rate ?? new Float64Array(), 60));
  });
});

describe("why an official chose", () => {
  const biography = biographyOf(kernel.simulation(spec, 3, 0), 17);

  test("that the parts of an option add up to its worth", () => {
    for (const one of biography) {
      for (const { action, utility } of optionsOf(one)) {
        const sum = TERMS.reduce((total, term) => total + partOf(one, action, term), 0);
        expect(sum).toBeCloseTo(utility, 12);
      }
    }
  });

  test("that one option is the chosen one, chances add up to 1, and terms that are 0 throughout are left out", () => {
    for (const one of biography) {
      const options = optionsOf(one);
      expect(options.filter(({ isChosen }) => isChosen)).toHaveLength(1);
      expect(options.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
      expect(termsThatCount(one)).toContain("reward");
    }
  });

  test("that the contrast is with the best of the others, and says when chance decided", () => {
    for (const one of biography) {
      const contrast = contrastOf(one);
      if (!contrast) throw new Error("several options are open");
      const others = optionsOf(one).filter(({ isChosen }) => !isChosen);
      expect(one.utilities[contrast.other]).toBe(Math.max(...others.map(({ utility }) => utility)));
      expect(contrast.isAgainstTheOdds).toBe(one.utilities[contrast.other] > one.utilities[one.action]);
    }
  });

  test("that a closed option has no chance and is not the contrast", () => {
    const closed = specOf({ scenario: "baseline", settings: { "behaviour.routine_open": 0, "behaviour.filed_innovation_open": 0, "behaviour.self_dealing_open": 0 } }, SIZE);
    for (const one of biographyOf(kernel.simulation(closed, 3, 0), 2)) {
      expect(optionsOf(one).filter(({ isOpen }) => isOpen).map(({ action }) => action)).toEqual(["inaction", "innovation"]);
      expect(["inaction", "innovation"]).toContain(contrastOf(one)?.other);
    }
  });

  test("that it is said in both languages without a place left open", () => {
    for (const language of ["en", "zh-CN"] as const) {
      const speech = speechIn(language);
      for (const one of biography) expect(whySaid(one, speech) + consequenceSaid(one, speech)).not.toMatch(/[{}]/);
      expect(deedSaid(film, 3, 4, speech) + countsSaid(film, 4, speech)).not.toMatch(/[{}]|undefined|NaN/);
    }
  });
});

describe("one lever alone", () => {
  test("that each lever told would have led to the action told, and no other one that is tried", () => {
    const asked = { official: 17, month: 40, tried: endsOfLevers() };
    const flips = flipsOf(kernel.simulation(spec, 3, 0), asked);
    const there = kernel.simulation(spec, 3, 0);
    while (there.month < 40) there.step();
    const did = there.explain(17).action;
    const others = asked.tried.map(({ path, value }) => ({ path, value, action: there.explain(17, { [path]: value }).action }));
    expect(flips).toEqual(others.filter(({ action }) => action !== did));
    expect(flips.length).toBeGreaterThan(0);
  });

  test("that the command counts from 1 and holds the page's size, seed and settings", () => {
    const policy = { scenario: "crackdown", settings: { "accountability.severity": 0.4, "behaviour.routine_open": 0 } };
    expect(explainCommand({ policy, size: SIZE, seed: 7, official: 16, month: 39 })).toBe(
      "python run.py explain crackdown --official 17 --month 40 --seed 7 --officials 60 --months 72 " +
        "--from-start size.jurisdictions=3 --from-start accountability.severity=0.4 " +
        "--from-start behaviour.actions=inaction,innovation,filed_innovation,self_dealing",
    );
  });

  test("that changes over time are told from month 1 on, as the first month that is other is counted", () => {
    const [told = ""] = changesSaid(scenarioNamed("campaign"), speechIn("en"));
    expect(told).toMatch(/^Months 37 to 72: /);
    const plain = kernel.run(specOf({ scenario: "baseline", settings: {} }, SIZE), 3, 0, ["cases"]).measures.cases;
    const changed = kernel.run(specOf({ scenario: "campaign", settings: {} }, SIZE), 3, 0, ["cases"]).measures.cases;
    expect(plain.findIndex((cases, month) => cases !== changed[month]) + 1).toBeGreaterThanOrEqual(37);
  });
});

describe("the grid", () => {
  const sizes = Array.from({ length: 20 }, () => 50);

  test("that everybody has a cell inside the room, and no two the same", () => {
    for (const [width, height] of [[1000, 700], [560, 480], [340, 900]] as const) {
      const { seats, cell, places } = seatsIn(sizes, { width, height, heading: 20 });
      expect(seats).toHaveLength(1000);
      expect(new Set(seats.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)).size).toBe(1000);
      expect(Math.max(...seats.map(({ x }) => x + cell))).toBeLessThanOrEqual(width - RIM + 0.01);
      expect(Math.min(...seats.map(({ x }) => x))).toBeGreaterThanOrEqual(RIM);
      expect(places.map(({ count }) => count)).toEqual(sizes);
      if (cell > SMALLEST_CELL) expect(Math.max(...seats.map(({ y }) => y + cell))).toBeLessThanOrEqual(height - RIM);
    }
  });

  test("that unequal jurisdictions, and one alone, find room", () => {
    for (const odd of [[400, 300, 200, 100], [7], [1, 1]]) {
      const { seats } = seatsIn(odd, { width: 700, height: 500, heading: 20 });
      expect(seats).toHaveLength(odd.reduce((a, b) => a + b));
    }
  });

  test("that a point finds its official, and arrow keys lead to neighbours and back", () => {
    const seats = seatsIn(sizes, { width: 1000, height: 700, heading: 20 });
    seats.seats.forEach(({ x, y }, official) => expect(officialAt(seats, x + 1, y + 1)).toBe(official));
    expect(officialAt(seats, 2, 2)).toBeNull();
    const right = officialAfterKey(seats, 0, "ArrowRight");
    expect(right).toBe(1);
    expect(officialAfterKey(seats, 1, "ArrowLeft")).toBe(0);
    expect([officialAfterKey(seats, 0, "ArrowLeft"), officialAfterKey(seats, 0, "End"), officialAfterKey(seats, 9, "Home")]).toEqual([0, 999, 0]);
    expect(officialAfterKey(seats, 0, "constructor")).toBeNull();
  });

  test("that arrow keys reach everybody", () => {
    const seats = seatsIn([50, 50, 50, 50], { width: 560, height: 480, heading: 20 });
    const reached = new Set([0]);
    const open = [0];
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
        const next = officialAfterKey(seats, from, key);
        if (next === null || reached.has(next)) continue;
        reached.add(next);
        open.push(next);
      }
    }
    expect(reached.size).toBe(200);
  });

  test("that shapes stand out on every colour of the design", () => {
    const tokens = readFileSync(join(import.meta.dirname, "../src/design/tokens.css"), "utf8");
    const light = (colour: string): number => {
      const part = (at: number): number => {
        const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
    };
    for (const action of ACTIONS) {
      const found = [...tokens.matchAll(new RegExp(`--${action.replaceAll("_", "-")}: (#\\w{6})`, "g"))].map(([, colour = ""]) => colour);
      expect(found.length).toBeGreaterThanOrEqual(2);
      for (const colour of found) {
        const [a, b] = [light(colour), light(inkOn(colour))];
        expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThan(4.5);
      }
    }
  });

  test("that what went wrong is told from what did not", () => {
    expect(OUTCOMES.filter((_, outcome) => !wentWrong(outcome))).toEqual(["nothing", "success"]);
  });
});

describe("playing", () => {
  test("that months pass with the time owed, and the run ends at its last month", () => {
    expect(afterTime(3, 120, 0.4)).toEqual({ month: 3, owed: 0.4 });
    expect(afterTime(3, 120, 2.25)).toEqual({ month: 5, owed: 0.25 });
    expect(afterTime(118, 120, 7)).toEqual({ month: 119, owed: 0 });
    expect(afterTime(119, 120, 1)).toBeNull();
  });
});
