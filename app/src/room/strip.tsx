/** The strip of the lesson: its steps side by side, as wide as the minutes planned for them, the present one lit. */

import type { Desk, Phase } from "../../generated/room_messages";
import { useWords } from "../play/words";

/** Seconds that a step is planned to take; together the play of twelve quarters takes 45 minutes. */
const PLANNED: Readonly<Record<Phase, number>> = {
  lobby: 240,
  coins: 120,
  guess: 120,
  practice: 60,
  practised: 30,
  believe: 40,
  decide: 35,
  result: 45,
  announce: 75,
  end: 80,
  reveal: 60,
  questions: 120,
  debrief: 480,
  closed: 60,
};

/** Phases that the strip tells as one. */
const TOLD_AS: Partial<Record<Phase, Phase>> = { practised: "practice", result: "decide", questions: "debrief", closed: "debrief" };

interface StripPart {
  readonly phase: Phase;
  readonly rounds: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly seconds: number;
}

/** Return the steps in parts: what follows on the same thing is one. */
export function partsOf(steps: Desk["steps"]): StripPart[] {
  const parts: StripPart[] = [];
  steps.forEach(({ phase, round }, place) => {
    const told = TOLD_AS[phase] ?? phase;
    const before = parts.at(-1);
    const rounds = told === "decide" ? [round] : [];
    if (before?.phase !== told) parts.push({ phase: told, rounds, first: place, last: place, seconds: PLANNED[phase] });
    else parts[parts.length - 1] = { ...before, rounds: [...before.rounds, ...rounds], last: place, seconds: before.seconds + PLANNED[phase] };
  });
  return parts;
}

function roundsOf({ rounds }: StripPart): string {
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (first === undefined) return "";
  return first === last ? `${first}` : `${first}–${last}`;
}

export function Strip({ desk }: { readonly desk: Desk }) {
  const { t } = useWords();
  const planned = desk.steps.slice(0, desk.step).reduce((sum, { phase }) => sum + PLANNED[phase], 0);
  return (
    <ol class="strip-of-lesson" aria-label={t("room.strip")}>
      {partsOf(desk.steps).map((part) => {
        const isNow = desk.step >= part.first && desk.step <= part.last;
        return (
          <li key={part.first} style={{ flexGrow: part.seconds }} class={desk.step > part.last ? "is-over" : ""} aria-current={isNow ? "step" : undefined}>
            <span>{t(`room.phase_${part.phase}`)}</span>
            <small>
              {[roundsOf(part), isNow ? t("room.minute", { n: Math.floor(planned / 60) }) : ""].filter(Boolean).join(" · ")}
            </small>
          </li>
        );
      })}
    </ol>
  );
}
