/** The page's way to the room: what is told comes by a socket that opens again, what the trainer does goes by request. */

import type { Deed, Desk, Do, Done, Lessons, Refusal, ToDesk, Trouble, WallState } from "../../generated/room_messages";
import { deadlineOf, type Deadline } from "../play/clock";
import { randomHex } from "../play/random";

export type RoomScreen = "desk" | "wall" | "lessons";
type More = Partial<Omit<Do, "id" | "do" | "from_step">>;

export interface RoomTold {
  readonly hasToken: boolean;
  readonly isLost: boolean;
  /** The room was erased from here: there is nothing to come back to. */
  readonly isErased: boolean;
  readonly desk: Desk | null;
  readonly wall: WallState | null;
  readonly lessons: Lessons | null;
  readonly deadline: Deadline | null;
  readonly refused: Refusal | Trouble | null;
  /** The file that the last command wrote. */
  readonly written: string | null;
}

/** A room's token, as it stands behind an address. */
const TOKEN = /^#([0-9a-f]{32})$/;
const AGAIN_MS = 700;
/** What the room closes with where the address belongs to another one, perhaps yesterday's. */
const FOREIGN = 1008;
/** A report of a large class takes a while. */
const ANSWER_MS = 60_000;

export class Watch {
  told: RoomTold;
  private readonly token: string;
  private readonly listeners = new Set<() => void>();

  constructor(readonly view: RoomScreen) {
    this.token = tokenOf(view);
    this.told = { hasToken: this.token !== "", isLost: false, isErased: false, desk: null, wall: null, lessons: null, deadline: null, refused: null, written: null };
  }

  /** Where the lessons are shown; who may lead the room may open them. */
  get lessonsUrl(): string {
    return `${location.origin}/lessons#${this.token}`;
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    // Who puts the whole address into a tab that shows the room's page already changes what is behind # alone.
    onhashchange = () => TOKEN.test(location.hash) && location.reload();
    if (!this.token) return;
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/desk/ws");
    socket.onopen = () => socket.send(JSON.stringify({ t: "watch", token: this.token, view: this.view }));
    socket.onmessage = ({ data }) => this.hear(JSON.parse(String(data)) as ToDesk);
    socket.onclose = ({ code }) => {
      if (this.told.isErased) return;
      if (code === FOREIGN) return this.set({ hasToken: false });
      this.set({ isLost: true });
      setTimeout(() => this.start(), AGAIN_MS);
    };
  }

  /** Do something, if the room still is where this page saw it; the same command is repeated until it is answered. */
  async do(deed: Deed, more: More = {}): Promise<void> {
    const step = (this.told.desk ?? this.told.lessons)?.step;
    if (step === undefined) return;
    const command: Do = { id: randomHex(16), do: deed, from_step: step, ...more };
    for (let turn = 0; turn < 3; turn += 1) {
      const done = await this.asked(command);
      if (!done) continue;
      const isErased = deed === "erase" && done.done;
      this.set({ refused: done.done ? null : (done.why ?? "form"), written: done.file ?? null, isErased });
      return;
    }
    this.set({ isLost: true });
  }

  private async asked(command: Do): Promise<Done | null> {
    try {
      const headers = { "content-type": "application/json", authorization: `Bearer ${this.token}` };
      const answer = await fetch("/desk/do", { method: "POST", headers, body: JSON.stringify(command), signal: AbortSignal.timeout(ANSWER_MS) });
      if (answer.status === 401) this.set({ hasToken: false });
      return answer.ok ? ((await answer.json()) as Done) : { t: "done", id: command.id, done: false, why: "form" };
    } catch {
      return null;
    }
  }

  private hear(message: ToDesk): void {
    if (message.t === "lessons") return this.set({ isLost: false, lessons: message });
    if (message.t !== "desk" && message.t !== "wall") return;
    const deadline = deadlineOf(message.left_ms, message.held);
    this.set({ isLost: false, deadline, ...(message.t === "desk" ? { desk: message } : { wall: message }) });
  }

  private set(more: Partial<RoomTold>): void {
    this.told = { ...this.told, ...more };
    for (const listener of this.listeners) listener();
  }
}

/** Return the token from the address, which then no longer shows it; a page that is loaded again remembers it. */
function tokenOf(view: RoomScreen): string {
  const name = view === "lessons" ? "room-desk" : `room-${view}`;
  const found = TOKEN.exec(location.hash)?.[1];
  if (found) {
    sessionStorage.setItem(name, found);
    history.replaceState(null, "", location.pathname);
  }
  return found ?? sessionStorage.getItem(name) ?? "";
}
