/**
 * What the presentation and the trainer's own window say to each other: a broadcast channel where the page is served; from
 * a file, whose windows browsers keep apart, the window that opened the other one and the one that was opened.
 */

import type { PageState } from "../store/types";
import type { Command } from "./steps";

/** What is shown to the class at the moment. */
export interface ShownToClass {
  readonly state: PageState;
  readonly isFrozen: boolean;
  readonly isBlack: boolean;
}

export type ToTrainer = { readonly type: "shown"; readonly shown: ShownToClass } | { readonly type: "ended" };
export type FromTrainer = { readonly type: "hello" } | { readonly type: "command"; readonly command: Command };

export interface TrainerLine<Sent> {
  readonly send: (message: Sent) => void;
  readonly close: () => void;
}

/** The part of the address that makes a window the trainer's: a name that only the two windows know. */
const TRAINER = /^#trainer=([a-z0-9]{16})$/;

/** Return the name of the line if an address is that of a trainer's window, or null. */
export function lineNamed(hash: string): string | null {
  return TRAINER.exec(hash)?.[1] ?? null;
}

export function trainerHash(name: string): string {
  return `#trainer=${name}`;
}

/** Return a new name for a line. */
export function newLineName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A message as it goes over the line: by which it is known when it comes both ways. */
interface Sealed<Message> {
  readonly line: string;
  readonly from: string;
  readonly number: number;
  readonly message: Message;
}

/** Open a line of a name; `other` is the window at its other end, for pages that are files. */
export function opensLine<Sent, Received>(
  name: string,
  other: Window | null,
  onMessage: (message: Received) => void,
): TrainerLine<Sent> {
  const from = newLineName();
  const heard = new Map<string, number>();
  let sent = 0;
  // From a file a message may come over the channel, from the window, or both ways.
  const hear = (sealed: Sealed<Received> | undefined): void => {
    if (sealed?.line !== name || sealed.number <= (heard.get(sealed.from) ?? 0)) return;
    heard.set(sealed.from, sealed.number);
    onMessage(sealed.message);
  };
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`officials-${name}`) : null;
  if (channel) channel.onmessage = (event: MessageEvent<Sealed<Received>>) => hear(event.data);
  const isFile = location.protocol === "file:";
  const listen = (event: MessageEvent<Sealed<Received>>): void => {
    // Nobody but the other window speaks on this line.
    if (event.source === other) hear(event.data);
  };
  if (isFile) addEventListener("message", listen);
  return {
    send(message) {
      sent += 1;
      const sealed: Sealed<Sent> = { line: name, from, number: sent, message };
      channel?.postMessage(sealed);
      // The origin of a file is none, so it cannot be named; the message holds no secret.
      if (isFile) other?.postMessage(sealed, "*");
    },
    close() {
      channel?.close();
      removeEventListener("message", listen);
    },
  };
}
