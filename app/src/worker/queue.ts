/** The work of one worker: a run at a time, looking for news in between, so that the newest request wins. */

import type { Kernel, ScenarioSpec } from "../kernel/types";
import { specsOf, type FromWorker, type RunResult, type ToWorker, type Work } from "./messages";

/** Results are handed over together if they come faster than the page can draw. */
const BATCH_MILLISECONDS = 8;

type Reply = (message: FromWorker, transfer: Transferable[]) => void;

interface Job {
  readonly work: Work;
  readonly specs: readonly ScenarioSpec[];
  readonly tasks: number;
  next: number;
}

export class RunQueue {
  readonly #kernel: Kernel;
  readonly #post: Reply;
  readonly #isAlone: boolean;
  readonly #jobs = new Map<string, Job>();
  readonly #bell = new MessageChannel();
  #isBusy = false;

  /** `isAlone` tells that nothing else is done in this thread, so that work may begin as soon as it is asked for. */
  constructor(kernel: Kernel, post: Reply, isAlone = false) {
    this.#kernel = kernel;
    this.#post = post;
    this.#isAlone = isAlone;
    // A message to itself lets those in that came from outside; a timer would wait at least four milliseconds.
    this.#bell.port1.onmessage = () => {
      this.#work();
    };
  }

  receive(message: ToWorker): void {
    if (message.type === "stop") this.#jobs.delete(message.lane);
    if (message.type === "add rule") this.#add(message);
    if (message.type !== "work") return;
    const specs = specsOf(message.request);
    const tasks = specs.length * message.request.replications;
    this.#jobs.set(message.lane, { work: message, specs, tasks, next: message.share });
    // A browser keeps every message for long, those to oneself too: none is sent without need.
    if (this.#isAlone && !this.#isBusy) this.#work();
    else this.#ring();
  }

  close(): void {
    this.#jobs.clear();
    this.#bell.port1.close();
  }

  /** Add a decision rule; what needs it waits, and nothing else does. */
  #add({ rule, wasm }: Extract<ToWorker, { type: "add rule" }>): void {
    this.#kernel.addRule(rule, wasm).then(
      () => this.#ring(),
      (error: unknown) => this.#post({ type: "failed", lane: null, id: 0, message: String(error) }, []),
    );
  }

  #ring(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#bell.port2.postMessage(null);
  }

  /** Work for some milliseconds on the most pressing job, hand over what there is, and listen. */
  #work(): void {
    this.#isBusy = false;
    const job = this.#mostPressing();
    if (!job) return;
    const { lane, id } = job.work;
    try {
      const results = this.#batch(job);
      const isLast = job.next >= job.tasks;
      if (isLast) this.#jobs.delete(lane);
      this.#post({ type: "results", lane, id, results, isLast }, buffersOf(results));
    } catch (error) {
      this.#jobs.delete(lane);
      this.#post({ type: "failed", lane, id, message: String(error) }, []);
    }
    if (this.#mostPressing()) this.#ring();
  }

  #mostPressing(): Job | undefined {
    const jobs = [...this.#jobs.values()].filter(({ specs }) => specs.every((spec) => this.#kernel.canRun(spec)));
    return jobs.find((job) => !job.work.isBackground) ?? jobs[0];
  }

  #batch(job: Job): RunResult[] {
    const results: RunResult[] = [];
    const until = performance.now() + BATCH_MILLISECONDS;
    do {
      if (job.next >= job.tasks) break;
      results.push(this.#result(job, job.next));
      job.next += job.work.step;
    } while (performance.now() < until);
    return results;
  }

  #result(job: Job, task: number): RunResult {
    const { request } = job.work;
    const point = task % job.specs.length;
    const run = (request.firstRun ?? 0) + Math.floor(task / job.specs.length);
    const spec = job.specs[point];
    if (!spec) throw new RangeError("a request without a scenario");
    if (request.windowMonths !== undefined) {
      return { point, run, series: null, means: this.#kernel.runMeans(spec, request.seed, run, request.windowMonths) };
    }
    const { measures } = this.#kernel.run(spec, request.seed, run, request.measures);
    return { point, run, series: measures, means: null };
  }
}

/** Return the buffers of results, to be handed over without a copy. */
function buffersOf(results: readonly RunResult[]): Transferable[] {
  const buffers = new Set<Transferable>();
  for (const { series } of results) {
    for (const one of Object.values(series ?? {})) buffers.add(one.buffer as ArrayBuffer);
  }
  return [...buffers];
}
