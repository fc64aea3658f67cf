import { describe, expect, test } from "vitest";
import { LONGEST_LINK, codeOf, linkOf, opened } from "../src/link/codec";
import { languageOfReader } from "../src/link/sync";
import { boundsOf, parameterPaths, RULE, RULE_WEIGHT, scenarioNames, wordsOf } from "../src/model/model";
import { defaultState } from "../src/store/defaults";
import { ruleIn, valueIn, withValues } from "../src/store/policy";
import { VIEWS, type PageState } from "../src/store/types";
import { textIn } from "../src/text/text";

const LESSONS = [{ id: "umbrella", places: 3, domain: [-1, 0.6] as const, claims: 5, short: 3 }];
const read = (link: string, language: "en" | "zh-CN" = "en") => opened(link, language, LESSONS);

function full(): PageState {
  return {
    ...defaultState("zh-CN"),
    view: "compare",
    seed: 4294967295,
    presenter: true,
    policy: withValues({ scenario: "crackdown", settings: {} }, { "accountability.severity": 0.45, "exemption.access": 1 }),
    pinned: withValues({ scenario: "baseline", settings: {} }, { "exemption.probability": 0.8 }),
    size: { officials: 500, jurisdictions: 10, months: 240 },
    lesson: { id: "umbrella", step: 3, prediction: [0.25, -1, 0.3333], shown: 3, isShort: true },
    month: 239,
    selected: 499,
  };
}

describe("links that are in order", () => {
  test("that the default is one short line with the seed", () => {
    expect(linkOf(defaultState("en"))).toBe("v=2&n=1");
  });

  test("that every state comes back from its link", () => {
    for (const state of [defaultState("en"), defaultState("zh-CN"), full()]) {
      expect(read(`#${linkOf(state)}`)).toEqual({ state, notices: [] });
    }
  });

  test("that every parameter at each of its bounds comes back", () => {
    for (const path of parameterPaths()) {
      if (path.startsWith("career.") || path.startsWith("network.")) continue;
      for (const value of boundsOf(path)) {
        const state = { ...defaultState("en"), policy: withValues(defaultState("en").policy, { [path]: value }) };
        expect(read(linkOf(state)).state).toEqual(state);
      }
    }
  });

  test("that every decision rule comes back, by its word, with its weight", () => {
    for (const rule of wordsOf(RULE)) {
      const link = `v=2&n=1&de.rule=${rule}&de.weight=0.25&pin=baseline&pin.de.rule=${rule}`;
      const { state, notices } = read(link);
      expect(notices).toEqual([]);
      expect(ruleIn(state.policy)).toBe(rule);
      expect(valueIn(state.policy, RULE_WEIGHT)).toBe(0.25);
      expect(read(linkOf(state)).state).toEqual(state);
      if (rule !== wordsOf(RULE)[0]) expect(linkOf(state)).toContain(`pin.de.rule=${rule}`);
    }
  });

  test("that a link which names the complete network is as one that names none", () => {
    expect(read("v=2&n=1&ne.kind=complete")).toEqual({ state: defaultState("en"), notices: [] });
  });

  test("that every scenario and view comes back", () => {
    for (const scenario of scenarioNames()) {
      const state = { ...defaultState("en"), policy: { scenario, settings: {} }, pinned: { scenario, settings: {} } };
      expect(read(linkOf(state)).state).toEqual(state);
    }
    for (const view of VIEWS) expect(read(`v=2&n=1&w=${view}`).state.view).toBe(view);
  });

  test("that short names of parameters are unique", () => {
    expect(new Set(parameterPaths().map(codeOf)).size).toBe(parameterPaths().length);
  });

  test("that a link with ten levers and a pin fits a QR code of middling size", () => {
    const levers = Object.fromEntries(parameterPaths().slice(0, 10).map((path) => [path, 0.123]));
    const state = { ...full(), policy: withValues(full().policy, levers) };
    expect(linkOf(state).length).toBeLessThan(500);
  });

  test("that no link is the default in the reader's language, and a link without one is English", () => {
    expect(read("", "zh-CN").state).toEqual(defaultState("zh-CN"));
    expect(read("v=2&n=1", "zh-CN").state.language).toBe("en");
    expect(languageOfReader(["zh-TW", "en"])).toBe("zh-CN");
    expect(languageOfReader(["de"])).toBe("en");
    expect(languageOfReader([])).toBe("en");
  });
});

describe("links that are not in order open the default and say why", () => {
  const bad: readonly (readonly [string, string])[] = [
    ["n=1", "no_version"],
    ["hello", "broken"],
    ["=1", "broken"],
    ["v=2", "no_seed"],
    ["v=0&n=1", "other_version"],
    ["v=1&n=1&s=crackdown&wo.routine_certainty=0.1", "first_edition"],
    ["v=3&n=1", "other_version"],
    ["v=2&n=1&n=2", "twice"],
    ["v=2&n=%E0%A4%A", "broken"],
    ["v=2&n=-1", "out_of_bounds"],
    ["v=2&n=4294967296", "out_of_bounds"],
    ["v=2&n=1.5", "not_whole"],
    ["v=2&n=NaN", "not_a_number"],
    ["v=2&n=Infinity", "not_a_number"],
    ["v=2&n=0x10", "not_a_number"],
    ["v=2&n=1e999", "not_a_number"],
    ["v=2&n=", "not_a_number"],
    [`v=2&n=${"1".repeat(400)}`, "not_a_number"],
    ["v=2&n=1&ac.severity=1.01", "out_of_bounds"],
    ["v=2&n=1&ac.severity=-0.01", "out_of_bounds"],
    ["v=2&n=1&ac.severity=NaN", "not_a_number"],
    ["v=2&n=1&ac.severity=null", "not_a_number"],
    ["v=2&n=1&be.routine_open=0.5", "not_whole"],
    ["v=2&n=1&ac.sevrity=0.5", "unknown_key"],
    ["v=2&n=1&__proto__=1", "unknown_key"],
    ["v=2&n=1&s=__proto__", "unknown_value"],
    ["v=2&n=1&s=constructor", "unknown_value"],
    ["v=2&n=1&s=no_such_scenario", "unknown_value"],
    ["v=2&n=1&de.rule=prospct", "unknown_value"],
    ["v=2&n=1&de.rule=1", "unknown_value"],
    ["v=2&n=1&de.rule=", "unknown_value"],
    ["v=2&n=1&de.rule=__proto__", "unknown_value"],
    ["v=2&n=1&de.rule=Fear", "unknown_value"],
    ["v=2&n=1&de.rule=fear&de.rule=fear", "twice"],
    ["v=2&n=1&de.rule=fear&de.weight=1.01", "out_of_bounds"],
    ["v=2&n=1&de.rule=fear&de.weight=-0.01", "out_of_bounds"],
    ["v=2&n=1&de.rule=fear&de.weight=heavy", "not_a_number"],
    ["v=2&n=1&de.rule=fear&de.weight=NaN", "not_a_number"],
    ["v=2&n=1&de.rule=fear&de.fear_half_cases=0", "out_of_bounds"],
    ["v=2&n=1&de.rul=fear", "unknown_key"],
    ["v=2&n=1&pin.de.rule=fear", "pin_without_policy"],
    ["v=2&n=1&pin=baseline&pin.de.rule=no", "unknown_value"],
    ["v=2&n=1&ne.kind=small_world", "other_network"],
    ["v=2&n=1&ne.kind=hierarchy", "other_network"],
    ["v=2&n=1&ne.kind=1", "unknown_value"],
    ["v=2&n=1&ne.kind=ring", "unknown_value"],
    ["v=2&n=1&ne.span=3", "other_network"],
    ["v=2&n=1&pin=baseline&pin.ne.kind=hierarchy", "other_network"],
    ["v=2&n=1&pin.ac.severity=0.5", "pin_without_policy"],
    ["v=2&n=1&pin=<script>alert(1)</script>", "unknown_value"],
    ["v=2&n=1&w=admin", "unknown_value"],
    ["v=2&n=1&l=fr", "unknown_value"],
    ["v=2&n=1&officials=0", "out_of_bounds"],
    ["v=2&n=1&officials=1e9", "out_of_bounds"],
    ["v=2&n=1&officials=10&jurisdictions=20", "out_of_bounds"],
    ["v=2&n=1&months=12", "out_of_bounds"],
    ["v=2&n=1&month=121", "out_of_bounds"],
    ["v=2&n=1&month=0", "out_of_bounds"],
    ["v=2&n=1&official=201", "out_of_bounds"],
    ["v=2&n=1&official=0", "out_of_bounds"],
    ["v=2&n=1&ca.ceiling_age=64", "ages"],
    ["v=2&n=1&lesson=other.1", "unknown_value"],
    ["v=2&n=1&lesson=umbrella", "not_a_number"],
    ["v=2&n=1&lesson=../../x.1", "broken"],
    ["v=2&n=1&lesson=umbrella.1&predicted=0.1_x_0.1", "not_a_number"],
    ["v=2&n=1&lesson=umbrella.1&predicted=0.1_1000000_0.1", "out_of_bounds"],
    ["v=2&n=1&lesson=umbrella.1&predicted=0.1_0.2", "prediction_length"],
    ["v=2&n=1&lesson=umbrella.1&shown=6", "out_of_bounds"],
    ["v=2&n=1&lesson=umbrella.1&short=1&shown=4", "out_of_bounds"],
    ["v=2&n=1&lesson=umbrella.1&short=0", "unknown_value"],
    ["v=2&n=1&short=1", "lesson_missing"],
    ["v=2&n=1&predicted=0.1_0.2_0.3", "lesson_missing"],
    [`v=2&n=1&lesson=umbrella.1&predicted=${"0_".repeat(50)}0`, "prediction_length"],
    [`v=2&n=1&t=${"x".repeat(1_000_000)}`, "too_long"],
    ["v=2&n=1&t=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "unknown_key"],
  ];

  test.each(bad)("that %s is refused: %s", (link, reason) => {
    const { state, notices } = read(link);
    expect(state).toEqual(defaultState("en"));
    expect(notices.map(({ key }) => key)).toEqual([`link.${reason}`]);
    for (const language of ["en", "zh-CN"] as const) {
      const told = notices.map(({ key, values }) => textIn(language).t(key, values)).join();
      expect(told).not.toMatch(/\{\w+\}/);
      expect(told.length).toBeLessThan(240);
    }
  });

  test("that a bad link in Chinese is answered in Chinese", () => {
    expect(read("v=2&n=x&l=zh-CN").state).toEqual(defaultState("zh-CN"));
    expect(read("v=1&n=1&l=zh-CN").state).toEqual(defaultState("zh-CN"));
  });

  test("that whatever is thrown at it, nothing but a notice comes out", () => {
    let random = 12345;
    const next = (n: number): number => (random = (random * 1103515245 + 12345) % 2147483648) % n;
    const signs = "v=2&n%#<>\"'{}/\\.,;:é中\u0000\u202e0123456789abcsplw";
    for (let n = 0; n < 2000; n++) {
      const junk = Array.from({ length: next(60) }, () => signs[next(signs.length)]).join("");
      const { state, notices } = read(`v=2&n=1&${junk}`);
      expect(notices.length === 0 || state.seed === 1).toBe(true);
    }
    expect(read("x".repeat(LONGEST_LINK + 1)).notices).toHaveLength(1);
  });

  test("that whatever is said of rules and networks, a rule that there is comes out, or the default with a notice", () => {
    let random = 54321;
    const next = (n: number): number => (random = (random * 1103515245 + 12345) % 2147483648) % n;
    const parts = [...wordsOf(RULE), "complete", "small_world", "0", "1", "0.5", "-1", "NaN", "", "fear ", "FEAR", "期望效用", "%00", "constructor"];
    const keys = ["de.rule", "de.weight", "de.learning_rate", "ne.kind", "ne.span", "pin.de.rule", "pin", "de.rule.x", "DE.RULE"];
    const pick = (from: readonly string[]): string => from[next(from.length)] ?? "";
    for (let n = 0; n < 2000; n++) {
      const pairs = Array.from({ length: 1 + next(4) }, () => `${pick(keys)}=${pick(parts)}`);
      const { state, notices } = read(`v=2&n=1&${pairs.join("&")}`);
      expect(wordsOf(RULE)).toContain(ruleIn(state.policy));
      if (notices.length > 0) expect(state).toEqual(defaultState("en"));
      else expect(read(linkOf(state)).state).toEqual(state);
    }
  });
});
