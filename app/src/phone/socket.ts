/**
 * The way to the room: a socket that is opened again whenever it may have died, plain requests where sockets do not
 * open. Half-open sockets after sleep look open, so what counts is when something was last heard.
 */

import type { ToPhone } from "../../generated/room_messages";

const SILENT_MS = 12_000;
const PING_MS = 5_000;
const LEAST_WAIT_MS = 300;
const MOST_WAIT_MS = 4_000;
const OPENING_MS = 5_000;
const TRIES_BEFORE_POLLING = 2;
export const REPLACED = 4001;
export const GIVEN_UP = 4003;

interface Hooks {
  readonly hello: () => object;
  readonly key: () => string;
  readonly newestSeq: () => number;
  readonly hear: (message: ToPhone) => void;
  readonly changed: (link: "connecting" | "online" | "offline" | "moved" | "left") => void;
}

export class RoomSocket {
  private socket: WebSocket | null = null;
  private isRunning = false;
  private isPolling = false;
  private failures = 0;
  private heardAt = 0;
  private pingedAt = 0;
  private openedAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly hooks: Hooks) {}

  start(): void {
    this.isRunning = true;
    this.failures = 0;
    for (const name of ["pageshow", "online", "focus"]) addEventListener(name, this.wake);
    addEventListener("offline", this.lost);
    document.addEventListener("visibilitychange", this.wake);
    clearInterval(this.ticker);
    this.ticker = setInterval(this.tick, 1000);
    this.open();
  }

  stop(): void {
    this.isRunning = false;
    clearTimeout(this.timer);
    clearInterval(this.ticker);
    for (const name of ["pageshow", "online", "focus"]) removeEventListener(name, this.wake);
    removeEventListener("offline", this.lost);
    document.removeEventListener("visibilitychange", this.wake);
    this.drop();
  }

  /** Send by the socket; tells whether one is open. */
  send(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Say the same by a plain request, and hear what comes back; tells whether something did. */
  async post(message: object): Promise<boolean> {
    return this.request("/say", { method: "POST", body: JSON.stringify(message) }, 5_000);
  }

  private async request(path: string, more: RequestInit, withinMs: number): Promise<boolean> {
    try {
      const headers = { "content-type": "application/json", "x-key": this.hooks.key() };
      const answer = await fetch(path, { ...more, headers, cache: "no-store", signal: AbortSignal.timeout(withinMs) });
      if (!answer.ok) return false;
      this.heardAt = performance.now();
      for (const message of (await answer.json()) as ToPhone[]) this.hooks.hear(message);
      return true;
    } catch {
      return false;
    }
  }

  private open(): void {
    clearTimeout(this.timer);
    this.drop();
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/ws");
    this.socket = socket;
    this.openedAt = performance.now();
    socket.onopen = () => {
      this.heardAt = performance.now();
      this.failures = 0;
      socket.send(JSON.stringify(this.hooks.hello()));
    };
    socket.onmessage = ({ data }) => {
      this.heardAt = performance.now();
      this.hooks.changed("online");
      this.hooks.hear(JSON.parse(String(data)) as ToPhone);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.closed(code);
    };
  }

  private closed(code: number): void {
    this.socket = null;
    if (code === REPLACED || code === GIVEN_UP) {
      this.stop();
      this.hooks.changed(code === REPLACED ? "moved" : "left");
      return;
    }
    if (!this.isRunning) return;
    this.failures += 1;
    this.hooks.changed(this.failures > 1 ? "offline" : "connecting");
    const wait = Math.min(LEAST_WAIT_MS * 2 ** (this.failures - 1), MOST_WAIT_MS);
    this.timer = setTimeout(() => this.open(), wait * (0.75 + Math.random() / 2));
    if (this.failures >= TRIES_BEFORE_POLLING) void this.poll();
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Ask for the state while sockets do not open; the server holds the answer until there is something new. */
  private async poll(): Promise<void> {
    if (this.isPolling) return;
    this.isPolling = true;
    let isKnown = false;
    while (this.isRunning && this.failures >= TRIES_BEFORE_POLLING) {
      const isHeard: boolean = isKnown
        ? await this.request(`/state?after=${this.hooks.newestSeq()}`, {}, 25_000)
        : await this.post(this.hooks.hello());
      isKnown = isHeard;
      if (isHeard && this.isRunning) this.hooks.changed("online");
      if (!isHeard) await new Promise((go) => setTimeout(go, 2000));
    }
    this.isPolling = false;
  }

  private readonly wake = (): void => {
    if (!this.isRunning || document.visibilityState === "hidden") return;
    if (this.socket?.readyState === WebSocket.OPEN && performance.now() - this.heardAt < SILENT_MS) return;
    if (this.socket?.readyState === WebSocket.CONNECTING && performance.now() - this.openedAt < OPENING_MS) return;
    this.open();
  };

  private readonly lost = (): void => {
    this.drop();
    this.closed(0);
  };

  private readonly tick = (): void => {
    if (document.visibilityState === "hidden") return;
    const now = performance.now();
    const isOpen = this.socket?.readyState === WebSocket.OPEN;
    if (isOpen && now - this.heardAt > SILENT_MS) this.open();
    if (this.socket?.readyState === WebSocket.CONNECTING && now - this.openedAt > 2 * OPENING_MS) this.open();
    if (now - this.pingedAt < PING_MS) return;
    this.pingedAt = now;
    const ping = { t: "ping", n: Math.round(now) };
    if (!this.send(ping) && this.isPolling) void this.post(ping);
  };
}
