import { describe, expect, test } from "vitest";
import { commandOf, stepFrom } from "../src/presenter/steps";
import { defaultState } from "../src/store/defaults";
import { reduced } from "../src/store/reducer";
import { newSession } from "../src/store/defaults";
import { VIEWS, type PageState } from "../src/store/types";

function walked(from: PageState, direction: 1 | -1): PageState[] {
  const states = [from];
  for (let session = newSession(from); ; ) {
    const action = stepFrom(session.state, direction);
    if (!action) return states;
    session = reduced(session, action);
    states.push(session.state);
  }
}

describe("the presenter's next and back", () => {
  test("that they lead through all views and end there", () => {
    const there = walked(defaultState("en"), 1);
    expect(there.map(({ view }) => view)).toEqual([...VIEWS]);
    expect(walked(there.at(-1) ?? defaultState("en"), -1).map(({ view }) => view)).toEqual([...VIEWS].reverse());
  });

  test("that in a lesson they lead through its steps, with a lock only if something is locked", () => {
    const steps = (prediction: readonly number[] | null): (number | undefined)[] =>
      walked({ ...defaultState("en"), view: "lessons", lesson: { id: "x", step: 0, prediction } }, 1).map(({ lesson }) => lesson?.step);
    expect(steps([0.1])).toEqual([0, 1, 2, 3]);
    expect(steps(null)).toEqual([0, 2, 3]);
  });

  test("that keys of remote controls are known and others are not", () => {
    expect(["PageDown", "PageUp", "b", "B", ".", "f", "Escape"].map(commandOf)).toEqual(["next", "back", "black", "black", "black", "freeze", "leave"]);
    expect(["a", "Tab", "constructor", "__proto__"].map(commandOf)).toEqual([null, null, null, null]);
  });
});
