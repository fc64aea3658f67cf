/** Phones without a screen: they join by requests and answer whatever is asked, so that a class is large enough. */

import { randomBytes } from "node:crypto";
import { VERSION, type State, type ToPhone } from "../../generated/room_messages";

const hex = (length: number): string => randomBytes(length / 2).toString("hex");

export class Bot {
  private readonly key = hex(32);
  private state: State | null = null;

  constructor(
    private readonly url: string,
    private readonly code: string,
    private readonly n: number,
  ) {}

  private async say(message: object): Promise<void> {
    const headers = { "content-type": "application/json", "x-key": this.key, origin: this.url };
    const answer = await fetch(`${this.url}/say`, { method: "POST", headers, body: JSON.stringify(message) });
    if (!answer.ok) throw new Error(`a bot was answered ${answer.status}`);
    for (const told of (await answer.json()) as ToPhone[]) {
      if (told.t === "state") this.state = told;
      if (told.t === "no") throw new Error(`a bot was refused: ${told.why}`);
    }
  }

  /** Say hello, which is also how it hears where the room is. */
  async hello(): Promise<void> {
    await this.say({ t: "hello", v: VERSION, room: "", key: this.key, code: this.code, lang: "en" });
  }

  /** Answer all that is asked in the phase at hand. */
  async answer(): Promise<void> {
    await this.hello();
    const { asked, round, you } = this.state ?? {};
    const { n } = this;
    for (const place of asked?.coins?.keys() ?? []) await this.tell({ t: "coin", n: place, accept: (n + place) % 2 === 0 });
    for (const question of asked?.questions ?? []) await this.tell({ t: "believe", round, question, tenths: (3 * n) % 11 });
    if (asked?.guess) {
      const values = Array.from({ length: asked.places ?? 1 }, (_, place) => ((n * 13 + place * 7) % 50) / 100);
      await this.tell({ t: "guess", asked: asked.guess, values });
    }
    if (you) await this.tell({ t: "choose", round, action: you.actions[(n * 7 + (round ?? 0)) % you.actions.length] });
    while (this.state?.asked?.debrief) {
      const { n: question, answers } = this.state.asked.debrief;
      await this.tell({ t: "answer", n: question, choice: (n * n + question) % answers.length });
    }
  }

  private async tell(message: object): Promise<void> {
    await this.say({ ...message, id: hex(16) });
  }
}
