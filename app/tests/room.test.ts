/** What phones and the wall work out without a browser. */

import { describe, expect, test } from "vitest";
import type { Choose, State, WallWorld } from "../generated/room_messages";
import { aboutOf, EMPTY, heard, isSaid, saying } from "../src/phone/view";
import { languageOf, signed, wordsIn } from "../src/play/words";
import { lessonAsked } from "../src/phone/lesson_asked";
import { drawingOf } from "../src/room/lessons_page";
import { changesOf, meanOf, meansOfStretches, within } from "../src/room/readings";
import { partsOf } from "../src/room/strip";
import { TEXTS } from "../src/room/texts";
import { shownOf } from "../src/views/lessons/class_drawing";
import { lessons, placesDrawn } from "../src/views/lessons/lesson";

const STATE: State = {
  t: "state",
  seq: 10,
  seat: 3,
  phase: "decide",
  step: 6,
  round: 1,
  rounds: 2,
  act: 0,
  open: true,
  held: false,
  changed: false,
  research: false,
  play: "tolerance",
  months: 3,
};
const CHOICE: Choose = { t: "choose", id: "00112233445566aa", round: 1, action: 2 };

describe("a phone", () => {
  test("that a state older than the newest answer is dropped", () => {
    const newest = heard(heard(EMPTY, STATE), { t: "ok", id: "x", seq: 12 });
    expect(heard(newest, { ...STATE, seq: 11, round: 2 }).state?.round).toBe(1);
    expect(heard(newest, { ...STATE, seq: 12, round: 2 }).state?.round).toBe(2);
  });

  test("that a choice waits until the room answers, and keeps why it did not count", () => {
    const waiting = saying(EMPTY, "choose 1", CHOICE);
    expect(waiting.sent["choose 1"]?.status).toBe("waiting");
    expect(heard(waiting, { t: "ok", id: CHOICE.id, seq: 11 }).sent["choose 1"]?.status).toBe("ok");
    const refused = heard(waiting, { t: "no", id: CHOICE.id, why: "closed" });
    expect(refused.sent["choose 1"]).toEqual({ message: CHOICE, status: "no", why: "closed" });
    expect(refused.refused).toBeNull();
  });

  test("that an answer to what was said before does not settle what was said last", () => {
    const later = { ...CHOICE, id: "ffffffffffffffff", action: 1 };
    const view = saying(saying(EMPTY, "choose 1", CHOICE), "choose 1", later);
    expect(heard(view, { t: "ok", id: CHOICE.id, seq: 11 }).sent["choose 1"]?.status).toBe("waiting");
  });

  test("that the same question asked at another step is another matter", () => {
    const belief = { t: "believe", id: CHOICE.id, round: 6, question: "others", tenths: 4 } as const;
    expect(aboutOf(belief, 5)).not.toBe(aboutOf(belief, 18));
    expect(aboutOf(CHOICE, 6)).toBe("choose 1");
  });

  test("that what was said is not asked again before the next state comes, unless it was refused", () => {
    const answer = { t: "answer", id: CHOICE.id, n: 0, choice: 1 } as const;
    const waiting = saying(EMPTY, "answer 0", answer);
    const told = heard(waiting, { t: "ok", id: CHOICE.id, seq: 11 });
    const refused = heard(waiting, { t: "no", id: CHOICE.id, why: "phase" });
    expect([EMPTY, waiting, told, refused].map((view) => isSaid(view, "answer 0"))).toEqual([false, true, true, false]);
  });

  test("that a refused hello is told with the time to wait", () => {
    expect(heard(EMPTY, { t: "no", why: "busy", wait_ms: 60_000 }).refused).toEqual({ why: "busy", waitMs: 60_000 });
  });
});

describe("words", () => {
  test("that the reader's first language of the two is taken", () => {
    expect([["fr", "zh-TW", "en"], ["en-GB", "zh"], ["fr"], []].map(languageOf)).toEqual(["zh-CN", "en", "en", "en"]);
  });

  test("that points carry their sign, and nothing is nothing", () => {
    expect([signed(12.4), signed(-53), signed(-0.2)]).toEqual(["+12", "−53", "0"]);
  });

  test("that a play whose rounds are no quarters is told in rounds", () => {
    for (const language of ["en", "zh-CN"] as const) {
      const monthly = wordsIn(language, TEXTS, 1);
      for (const [section, texts] of Object.entries(TEXTS[language])) {
        for (const key of Object.keys(texts)) expect([key, /quarter|季度/i.test(monthly.t(`${section}.${key}`))]).toEqual([key, false]);
      }
    }
    expect(wordsIn("en", TEXTS, 6).t("phone.quarter", { n: 2, all: 9 })).toBe("Round 2 of 9");
    expect(wordsIn("zh-CN", TEXTS, 6).t("phone.quarter", { n: 2, all: 9 })).toBe("第 2/9 轮");
    expect(wordsIn("zh-CN", TEXTS).t("phone.quarter", { n: 2, all: 9 })).toBe("第 2/9 季度");
  });

  test("that a text that is not there is an error", () => {
    expect(() => wordsIn("en", TEXTS).t("room.no_such")).toThrow("no_such");
  });
});

describe("the wall", () => {
  const world: WallWorld = {
    name: "class",
    title: null,
    shares: [0.2, null, 0.6, 0.8],
    people: [9, 3, 9, 9],
    acts: [0, 0, 1, 1],
    stretches: [0, 0, 1, 1],
    gain: null,
    gain_of_model: null,
    fan: null,
    twins: null,
    shoes: null,
  };

  test("that quarters in which nothing may be shown are in no mean", () => {
    expect(meansOfStretches(world.shares, world)).toEqual([[0, 0.2], [1, 0.7]]);
    // The same rule before and after is told apart: it is what a changed one is held against.
    expect(meansOfStretches(world.shares, { ...world, acts: [0, 0, 0, 0] })).toEqual([[0, 0.2], [0, 0.7]]);
    expect(meanOf([0.5, -1, null])).toBe(0.5);
  });

  test("that a line is counted as inside only where both line and band are", () => {
    const band = { median: [], low50: [], high50: [], low90: [0.1, 0.1, 0.1, -1], high90: [0.3, 0.3, 0.3, -1] };
    expect(within(world, band, "rounds")).toEqual({ inside: 1, all: 2 });
  });

  test("that of stretches told by their means each counts once, and the edge of a band belongs to it", () => {
    const means = { ...world, shares: [null, 0.1 + 0.2, 0.7, 0.7] };
    const band = { median: [], low50: [], high50: [], low90: [-1, 0.3, 0.1, 0.1], high90: [-1, 0.3, 0.6, 0.6] };
    expect(within(means, band, "acts")).toEqual({ inside: 1, all: 2 });
  });

  test("that a rule's change is marked where its first quarter begins", () => {
    expect(changesOf(world.acts)).toEqual([{ round: 3, act: 1 }]);
  });
});

test("that the strip tells quarters that follow each other as one part", () => {
  const step = (phase: "lobby" | "decide" | "result" | "announce", round: number) => ({ phase, round, act: 0 });
  const parts = partsOf([step("lobby", 0), step("decide", 1), step("result", 1), step("decide", 2), step("result", 2), step("announce", 3)]);
  expect(parts.map(({ phase, rounds, first, last }) => [phase, rounds, first, last])).toEqual([
    ["lobby", [], 0, 0],
    ["decide", [1, 1, 2, 2], 1, 4],
    ["announce", [], 5, 5],
  ]);
});

describe("lessons in a room", () => {
  test("that a phone knows what every lesson asks, with a name for each place that needs one", () => {
    for (const lesson of lessons()) {
      for (const language of ["en", "zh-CN"] as const) {
        const asked = lessonAsked(lesson.id, language);
        expect(asked?.title).toBe(lesson.prediction.title[language === "en" ? "en" : "zh"]);
        expect(asked?.domain).toEqual(lesson.prediction.domain);
        if (asked?.form === "points") expect(asked.names).toHaveLength(placesDrawn(lesson));
      }
    }
    expect(lessonAsked("no_such_lesson", "en")).toBeNull();
  });

  test("that what a class drew is shown when it fits the lesson's places, and can be shown at all", () => {
    const drawn = { n: 6, each: [[0.1, 0.2]], median: [0.1, 0.2], low50: [0, 0.1], high50: [0.2, 0.3] };
    const told = {
      t: "lessons",
      seq: 9,
      step: 0,
      seated: 6,
      awake: 6,
      answered: 0,
      may: ["ask"],
      guesses: { some: drawn, few: { ...drawn, n: 4, each: [], median: [], low50: [], high50: [] } },
      code: "123456",
      phones_url: "http://192.0.2.1:8700",
    } as const;
    const drawing = drawingOf({ do: async () => undefined }, JSON.parse(JSON.stringify(told)) as never);
    expect(drawing.canAsk).toBe(true);
    expect(drawing.asked).toBeNull();
    expect(shownOf(drawing, "some", 2)).toEqual(drawn);
    expect(shownOf(drawing, "some", 3)).toBeNull();
    expect(shownOf(drawing, "few", 2)).toBeNull();
    expect(shownOf(drawing, "other", 2)).toBeNull();
    expect(shownOf(null, "some", 2)).toBeNull();
  });
});
