import { readFileSync } from "node:fs";
import { beforeAll, expect, test, vi } from "vitest";
import { MEASURES, PARAMETER_PATHS } from "../../generated/names";
import { KernelUnsupported, loadKernel, shippedScenarios, type Kernel, type ScenarioSpec } from "../../src/kernel";

const WASM = readFileSync(new URL("../../generated/kernel.wasm", import.meta.url));

let kernel: Kernel;
beforeAll(async () => {
  kernel = await loadKernel(WASM);
});

function small(name: string, months = 80): ScenarioSpec {
  const found = shippedScenarios().find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return { ...found, officials: 90, jurisdictions: 5, months };
}

test("every shipped scenario has a value for every parameter", () => {
  for (const scenario of shippedScenarios()) {
    expect(Object.keys(scenario.parameters)).toEqual([...PARAMETER_PATHS]);
  }
});

test("a run of some measures is part of a run of all", () => {
  const all = kernel.run(small("reform"), 7, 3, "all");
  const some = kernel.run(small("reform"), 7, 3, ["lazy_prevalence", "trust_gap"]);
  expect(Object.keys(all.measures)).toEqual([...MEASURES]);
  expect(some.measures.lazy_prevalence).toEqual(all.measures.lazy_prevalence);
  expect(some.measures.trust_gap).toEqual(all.measures.trust_gap);
  expect(some.byJurisdiction).toEqual([]);
});

test("seed and run decide the numbers, and the same ones give the same", () => {
  const rates = (seed: number, run: number): Float64Array =>
    kernel.run(small("baseline"), seed, run, ["innovation_rate"]).measures.innovation_rate;
  expect(rates(1, 0)).toEqual(rates(1, 0));
  expect(rates(1, 0)).not.toEqual(rates(2, 0));
  expect(rates(1, 0)).not.toEqual(rates(1, 1));
});

test("a simulation that is wound back goes the same way again", () => {
  const simulation = kernel.simulation(small("campaign"), 1, 0);
  for (let month = 0; month < 30; month++) simulation.step();
  const snapshot = simulation.snapshot();
  const measures = simulation.measuresNow();
  while (simulation.step());
  const end = simulation.officials();
  simulation.restore(snapshot);
  expect(simulation.month).toBe(30);
  expect(simulation.measuresNow()).toEqual(measures);
  while (simulation.step());
  expect(simulation.officials()).toEqual(end);
  simulation.release();
});

test("a simulation and whole runs in between do not disturb each other", () => {
  const simulation = kernel.simulation(small("reform"), 1, 0);
  const other = kernel.simulation({ ...small("baseline"), officials: 2000 }, 1, 0);
  const { measures } = kernel.run(small("reform"), 1, 0, ["innovation_rate"]);
  for (let month = 0; simulation.step(); month++) {
    kernel.run(small(month % 2 === 0 ? "crackdown" : "baseline"), 1, month, ["innovation_rate"], true);
    other.step();
    expect(simulation.measuresNow()?.innovation_rate).toBe(measures.innovation_rate[month]);
  }
  simulation.release();
  other.release();
});

test("an explanation tells what the official then does", () => {
  const simulation = kernel.simulation(small("baseline"), 5, 1);
  for (let month = 0; month < 20; month++) {
    const told = Array.from({ length: 90 }, (_, official) => simulation.explain(official));
    simulation.step();
    const { action, outcome } = simulation.officials();
    told.forEach((one, official) => {
      expect(one.month).toBe(month);
      expect(["inaction", "routine", "innovation", "filed_innovation", "self_dealing"][action[official] ?? -1]).toBe(
        one.action,
      );
      expect(outcome[official]).toBeGreaterThanOrEqual(0);
      const sum = Object.values(one.probabilities).reduce((total, probability) => total + probability, 0);
      expect(sum).toBeCloseTo(1, 12);
    });
  }
  simulation.release();
});

test("no month has measures before the first, and none can be explained after the last", () => {
  const simulation = kernel.simulation(small("baseline", 2), 1, 0);
  expect(simulation.measuresNow()).toBeNull();
  expect(simulation.measuresOf(0)).toBeNull();
  expect([simulation.step(), simulation.step(), simulation.step()]).toEqual([true, true, false]);
  expect(() => simulation.explain(0)).toThrow(RangeError);
  simulation.release();
});

test("listed jurisdictions decide how many officials there are, whatever the totals say", () => {
  const provinces = shippedScenarios().find((scenario) => scenario.listed.length > 0);
  if (!provinces) throw new Error("no scenario lists jurisdictions");
  const simulation = kernel.simulation({ ...provinces, officials: 1, jurisdictions: 1 }, 1, 0);
  const { count, jurisdiction } = simulation.officials();
  expect(count).toBe(1000);
  expect(new Set(jurisdiction).size).toBe(provinces.listed.length);
  simulation.release();
});

test.each([
  ["a negative seed", -1, 0, {}],
  ["a seed that is no whole number", 0.5, 0, {}],
  ["a run that is too large", 1, 2 ** 32, {}],
  ["no month", 1, 0, { months: 0 }],
  ["more jurisdictions than officials", 1, 0, { officials: 3, jurisdictions: 4 }],
  ["a number of officials that is none", 1, 0, { officials: Number.NaN }],
])("%s is refused", (_, seed, run, changed) => {
  const spec = { ...small("baseline"), ...changed };
  expect(() => kernel.run(spec, seed, run, ["innovation_rate"])).toThrow(RangeError);
  expect(() => kernel.simulation(spec, seed, run)).toThrow(RangeError);
});

test("a parameter or measure that is not there is refused", () => {
  const odd = { ...small("baseline"), changes: [{ month: 1, until: null, phaseInMonths: 0, settings: { "a.b": 1 } }] };
  expect(() => kernel.run(odd as unknown as ScenarioSpec, 1, 0, ["innovation_rate"])).toThrow('no parameter "a.b"');
  expect(() => kernel.run(small("baseline"), 1, 0, ["a" as "innovation_rate"])).toThrow('no measure "a"');
});

test("hundreds of moves leave no more memory taken than one", () => {
  const move = (): void => {
    kernel.run(small("baseline", 12), 1, 0, ["innovation_rate"], true);
    const simulation = kernel.simulation(small("baseline", 12), 1, 0);
    simulation.explain(3, { "exemption.probability": 1 });
    simulation.release();
    kernel.fan([new Float64Array(12)], [0.5]);
    kernel.pairedEffect([1, 2], [3, 4]);
  };
  move();
  const taken = kernel.bytesTaken;
  for (let n = 0; n < 300; n++) move();
  expect(kernel.bytesTaken).toBe(taken);
});

test("trailing means are those of every month's window, and leave out what is missing", () => {
  const runs = [Float64Array.of(1, Number.NaN, 3, 8), Float64Array.of(Number.NaN, 2, 4, 6)];
  const [first, second] = kernel.trailingMeans(runs, 3);
  expect(Array.from(first ?? [])).toEqual([1, 1, 2, 5.5]);
  expect(Array.from(second ?? [])).toEqual([Number.NaN, 2, 3, 4]);
});

test("a browser without vectors is told which one is needed", async () => {
  const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
  await expect(loadKernel(WASM)).rejects.toThrow(KernelUnsupported);
  await expect(loadKernel(WASM)).rejects.toThrow(/SIMD.*Chrome 97/);
  validate.mockRestore();
});

test("a module that is not the kernel is refused", async () => {
  await expect(loadKernel(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).rejects.toThrow("not the kernel");
});
