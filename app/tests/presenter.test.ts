import { describe, expect, test } from "vitest";
import { commandOf, stepFrom } from "../src/presenter/steps";
import { defaultState } from "../src/store/defaults";
import { reduced } from "../src/store/reducer";
import { newSession } from "../src/store/defaults";
import { VIEWS, type LessonState, type PageState, type Session } from "../src/store/types";
import { lessons } from "../src/views/lessons/lesson";

function walked(from: PageState, direction: 1 | -1): PageState[] {
  const states = [from];
  for (let session = newSession(from); ; ) {
    const action = stepFrom(session, direction);
    if (!action) return states;
    session = reduced(session, action);
    states.push(session.state);
  }
}

describe("the presenter's next and back", () => {
  test("that next leads through all views and all lessons, each to its end, and back through the views", () => {
    const there = walked(defaultState("en"), 1);
    const withoutRepeats = <T>(list: readonly T[]): T[] => list.filter((one, place) => one !== list[place - 1]);
    expect(withoutRepeats(there.map(({ view }) => view))).toEqual([...VIEWS]);
    expect(withoutRepeats(there.flatMap(({ lesson: at }) => (at ? [at.id] : [])))).toEqual(lessons().map(({ id }) => id));
    for (const { id, claim } of lessons()) {
      const last = there.findLast(({ lesson: at }) => at?.id === id)?.lesson;
      expect(last).toMatchObject({ step: 3, shown: claim.length });
    }
    expect(walked(there.at(-1) ?? defaultState("en"), -1).map(({ view }) => view)).toEqual([...VIEWS].reverse());
  });

  test("that in the list back offers every lesson, then to go on without one, then none, and next opens what is offered", () => {
    const list: PageState = { ...defaultState("en"), view: "lessons" };
    const pressed = (state: PageState, ...directions: (1 | -1)[]): PageState =>
      directions.reduce((now, direction) => {
        const session = newSession(now);
        const action = stepFrom(session, direction);
        return action ? reduced(session, action).state : now;
      }, state);
    const back = (times: number): (1 | -1)[] => Array.from({ length: times }, () => -1);
    lessons().forEach(({ id }, place) => {
      expect(pressed(list, 1, ...back(place)).offered).toEqual({ place });
      expect(pressed(list, 1, ...back(place), 1)).toMatchObject({ lesson: { id, step: 0, prediction: null }, offered: null });
    });
    expect(pressed(list, 1, ...back(lessons().length), 1)).toMatchObject({ view: "report", lesson: null, offered: null });
    expect(pressed(list, 1, ...back(lessons().length + 1))).toEqual(list);
    expect(pressed(list, -1).view).toBe("map");
    // Out of a lesson by its beginning the same one is offered; from the end of a short one the next short one.
    expect(pressed(at(0), -1)).toMatchObject({ view: "lessons", lesson: null, offered: { place: 0 } });
    expect(pressed(at(3, { isShort: true }), 1, 1).lesson).toMatchObject({ id: lessons()[1]?.id, isShort: true });
  });

  const [lesson] = lessons();
  const at = (step: number, more: Partial<LessonState> = {}): PageState => ({
    ...defaultState("en"),
    view: "lessons",
    lesson: { id: lesson?.id ?? "", step, prediction: null, ...more },
  });
  const claims = lesson?.claim.length ?? 0;
  const inLesson = (states: readonly PageState[]): PageState[] => states.filter(({ lesson: now }) => now?.id === lesson?.id);
  const way = (states: readonly PageState[]): string[] => states.map(({ lesson: now }) => `${now?.step}.${now?.shown ?? 0}`);

  test("that in a lesson they never skip the lock, and reveal a claim a click", () => {
    const revealed = Array.from({ length: claims }, (_, n) => `2.${n + 1}`);
    expect(way(inLesson(walked(at(0), 1)))).toEqual(["0.0", "1.0", "2.0", ...revealed, `3.${claims}`]);
    expect(way(inLesson(walked(at(3, { shown: claims }), -1)))).toEqual([`3.${claims}`, ...revealed.toReversed(), "2.0", "1.0", "0.0"]);
  });

  test("that next locks a drawing that is whole, and keeps one that is not", () => {
    const after = (drawn: readonly number[]): Session => {
      const session = reduced(newSession(at(0)), { type: "draw", lesson: lesson?.id ?? "", values: drawn });
      const action = stepFrom(session, 1);
      return action ? reduced(session, action) : session;
    };
    expect(after([0.1, 0.2, 0.3]).state.lesson).toMatchObject({ step: 1, prediction: [0.1, 0.2, 0.3] });
    const begun = after([0.1, Number.NaN, 0.3]);
    expect(begun.state.lesson).toMatchObject({ step: 1, prediction: null });
    expect(begun.classwork[lesson?.id ?? ""]?.drawn).toEqual([0.1, Number.NaN, 0.3]);
  });

  test("that keys of remote controls are known and others are not", () => {
    expect(["PageDown", "PageUp", "b", "B", ".", "f", "Escape"].map(commandOf)).toEqual(["next", "back", "black", "black", "black", "freeze", "leave"]);
    expect(["a", "Tab", "constructor", "__proto__"].map(commandOf)).toEqual([null, null, null, null]);
  });
});
