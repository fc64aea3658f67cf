/** All that a phone shows at one moment, and how what it hears changes that. Pure: no socket, no clock of its own. */

import type { Choose, Coin, Believe, DebriefAnswer, Consent, Guess, Leave, No, Ok, RoundOf, Seat, State, ToPhone, Why } from "../../generated/room_messages";
import { deadlineOf, type Deadline } from "../play/clock";

export type Said = DebriefAnswer | Choose | Coin | Believe | Consent | Guess | Leave;

export type Link =
  | "none" // nobody has joined on this phone
  | "connecting"
  | "online"
  | "offline"
  | "moved" // a newer tab has the seat
  | "left"; // the seat is given up

export interface Sent {
  readonly message: Said;
  readonly status: "waiting" | "ok" | "no";
  readonly why: Why | null;
}

export interface Refused {
  readonly why: Why;
  readonly waitMs: number;
}

export interface PhoneView {
  readonly link: Link;
  readonly seat: Seat | null;
  readonly state: State | null;
  readonly deadline: Deadline | null;
  readonly refused: Refused | null;
  /** What was said last about each thing: a quarter's choice, a coin, a question. */
  readonly sent: Readonly<Record<string, Sent>>;
  readonly history: readonly RoundOf[] | null;
  readonly newestOk: number;
}

export const EMPTY: PhoneView = {
  link: "none",
  seat: null,
  state: null,
  deadline: null,
  refused: null,
  sent: {},
  history: null,
  newestOk: -1,
};

/** Return the view after a message; a state older than the newest answer is dropped. */
export function heard(view: PhoneView, message: ToPhone): PhoneView {
  switch (message.t) {
    case "seat":
      return { ...view, seat: message, refused: null };
    case "state":
      if (message.seq < view.newestOk) return view;
      return { ...view, state: message, deadline: deadlineOf(message.left_ms, message.held) };
    case "history":
      return { ...view, history: message.rows };
    case "ok":
      return answered({ ...view, newestOk: Math.max(view.newestOk, message.seq) }, message.id, message);
    case "no":
      return message.id ? answered(view, message.id, message) : { ...view, refused: { why: message.why, waitMs: message.wait_ms ?? 0 } };
    case "pong":
      return view;
  }
}

function answered(view: PhoneView, id: string, answer: Ok | No): PhoneView {
  const found = Object.entries(view.sent).find(([, sent]) => sent.message.id === id);
  if (!found) return view;
  const [about, sent] = found;
  const why = answer.t === "no" ? answer.why : null;
  return { ...view, sent: { ...view.sent, [about]: { ...sent, status: answer.t, why } } };
}

/** Return the view in which something is said and waits for its answer. */
export function saying(view: PhoneView, about: string, message: Said): PhoneView {
  return { ...view, sent: { ...view.sent, [about]: { message, status: "waiting", why: null } } };
}

/** Whether something was said and was not refused: it is not asked again, though the next state may still be on its way. */
export function isSaid(view: PhoneView, about: string): boolean {
  const sent = view.sent[about];
  return sent !== undefined && sent.status !== "no";
}

/** Under what name a message of a step is remembered: a later one under the same name takes its place. */
export function aboutOf(message: Said, step: number): string {
  switch (message.t) {
    case "choose":
      return `choose ${message.round}`;
    case "coin":
      return `coin ${message.n}`;
    case "believe":
      return `believe ${step} ${message.question}`;
    case "answer":
      return `answer ${message.n}`;
    case "guess":
      return `guess ${message.asked}`;
    case "consent":
    case "leave":
      return message.t;
  }
}
