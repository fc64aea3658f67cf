/** A worker of the page: it is handed the kernel and then does runs. */

import "../older";
import { loadKernel } from "../kernel/load";
import type { FromWorker, ToWorker } from "./messages";
import { unpacked, type Packed } from "./packed";
import { RunQueue } from "./queue";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const early: ToWorker[] = [];
let queue: RunQueue | null = null;

function post(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

async function load(wasm: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    queue = new RunQueue(await loadKernel(wasm), post, true);
    for (const message of early.splice(0)) queue.receive(message);
  } catch (error) {
    post({ type: "failed", lane: null, id: 0, message: String(error) });
  }
}

scope.onmessage = (event: MessageEvent<Packed>) => {
  const message = unpacked(event.data);
  if (message.type === "load") void load(message.wasm);
  else if (queue) queue.receive(message);
  else early.push(message);
};
