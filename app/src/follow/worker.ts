/** The worker that follows officials: one question after the other. */

import "../older";
import { loadKernel } from "../kernel/load";
import { Follower, withRule } from "./follower";
import type { FromFollower, ToFollower } from "./messages";

const scope = self as unknown as DedicatedWorkerGlobalScope;
let follower: Promise<Follower> | null = null;

function post(message: FromFollower): void {
  scope.postMessage(message);
}

async function answered(message: Extract<ToFollower, { type: "ask" }>): Promise<void> {
  const { id, question } = message;
  try {
    if (!follower) throw new Error("the kernel was not handed over");
    post({ type: "answer", id, answer: (await follower).answer(question) });
  } catch (error) {
    post({ type: "failed", id, message: String(error) });
  }
}

scope.onmessage = (event: MessageEvent<ToFollower>) => {
  const message = event.data;
  if (message.type === "load") follower = loadKernel(message.wasm).then((kernel) => new Follower(kernel));
  else if (message.type === "add rule") follower = follower && withRule(follower, message);
  else void answered(message);
};
