/** The workers of the page: runs are shared out among them, and in every lane the newest request wins. */

import { embeddedRule } from "../kernel/embedded";
import { otherRulesIn } from "../kernel/rules_needed";
import type { Kernel, MeasureName, RuleName } from "../kernel/types";
import { specsOf, type FromWorker, type RunRequest, type RunResult, type ToWorker } from "./messages";
import { RunQueue } from "./queue";
import { handedOver, packed } from "./packed";
import RunWorker from "./worker?worker&inline";

export type { RunRequest, RunResult } from "./messages";

const MOST_WORKERS = 4;

/** What is called while a request is worked on; nothing is called any more once a newer one took its lane. */
export interface Listener<M extends MeasureName = MeasureName> {
  readonly onResults: (results: readonly RunResult<M>[], done: number, total: number) => void;
  readonly onFinished?: () => void;
  readonly onFailed?: (message: string) => void;
}

export interface RequestOptions {
  /** Requests in different lanes do not replace each other; "runs" if not given. */
  readonly lane?: string;
  /** Whether all other lanes go first. */
  readonly isBackground?: boolean;
}

export interface Pool {
  /** How many workers there are; 0 if the browser allows none and the page itself does the runs. */
  readonly size: number;
  /** Ask for runs in the place of what was asked for in this lane before. Returns a function that drops the request. */
  request<M extends MeasureName>(request: RunRequest<M>, listener: Listener<M>, options?: RequestOptions): () => void;
  close(): void;
}

/** One end of a worker, wherever it is; `rules` are the decision rules that were handed to it. */
interface Post {
  readonly send: (message: ToWorker) => void;
  readonly close: () => void;
  readonly rules: Set<RuleName>;
}

interface UnderWay {
  readonly id: number;
  readonly request: RunRequest;
  readonly isBackground: boolean;
  readonly listener: Listener;
  readonly total: number;
  done: number;
  sharesLeft: number;
}

/** Return a pool, whose workers start at once. `kernel` is used where the browser allows no workers. */
export function newPool(wasm: Uint8Array<ArrayBuffer>, kernel: Kernel | Promise<Kernel>, workers = workersHere()): Pool {
  return new WorkerPool(wasm, Promise.resolve(kernel), workers);
}

function workersHere(): number {
  return Math.min(MOST_WORKERS, Math.max(1, navigator.hardwareConcurrency || 1));
}

class WorkerPool implements Pool {
  readonly #kernel: Promise<Kernel>;
  readonly #posts: Post[] = [];
  readonly #underWay = new Map<string, UnderWay>();
  #lastId = 0;
  #size = 0;

  constructor(wasm: Uint8Array<ArrayBuffer>, kernel: Promise<Kernel>, workers: number) {
    this.#kernel = kernel;
    try {
      for (let n = 0; n < workers; n++) this.#posts.push(this.#worker(wasm));
      this.#size = this.#posts.length;
    } catch {
      this.#workHere();
    }
  }

  get size(): number {
    return this.#size;
  }

  request<M extends MeasureName>(
    request: RunRequest<M>,
    listener: Listener<M>,
    { lane = "runs", isBackground = false }: RequestOptions = {},
  ): () => void {
    const id = ++this.#lastId;
    const total = specsOf(request).length * request.replications;
    this.#underWay.set(lane, {
      id,
      request,
      isBackground,
      listener: listener as Listener,
      total,
      done: 0,
      sharesLeft: 0,
    });
    this.#hand(lane);
    return () => {
      if (this.#underWay.get(lane)?.id === id) this.#drop(lane);
    };
  }

  close(): void {
    this.#underWay.clear();
    for (const post of this.#posts.splice(0)) post.close();
  }

  /** Hand every worker its share of what is under way in a lane. */
  #hand(lane: string): void {
    const underWay = this.#underWay.get(lane);
    if (!underWay) return;
    const { id, request, isBackground } = underWay;
    const step = this.#posts.length;
    underWay.sharesLeft = step;
    const rules = otherRulesIn(specsOf(request));
    this.#posts.forEach((post, share) => {
      addRules(post, rules);
      post.send({ type: "work", lane, id, isBackground, request, share, step });
    });
  }

  #drop(lane: string): void {
    this.#underWay.delete(lane);
    for (const post of this.#posts) post.send({ type: "stop", lane });
  }

  #receive(message: FromWorker): void {
    if (message.type === "failed" && message.lane === null) {
      this.#workHere();
      for (const [lane, { done }] of [...this.#underWay]) {
        if (done === 0) this.#hand(lane);
        else this.#fail(lane, message.message);
      }
      return;
    }
    const lane = message.lane ?? "";
    const underWay = this.#underWay.get(lane);
    if (underWay?.id !== message.id) return;
    if (message.type === "failed") {
      this.#fail(lane, message.message);
      return;
    }
    underWay.done += message.results.length;
    if (message.isLast) underWay.sharesLeft -= 1;
    const isFinished = underWay.sharesLeft === 0;
    if (isFinished) this.#underWay.delete(lane);
    if (message.results.length > 0) underWay.listener.onResults(message.results, underWay.done, underWay.total);
    if (isFinished) underWay.listener.onFinished?.();
  }

  #fail(lane: string, message: string): void {
    const underWay = this.#underWay.get(lane);
    this.#drop(lane);
    underWay?.listener.onFailed?.(message);
  }

  #worker(wasm: Uint8Array<ArrayBuffer>): Post {
    const worker = new RunWorker();
    worker.onmessage = (event: MessageEvent<FromWorker>) => {
      this.#receive(event.data);
    };
    worker.onerror = (event) => {
      this.#receive({ type: "failed", lane: null, id: 0, message: event.message });
    };
    const send = (message: ToWorker): void => {
      const travelling = packed(message);
      worker.postMessage(travelling, handedOver(travelling));
    };
    send({ type: "load", wasm });
    return {
      send,
      close: () => {
        worker.terminate();
      },
      rules: new Set(),
    };
  }

  /** Do without workers: some browsers allow none in a page from a disk. */
  #workHere(): void {
    for (const post of this.#posts.splice(0)) post.close();
    this.#size = 0;
    const queue = this.#kernel.then(
      (kernel) =>
        new RunQueue(kernel, (message) => {
          this.#receive(message);
        }),
    );
    // A kernel that cannot be loaded is told where it is loaded.
    const withQueue = (act: (queue: RunQueue) => void): void => void queue.then(act, () => undefined);
    this.#posts.push({
      send: (message) => withQueue((one) => one.receive(message)),
      close: () => withQueue((one) => one.close()),
      rules: new Set(),
    });
  }
}

/** Hand over the decision rules that a worker does not have yet. */
function addRules(post: Post, rules: readonly RuleName[]): void {
  for (const rule of rules) {
    if (post.rules.has(rule)) continue;
    post.rules.add(rule);
    post.send({ type: "add rule", rule, wasm: embeddedRule(rule) });
  }
}
