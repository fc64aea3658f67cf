import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { DECISION_RULES } from "../../generated/names";
import { embeddedRule } from "../../src/kernel/embedded";
import { loadKernel, shippedScenarios, type Kernel, type ScenarioSpec } from "../../src/kernel";
import type { FromWorker, RunRequest, ToWorker } from "../../src/worker/messages";
import { handedOver, packed, unpacked } from "../../src/worker/packed";
import { RunQueue } from "../../src/worker/queue";

const WASM = readFileSync(new URL("../../generated/kernel.wasm", import.meta.url));

let kernel: Kernel;
beforeAll(async () => {
  kernel = await loadKernel(WASM);
});

function baseline(): ScenarioSpec {
  const [spec] = shippedScenarios();
  if (!spec) throw new Error("no scenario");
  return { ...spec, officials: 50, jurisdictions: 2, months: 24 };
}

function request(more: Partial<RunRequest> = {}): RunRequest {
  return { spec: baseline(), seed: 1, replications: 10, measures: ["innovation_rate"], ...more };
}

function work(id: number, of: RunRequest, more: Partial<Extract<ToWorker, { type: "work" }>> = {}): ToWorker {
  return { type: "work", lane: "runs", id, isBackground: false, request: of, share: 0, step: 1, ...more };
}

/** Hand messages to a queue at once; return all it posts until `last` says that it is over. */
function posted(messages: readonly ToWorker[], last: (message: FromWorker) => boolean): Promise<FromWorker[]> {
  return new Promise((resolve) => {
    const said: FromWorker[] = [];
    const queue = new RunQueue(kernel, (message) => {
      said.push(message);
      if (!last(message)) return;
      queue.close();
      resolve(said);
    });
    for (const message of messages) queue.receive(message);
  });
}

const isLastOf =
  (id: number) =>
  (message: FromWorker): boolean =>
    message.type === "results" && message.id === id && message.isLast;

function runsIn(messages: readonly FromWorker[], id: number): readonly (readonly [number, number])[] {
  return messages.flatMap((message) =>
    message.type === "results" && message.id === id
      ? message.results.map((result): [number, number] => [result.point, result.run])
      : [],
  );
}

test("every run of a request is done once, in order", async () => {
  const said = await posted([work(1, request({ firstRun: 5 }))], isLastOf(1));
  expect(runsIn(said, 1)).toEqual(Array.from({ length: 10 }, (_, run) => [0, run + 5]));
});

test("shares together make the whole", async () => {
  const shares = await Promise.all(
    [0, 1, 2].map((share) => posted([work(1, request(), { share, step: 3 })], isLastOf(1))),
  );
  const runs = shares.flatMap((said) => runsIn(said, 1)).map(([, run]) => run);
  expect(runs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, run) => run));
});

test("with several scenarios every run is done for all of them before the next", async () => {
  const said = await posted([work(1, request({ spec: [baseline(), baseline()], replications: 2 }))], isLastOf(1));
  expect(runsIn(said, 1)).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
});

test("a queue alone in its thread begins as soon as it is asked, and stops for what is newer all the same", async () => {
  const said: FromWorker[] = [];
  await new Promise<void>((resolve) => {
    const queue = new RunQueue(
      kernel,
      (message) => {
        said.push(message);
        if (!isLastOf(2)(message)) return;
        queue.close();
        resolve();
      },
      true,
    );
    queue.receive(work(1, request({ replications: 100_000 })));
    expect(runsIn(said, 1).length).toBeGreaterThan(0);
    queue.receive(work(2, request()));
  });
  expect(runsIn(said, 1).length).toBeLessThan(100_000);
  expect(runsIn(said, 2)).toHaveLength(10);
});

test("the newest request takes the place of the one before", async () => {
  const said = await posted([work(1, request({ replications: 100_000 })), work(2, request())], isLastOf(2));
  expect(runsIn(said, 1)).toEqual([]);
  expect(runsIn(said, 2)).toHaveLength(10);
});

test("what is in the background waits for the rest", async () => {
  const background = { lane: "map", isBackground: true };
  const messages = [work(1, request({ replications: 50 }), background), work(2, request())];
  const said = await posted(messages, isLastOf(1));
  const ids = said.map((message) => message.id);
  expect(ids.lastIndexOf(2)).toBeLessThan(ids.indexOf(1));
});

test("a lane that is stopped says no more", async () => {
  const messages: ToWorker[] = [work(1, request(), { lane: "map" }), { type: "stop", lane: "map" }, work(2, request())];
  const said = await posted(messages, isLastOf(2));
  expect(runsIn(said, 1)).toEqual([]);
});

test("a window gives means in the place of series", async () => {
  const said = await posted([work(1, request({ replications: 1, windowMonths: 12 }))], isLastOf(1));
  const [first] = said;
  if (first?.type !== "results") throw new Error("no results");
  const series = kernel.run(baseline(), 1, 0, ["innovation_rate"]).measures.innovation_rate;
  expect(first.results[0]?.series).toBeNull();
  expect(first.results[0]?.means?.innovation_rate).toBe(kernel.windowMean(series, 12));
});

test("a request that cannot be done fails with what is wrong", async () => {
  const said = await posted([work(1, request({ seed: -1 }))], (message) => message.type === "failed");
  expect(said[0]).toMatchObject({ type: "failed", lane: "runs", id: 1 });
  expect(said[0]?.type === "failed" && said[0].message).toContain("seed");
});

test("what travels to a worker gives the same runs, of listed and changed scenarios too", async () => {
  const runs = async (message: ToWorker): Promise<unknown[]> =>
    (await posted([message], isLastOf(1))).flatMap((said) => (said.type === "results" ? said.results : []));
  const specs = shippedScenarios().map((spec) => ({ ...spec, months: 12 }));
  expect(specs.some(({ listed }) => listed.length > 0) && specs.some(({ changes }) => changes.length > 0)).toBe(true);
  for (const spec of [...specs, specs]) {
    const message = work(1, request({ spec, replications: 2 }));
    const travelling = packed(message);
    const buffers = handedOver(travelling);
    const travelled = unpacked(structuredClone(travelling, { transfer: buffers }));
    expect(buffers).toHaveLength([spec].flat().length);
    expect(buffers.every(({ byteLength }) => byteLength === 0)).toBe(true);
    expect(await runs(travelled)).toEqual(await runs(message));
  }
});

test("work under another rule waits for it while other work goes on, and the newest of its lane wins", async () => {
  const fear = { ...baseline(), parameters: { ...baseline().parameters, "decision.rule": DECISION_RULES.indexOf("fear") } };
  const said: FromWorker[] = [];
  await new Promise<void>((resolve) => {
    const queue = new RunQueue(kernel, (message) => {
      said.push(message);
      if (isLastOf(2)(message)) queue.receive({ type: "add rule", rule: "fear", wasm: embeddedRule("fear") });
      if (!isLastOf(3)(message)) return;
      queue.close();
      resolve();
    });
    queue.receive(work(1, request({ spec: fear })));
    queue.receive(work(2, request(), { lane: "map", isBackground: true }));
    queue.receive(work(3, request({ spec: fear, replications: 4 })));
  });
  expect(runsIn(said, 1)).toEqual([]);
  expect(runsIn(said, 2)).toHaveLength(10);
  expect(runsIn(said, 3)).toHaveLength(4);
});

test("a rule whose code is not what it should be makes the worker useless, in words", async () => {
  const bare = await loadKernel(WASM);
  const message = await new Promise<FromWorker>((resolve) => {
    new RunQueue(bare, resolve).receive({ type: "add rule", rule: "threshold", wasm: embeddedRule("fear") });
  });
  expect(message).toMatchObject({ type: "failed", lane: null });
});
