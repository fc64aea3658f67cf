import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, DEFAULT_SIZE, defaultState, newSession } from "../src/store/defaults";
import { differingPaths, isSamePolicy, policyBetween, valueIn } from "../src/store/policy";
import { LONGEST_HISTORY, reduced } from "../src/store/reducer";
import { newStore } from "../src/store/store";
import { shownPolicy } from "../src/store/context";
import type { Action, Session } from "../src/store/types";
import { scenarioNames, scenarioNamed } from "../src/model/model";

const SEVERITY = "accountability.severity";
const start = (): Session => newSession(defaultState("en"));
const after = (...actions: Action[]): Session => actions.reduce(reduced, start());
const set = (value: number, gesture?: string): Action => ({ type: "set", values: { [SEVERITY]: value }, gesture });

function deeplyFrozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(deeplyFrozen);
  }
  return value;
}

describe("the policy and its history", () => {
  test("that undo and redo walk the same path back and forth", () => {
    const session = after(set(0.3), set(0.4), { type: "choose policy", policy: { scenario: "crackdown", settings: {} } });
    const back = [1, 2, 3].reduce((s) => reduced(s, { type: "undo" }), session);
    expect(back.state.policy).toEqual(DEFAULT_POLICY);
    const forth = [1, 2, 3].reduce((s) => reduced(s, { type: "redo" }), back);
    expect(forth.state.policy).toEqual(session.state.policy);
    expect(reduced(start(), { type: "undo" }).state).toEqual(start().state);
  });

  test("that one drag is undone as one", () => {
    const session = after(set(0.2, "a"), set(0.3, "a"), set(0.4, "a"), set(0.5, "b"));
    expect(session.past).toHaveLength(2);
    expect(valueIn(reduced(session, { type: "undo" }).state.policy, SEVERITY)).toBe(0.4);
  });

  test("that a drag after an undo starts a step of its own", () => {
    const session = after(set(0.2, "a"), { type: "undo" }, set(0.3, "a"));
    expect(session.past).toHaveLength(1);
    expect(session.future).toHaveLength(0);
  });

  test("that a value which is the scenario's own is no setting", () => {
    const own = scenarioNamed("baseline").parameters[SEVERITY] ?? 0;
    expect(after(set(0.3), set(own)).state.policy).toEqual(DEFAULT_POLICY);
  });

  test("that setting what already holds makes no step", () => {
    expect(after(set(0.3), set(0.3)).past).toHaveLength(1);
  });

  test("that history does not grow without end", () => {
    const many = Array.from({ length: LONGEST_HISTORY + 50 }, (_, n) => set(0.1 + n / 1000));
    expect(after(...many).past).toHaveLength(LONGEST_HISTORY);
  });

  test("that reducing changes nothing it was given", () => {
    const actions: Action[] = [
      set(0.3, "a"), set(0.4, "a"), { type: "pin" }, { type: "undo" }, { type: "redo" }, { type: "reset" },
      { type: "swap pinned" }, { type: "replay", progress: "start" }, { type: "replay", progress: 0.5 },
      { type: "size", size: { officials: 100, jurisdictions: 2, months: 72 } }, { type: "month", month: 200 },
    ];
    let session = deeplyFrozen(start());
    for (const action of actions) session = deeplyFrozen(reduced(session, action));
    expect(session.state.month).toBe(71);
  });
});

describe("pin, swap, replay", () => {
  test("that swapping exchanges the policy and the pinned one", () => {
    const session = after({ type: "pin" }, set(0.4), { type: "swap pinned" });
    expect(session.state.policy).toEqual(DEFAULT_POLICY);
    expect(session.state.pinned?.settings).toEqual({ [SEVERITY]: 0.4 });
  });

  test("that undo after a swap brings back both, and undo after pinning leaves nothing pinned", () => {
    const pinned = after({ type: "pin" }, set(0.4));
    const back = reduced(reduced(pinned, { type: "swap pinned" }), { type: "undo" });
    expect(back.state).toEqual(pinned.state);
    expect(reduced(back, { type: "redo" }).state.pinned?.settings).toEqual({ [SEVERITY]: 0.4 });
    expect(after({ type: "pin" }, { type: "undo" }).state.pinned).toBeNull();
    expect(after({ type: "pin" }, { type: "unpin" }, { type: "undo" }).state.pinned).toEqual(DEFAULT_POLICY);
  });

  test("that the last change is shown again even if something was pinned since", () => {
    const session = after(set(0.3), set(0.5), { type: "pin" }, { type: "replay", progress: "start" });
    expect(valueIn(shownPolicy(session), SEVERITY)).toBe(0.3);
  });

  test("that a replay walks from before the last change to now and leaves the policy alone", () => {
    const session = after(set(0.3), set(0.5), { type: "replay", progress: "start" });
    expect(valueIn(shownPolicy(session), SEVERITY)).toBe(0.3);
    const half = reduced(session, { type: "replay", progress: 0.5 });
    expect(valueIn(shownPolicy(half), SEVERITY)).toBeCloseTo(0.4, 12);
    expect(half.state.policy).toBe(session.state.policy);
    expect(shownPolicy(reduced(half, { type: "replay", progress: "end" }))).toBe(session.state.policy);
  });

  test("that there is nothing to replay before the first change, and that a change ends a replay", () => {
    expect(after({ type: "replay", progress: "start" }).replay).toBeNull();
    expect(after(set(0.3), { type: "replay", progress: "start" }, set(0.2)).replay).toBeNull();
  });

  test("that a policy between two scenarios is the target's over time and halfway in its levers", () => {
    const [from, to] = [DEFAULT_POLICY, { scenario: "crackdown", settings: {} }];
    const half = policyBetween(from, to, 0.5);
    expect(half.scenario).toBe("crackdown");
    const [before, after] = [from, to].map((policy) => valueIn(policy, "accountability.certainty"));
    expect(before).not.toBe(after);
    expect(valueIn(half, "accountability.certainty")).toBeCloseTo(((before ?? 0) + (after ?? 0)) / 2, 12);
    expect(policyBetween(from, to, 0)).toBe(from);
    expect(policyBetween(from, to, 1)).toBe(to);
  });

  test("that half the way between any two shipped scenarios every lever stands halfway", () => {
    for (const a of scenarioNames()) {
      for (const b of scenarioNames()) {
        const [from, to] = [{ scenario: a, settings: {} }, { scenario: b, settings: {} }];
        const half = policyBetween(from, to, 0.5);
        for (const path of differingPaths(from, to)) {
          expect(valueIn(half, path)).toBeCloseTo((valueIn(from, path) + valueIn(to, path)) / 2, 12);
        }
        expect(isSamePolicy(policyBetween(from, to, 1), to)).toBe(true);
      }
    }
  });
});

describe("the store", () => {
  test("that listeners hear of changes until they stop listening, and not of what changes nothing", () => {
    const store = newStore(start());
    let heard = 0;
    const stop = store.subscribe(() => (heard += 1));
    store.dispatch(set(0.3));
    store.dispatch({ type: "redo" });
    stop();
    store.dispatch(set(0.4));
    expect(heard).toBe(1);
  });

  test("that a smaller administration forgets an official it does not have", () => {
    const size = { ...DEFAULT_SIZE, officials: 100, jurisdictions: 2 };
    expect(after({ type: "select", official: 150 }, { type: "size", size }).state.selected).toBeNull();
    expect(after({ type: "select", official: 50 }, { type: "size", size }).state.selected).toBe(50);
  });
});
