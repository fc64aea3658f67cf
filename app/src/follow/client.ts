/** The page's end of the worker that follows officials. Only the newest question of a lane waits. */

import { loadKernel } from "../kernel";
import { embeddedKernel, embeddedRule } from "../kernel/embedded";
import { otherRulesIn } from "../kernel/rules_needed";
import type { RuleName } from "../kernel/types";
import { Follower, withRule } from "./follower";
import type { Answers, FromFollower, Question, ToFollower } from "./messages";
import FollowWorker from "./worker?worker&inline";

interface Waiting {
  readonly id: number;
  readonly lane: string;
  readonly question: Question;
  readonly onAnswer: (answer: never) => void;
  readonly onFailed: (message: string) => void;
}

export interface Client {
  /** Ask in the place of what waits in this lane. Returns a function that drops the question. */
  readonly ask: <Type extends keyof Answers>(
    lane: string,
    question: Extract<Question, { type: Type }>,
    onAnswer: (answer: Answers[Type]) => void,
    onFailed: (message: string) => void,
  ) => () => void;
}

interface FollowerPost {
  readonly send: (message: ToFollower) => void;
}

export function newClient(): Client {
  const waiting: Waiting[] = [];
  /** The decision rules that were handed over. */
  const rules = new Set<RuleName>();
  let underWay: Waiting | null = null;
  let lastId = 0;

  const next = (): void => {
    const first = underWay ? undefined : waiting.shift();
    if (!first) return;
    underWay = first;
    const { question } = first;
    for (const rule of otherRulesIn(["spec" in question ? question.spec : question.asked.spec])) {
      if (!rules.has(rule)) post.send({ type: "add rule", rule, wasm: embeddedRule(rule) });
      rules.add(rule);
    }
    post.send({ type: "ask", id: first.id, question });
  };
  const receive = (message: FromFollower): void => {
    const done = underWay;
    underWay = null;
    if (done?.id === message.id) {
      if (message.type === "answer") done.onAnswer(message.answer as never);
      else done.onFailed(message.message);
    }
    next();
  };
  const post = newPost(receive);
  return {
    ask(lane, question, onAnswer, onFailed) {
      const place = waiting.findIndex((other) => other.lane === lane);
      if (place >= 0) waiting.splice(place, 1);
      lastId += 1;
      let isDropped = false;
      const ifWanted = <Value>(call: (value: Value) => void) => (value: Value): void => {
        if (!isDropped) call(value);
      };
      waiting.push({ id: lastId, lane, question, onAnswer: ifWanted(onAnswer), onFailed: ifWanted(onFailed) });
      next();
      return () => {
        isDropped = true;
      };
    },
  };
}

function newPost(receive: (message: FromFollower) => void): FollowerPost {
  const wasm = embeddedKernel();
  try {
    const worker = new FollowWorker();
    worker.onmessage = (event: MessageEvent<FromFollower>) => receive(event.data);
    worker.postMessage({ type: "load", wasm } satisfies ToFollower);
    return { send: (message) => worker.postMessage(message) };
  } catch {
    return postHere(wasm, receive);
  }
}

/** Where the browser allows no workers the page itself answers. */
function postHere(wasm: Uint8Array<ArrayBuffer>, receive: (message: FromFollower) => void): FollowerPost {
  let follower = loadKernel(wasm).then((kernel) => new Follower(kernel));
  return {
    send(message) {
      if (message.type === "add rule") follower = withRule(follower, message);
      if (message.type !== "ask") return;
      const { id, question } = message;
      follower.then(
        (one) => receive({ type: "answer", id, answer: one.answer(question) }),
        (error: unknown) => receive({ type: "failed", id, message: String(error) }),
      );
    },
  };
}
