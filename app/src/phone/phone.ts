/** A phone in a room: joins, says things until they are answered, and tells its listeners what to show. */

import { VERSION, type ToPhone } from "../../generated/room_messages";
import { randomHex } from "../play/random";
import type { Language } from "../store/types";
import { memory } from "./memory";
import { RoomSocket } from "./socket";
import { aboutOf, EMPTY, heard, saying, type Said, type PhoneView } from "./view";

const ANSWER_MS = 1500;

type Unsaid<Message> = Message extends Said ? Omit<Message, "id"> : never;

export class Phone {
  view: PhoneView = EMPTY;
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Map<string, () => void>();
  private readonly busy = new Set<string>();
  private first: object | null = null;
  private code: string | null = null;
  private isForResearch = false;
  private language: Language = "en";
  private readonly socket = new RoomSocket({
    hello: () => this.first ?? this.hello(),
    key: () => memory.key() ?? "",
    newestSeq: () => this.view.state?.seq ?? -1,
    hear: (message) => this.hear(message),
    changed: (link) => this.set({ link }),
  });

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  speak(language: Language): void {
    this.language = language;
    memory.keepLanguage(language);
  }

  /** Come back with the key that this phone has, if it has one. */
  resume(): void {
    if (memory.key()) this.connect();
  }

  /** Join as somebody new, with a key that this phone makes first. */
  join(code: string, isForResearch: boolean): void {
    this.code = code;
    this.isForResearch = isForResearch;
    if (!memory.key()) memory.newKey();
    this.connect();
  }

  /** Take a seat over from another phone, by the digits that it was given. */
  move(seat: number, recovery: string): void {
    const key = memory.newKey();
    this.first = { t: "move", v: VERSION, room: "", seat, recovery, key, lang: this.lang };
    this.connect();
  }

  /** Take the seat back from a newer tab. */
  connect(): void {
    this.set({ link: "connecting", refused: null });
    this.socket.start();
  }

  forget(): void {
    this.socket.stop();
    memory.forget();
    this.first = null;
    this.view = EMPTY;
    this.set({});
  }

  /** Say something: at once to be seen, then by socket and request in turns until it is answered. */
  say(unsaid: Unsaid<Said>): void {
    const message = { ...unsaid, id: randomHex(16) } as Said;
    const about = aboutOf(message, this.view.state?.step ?? 0);
    this.view = saying(this.view, about, message);
    this.set({});
    if (!this.busy.has(about)) void this.deliver(about);
  }

  askHistory(): void {
    if (!this.socket.send({ t: "history" })) void this.socket.post({ t: "history" });
  }

  /** Deliver the newest of what is said about something; one at a time, so that the last said is the last to arrive. */
  private async deliver(about: string): Promise<void> {
    this.busy.add(about);
    for (let sent = this.view.sent[about]; sent?.status === "waiting" && this.hasSeat; sent = this.view.sent[about]) {
      await this.answerTo(sent.message);
    }
    this.busy.delete(about);
  }

  private async answerTo(message: Said): Promise<void> {
    let isAnswered = false;
    const answer = new Promise<void>((tell) => this.waiting.set(message.id, tell)).then(() => (isAnswered = true));
    for (let turn = 0; !isAnswered && this.hasSeat; turn += 1) {
      if (turn % 2 === 1 || !this.socket.send(message)) void this.socket.post(message);
      await Promise.race([answer, new Promise((go) => setTimeout(go, ANSWER_MS))]);
    }
    this.waiting.delete(message.id);
  }

  private hear(message: ToPhone): void {
    this.view = heard(this.view, message);
    if (message.t === "seat") this.seated(message);
    if (message.t === "ok" && this.view.sent["leave"]?.message.id === message.id) this.left();
    if ((message.t === "ok" || message.t === "no") && message.id) this.waiting.get(message.id)?.();
    if (message.t === "no" && !message.id) this.refused(message.why);
    this.set({});
  }

  private seated(seat: ToPhone & { t: "seat" }): void {
    this.first = null;
    memory.keepSeat(seat);
    if (this.isForResearch) this.say({ t: "consent", research: true });
    this.isForResearch = false;
  }

  private left(): void {
    this.socket.stop();
    memory.forget();
    this.view = { ...EMPTY, link: "left" };
  }

  /** A refused hello: the phone waits for the person to try again. */
  private refused(why: string): void {
    if (why === "form" && this.view.seat) return;
    this.socket.stop();
    if (this.first || (why === "code" && !this.code)) memory.forget();
    const isAsked = this.code !== null || this.first !== null;
    this.first = null;
    this.view = { ...EMPTY, refused: isAsked ? this.view.refused : null };
  }

  /** Whether there is still a seat to speak from: who has left waits for no answer. */
  private get hasSeat(): boolean {
    return this.view.link !== "left" && this.view.link !== "none";
  }

  private get lang(): "en" | "zh" {
    return this.language === "en" ? "en" : "zh";
  }

  private hello(): object {
    const code = this.code ?? undefined;
    return { t: "hello", v: VERSION, room: "", key: memory.key(), lang: this.lang, ...(code && { code }) };
  }

  private set(more: Partial<PhoneView>): void {
    this.view = { ...this.view, ...more };
    for (const listener of this.listeners) listener();
  }
}
