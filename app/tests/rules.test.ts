import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { DECISION_RULES, type RuleName } from "../generated/names";
import { biographyOf } from "../src/follow/follower";
import { explainCommand } from "../src/follow/explain_command";
import type { Biography } from "../src/follow/messages";
import { ruleSaid } from "../src/follow/official_words";
import { contrastOf, optionsOf, termsThatCount } from "../src/follow/reasons";
import { loadKernel, type Kernel } from "../src/kernel";
import { embeddedRule } from "../src/kernel/embedded";
import { rangeOf } from "../src/levers/groups";
import { ruleLevers } from "../src/levers/rule_group";
import { rulesSaid, settingSaid } from "../src/levers/rule_said";
import { changesSaid } from "../src/levers/said";
import { boundsOf, numbersOfRule, RULE, RULE_WEIGHT, scenarioNamed, wordsOf } from "../src/model/model";
import { DEFAULT_POLICY, defaultState, newSession } from "../src/store/defaults";
import { isByAnotherRule, policyBetween, ruleIn, valueIn, valuesForRule, withValues } from "../src/store/policy";
import { reduced } from "../src/store/reducer";
import { specOf } from "../src/store/spec";
import type { Policy } from "../src/store/types";
import { provenanceOf } from "../src/take/provenance";
import { speechIn } from "../src/text/context";
import { toldApart } from "../src/text/fixed_numbers";
import { pythonLines } from "../src/views/report/python_lines";

const OTHERS = DECISION_RULES.slice(1);
const SIZE = { officials: 60, jurisdictions: 3, months: 72 };
const [en, zh] = [speechIn("en"), speechIn("zh-CN")];
const generated = (file: string): Buffer<ArrayBuffer> => readFileSync(join(import.meta.dirname, "../generated", file));

/** Return the baseline under a rule. */
function under(rule: string, more: Readonly<Record<string, number>> = {}): Policy {
  return withValues(DEFAULT_POLICY, { ...valuesForRule(DEFAULT_POLICY, rule), ...more });
}

let kernel: Kernel;
beforeAll(async () => {
  kernel = await loadKernel(generated("kernel.wasm"));
  for (const rule of OTHERS) await kernel.addRule(rule, embeddedRule(rule));
});

describe("the kernels of rules", () => {
  test("that what the page holds packed are the files that were built", () => {
    for (const rule of OTHERS) expect(Buffer.from(embeddedRule(rule)).equals(generated(`kernel_${rule}.wasm`))).toBe(true);
    expect(() => embeddedRule("whim" as RuleName)).toThrow("no kernel of the decision rule whim");
  });

  test("that a rule is run by its own code: with weight 0 to the bit as the default, with weight 1 otherwise", () => {
    const rates = (policy: Policy): Float64Array => kernel.run(specOf(policy, SIZE), 5, 2, ["innovation_rate"]).measures.innovation_rate;
    for (const rule of OTHERS) {
      expect(rates(under(rule, { [RULE_WEIGHT]: 0 }))).toEqual(rates(DEFAULT_POLICY));
      expect(rates(under(rule))).not.toEqual(rates(DEFAULT_POLICY));
      expect(rates(under(rule))).not.toEqual(rates(under(rule, { [RULE_WEIGHT]: 0.5 })));
    }
  });

  test("that each of a rule's own numbers matters under it, and under no other", () => {
    const rates = (policy: Policy): Float64Array => kernel.run(specOf(policy, SIZE), 5, 2, ["innovation_rate"]).measures.innovation_rate;
    const numbers = OTHERS.flatMap(numbersOfRule);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect([...numbers, RULE, RULE_WEIGHT].sort()).toEqual(Object.keys(scenarioNamed("baseline").parameters).filter((path) => path.startsWith("decision.")).sort());
    for (const rule of OTHERS) {
      const before = rates(under(rule));
      for (const path of numbers) {
        const isItsOwn = numbersOfRule(rule).includes(path);
        const after = rates(under(rule, { [path]: rangeOf(path)[1] }));
        if (isItsOwn) expect([path, after]).not.toEqual([path, before]);
        else expect([path, after]).toEqual([path, before]);
      }
    }
  });

  test("that a rule that was not handed over is told, and the default goes on", async () => {
    const bare = await loadKernel(generated("kernel.wasm"));
    const fear = specOf(under("fear"), SIZE);
    expect(bare.canRun(fear)).toBe(false);
    expect(() => bare.run(fear, 1, 0, ["innovation_rate"])).toThrow("the decision rule fear was not added");
    await expect(bare.addRule("fear", embeddedRule("prospect"))).rejects.toThrow("kernel.wasm is not the kernel");
    await bare.addRule("fear", embeddedRule("fear"));
    expect(bare.run(fear, 1, 0, ["innovation_rate"])).toEqual(kernel.run(fear, 1, 0, ["innovation_rate"]));
  });

  test("that many runs and simulations under rules leave no memory taken", () => {
    const move = (): void => {
      for (const rule of OTHERS) {
        const spec = specOf(under(rule), { ...SIZE, months: 72 });
        kernel.run(spec, 1, 0, ["innovation_rate"], true);
        const simulation = kernel.simulation(spec, 1, 0);
        simulation.explain(3, { "exemption.probability": 1 });
        simulation.release();
      }
    };
    move();
    const taken = kernel.bytesTaken;
    for (let n = 0; n < 20; n++) move();
    expect(kernel.bytesTaken).toBe(taken);
  });
});

describe("choosing a rule", () => {
  test("that the choice is undone and done again, and the default leaves nothing of the rule behind", () => {
    let session = newSession(defaultState("en"));
    const set = (values: Readonly<Record<string, number>>): void => {
      session = reduced(session, { type: "set", values });
    };
    set(valuesForRule(session.state.policy, "prospect"));
    set({ [RULE_WEIGHT]: 0.4, "decision.gain_curvature": 0.5 });
    set(valuesForRule(session.state.policy, "fear"));
    expect(session.state.policy.settings).toEqual({ [RULE]: wordsOf(RULE).indexOf("fear"), [RULE_WEIGHT]: 0.4 });
    set(valuesForRule(session.state.policy, "expected_utility"));
    expect(session.state.policy).toEqual(DEFAULT_POLICY);
    session = reduced(reduced(session, { type: "undo" }), { type: "undo" });
    expect(ruleIn(session.state.policy)).toBe("prospect");
    expect(valueIn(session.state.policy, "decision.gain_curvature")).toBe(0.5);
    session = reduced(session, { type: "redo" });
    expect(ruleIn(session.state.policy)).toBe("fear");
  });

  test("that a replay never stands between two rules", () => {
    const [from, to] = [under("prospect", { "accountability.severity": 0.2 }), under("reinforcement", { "accountability.severity": 0.4 })];
    for (const share of [0.01, 0.3, 0.5, 0.99]) {
      const between = policyBetween(from, to, share);
      expect(ruleIn(between)).toBe("reinforcement");
      expect(valueIn(between, "accountability.severity")).toBeCloseTo(0.2 + 0.2 * share, 12);
    }
  });

  test("that levers are those of the rule, each with a slider of use", () => {
    expect(ruleLevers(DEFAULT_POLICY)).toEqual([]);
    for (const rule of OTHERS) {
      const levers = ruleLevers(under(rule));
      expect(levers).toEqual([RULE_WEIGHT, ...numbersOfRule(rule)]);
      for (const path of levers) {
        const [low, high] = rangeOf(path);
        expect([low, high]).toEqual([Math.max(low, boundsOf(path)[0]), Math.min(high, boundsOf(path)[1])]);
        expect(high - low).toBeLessThan(100);
        expect(valueIn(under(rule), path)).toBeGreaterThanOrEqual(low);
        expect(valueIn(under(rule), path)).toBeLessThanOrEqual(high);
      }
    }
  });
});

describe("saying so", () => {
  test("that nothing is said of the default, nor of a rule without weight", () => {
    expect(rulesSaid(DEFAULT_POLICY, null, en)).toBeNull();
    expect(rulesSaid(DEFAULT_POLICY, DEFAULT_POLICY, en)).toBeNull();
    expect(isByAnotherRule(under("fear", { [RULE_WEIGHT]: 0 }))).toBe(false);
    expect(rulesSaid(under("fear", { [RULE_WEIGHT]: 0 }), null, en)).toBeNull();
  });

  test("that another rule is named with its weight, and the pinned policy's beside it", () => {
    const fear = under("fear", { [RULE_WEIGHT]: 0.5 });
    expect(rulesSaid(fear, null, en)).toBe("Another rule: fear (probability neglect), weight 0.5");
    expect(rulesSaid(fear, fear, en)).toBe("Another rule: fear (probability neglect), weight 0.5");
    expect(rulesSaid(fear, DEFAULT_POLICY, en)).toBe("Another rule: fear (probability neglect), weight 0.5; pinned: expected utility");
    expect(rulesSaid(DEFAULT_POLICY, under("prospect"), en)).toBe("Pinned policy by another rule: prospect theory");
    expect(rulesSaid(fear, under("prospect"), zh)).toBe("另一种决策规则：恐惧（忽视概率），权重 0.5；对照：前景理论");
  });

  test("that every rule has its name and its meaning in both languages", () => {
    for (const { word } of [en, zh]) {
      for (const rule of DECISION_RULES) {
        expect(word("choices", RULE, rule)).toBeTruthy();
        expect(word("meanings", RULE, rule)).toBeTruthy();
      }
    }
    expect(settingSaid(RULE, 2, zh)).toBe("恐惧（忽视概率）");
    expect(changesSaid(scenarioNamed("campaign"), en).length).toBeGreaterThan(0);
  });

  test("that what leaves the page names the rule by the library's word, and in a sentence", () => {
    const state = { ...defaultState("en"), policy: under("reinforcement", { [RULE_WEIGHT]: 0.25 }), pinned: DEFAULT_POLICY };
    const address = { protocol: "file:", origin: "null", pathname: "/p.html", href: "file:///p.html" } as unknown as Location;
    const lines = provenanceOf(state, 200, address, en).join("\n");
    expect(lines).toContain("Another rule: reinforcement, weight 0.25; pinned: expected utility");
    expect(lines).toContain("decision.rule=reinforcement; decision.weight=0.25");
    expect(lines).toContain("de.rule=reinforcement&de.weight=0.25");
    const lesson = { ...state, view: "lessons" as const, lesson: { id: "protective_umbrella", step: 0, prediction: null } };
    expect(provenanceOf(lesson, 40, address, en).join("\n")).not.toContain("Another rule");
    const python = pythonLines({ ...state, runs: 200 });
    expect(python).toContain('"decision.rule": "reinforcement"');
    expect(python).toContain('"decision.weight": 0.25');
    const command = explainCommand({ ...state, official: 2, month: 3 });
    expect(command).toContain("--from-start decision.rule=reinforcement --from-start decision.weight=0.25");
  });

  test("that two shares that look the same but are not get digits", () => {
    expect(toldApart(0.12, 0.18, "en")).toEqual(["12%", "18%"]);
    expect(toldApart(0.2, 0.2, "en")).toEqual(["20%", "20%"]);
    expect(toldApart(0.2, 0.2001, "en")).toEqual(["20.00%", "20.01%"]);
  });
});

describe("why an official chose what it chose, under a rule", () => {
  const livesOf = (policy: Policy): Biography[] =>
    [3, 17, 40].map((official) => biographyOf(kernel.simulation(specOf(policy, SIZE), 3, 0), official));

  test("that prospect theory and fear fill the default's terms, and reinforcement adds experience", () => {
    const terms = (rule: string): ReadonlySet<string> => new Set(livesOf(under(rule)).flat().flatMap(termsThatCount));
    expect(terms("prospect")).toEqual(terms("expected_utility"));
    expect(terms("fear")).toEqual(terms("expected_utility"));
    expect([...terms("reinforcement")].sort()).toEqual(["conformity", "experience"]);
    for (const policy of [under("prospect"), under("reinforcement")]) {
      expect(ruleSaid(livesOf(policy)[0]?.[5] as never, policy, en)).toMatch(/^Decides by another rule: [a-z ]+\.$/);
    }
    expect(ruleSaid(livesOf(DEFAULT_POLICY)[0]?.[5] as never, DEFAULT_POLICY, en)).toBeNull();
  });

  test("that a threshold not reached is told, takes the chance of innovating, and leaves its worth to be read", () => {
    const policy = under("threshold");
    let waited = 0;
    for (const month of livesOf(policy).flat()) {
      const said = ruleSaid(month, policy, en) ?? "";
      const isWaiting = month.told.first < month.told.second;
      expect(said).toContain(isWaiting ? "Too few others innovate: " : "Enough others innovate: ");
      expect(month.told.first).toBe(month.circumstances.share_innovation);
      const innovation = optionsOf(month).find(({ action }) => action === "innovation");
      expect(innovation?.isOpen).toBe(true);
      expect(innovation?.probability === 0).toBe(isWaiting);
      if (isWaiting) expect(contrastOf(month)?.other).not.toBe("innovation");
      waited += Number(isWaiting);
    }
    expect(waited).toBeGreaterThan(20);
  });

  test("that who is content keeps last month's action with the chance that is told", () => {
    const policy = under("satisficing");
    for (const life of livesOf(policy)) {
      life.forEach((month, number) => {
        const said = ruleSaid(month, policy, en) ?? "";
        const before = life[number - 1];
        if (before?.generation !== month.generation) expect(said).toContain("Has done nothing in this post yet");
        else {
          expect(said).toContain(`(${en.word("actions", before.action, "label")})`);
          expect(month.probabilities[before.action]).toBeGreaterThanOrEqual(month.told.second - 1e-12);
        }
      });
    }
    const life = livesOf(policy)[0];
    expect(ruleSaid(life?.[1] as never, policy, zh)).toMatch(/^按另一种决策规则选择：满意即可。以 0\.\d\d 的概率照旧上月所为（.+）。$/);
  });
});
