/** The controls of a run that is played: play, pause, a month back and forth, scrub, speed. */

import { useSpeech } from "../text/context";
import { SPEEDS, type Playback } from "./playback";
import "./player.css";

const SHAPES = {
  start: "M6 5v14M19 5l-9 7 9 7Z",
  back: "M17 5l-9 7 9 7Z",
  play: "M7 4l13 8-13 8Z",
  pause: "M8 5v14M16 5v14",
  next: "M7 5l9 7-9 7Z",
} as const;

export function Player({ playback }: { readonly playback: Playback }) {
  const { t } = useSpeech();
  const { month, months, isPlaying, speed } = playback;
  const values = { month: month + 1, year: Math.floor(month / 12) + 1, months };
  const tool = (shape: keyof typeof SHAPES, label: string, isOn: boolean, onClick: () => void) => (
    <button type="button" class="tool" data-tool={shape} aria-label={label} title={label} disabled={!isOn} onClick={onClick}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={SHAPES[shape]} />
      </svg>
    </button>
  );
  return (
    <section class="player" aria-label={t("player.label")}>
      {tool("start", t("player.start"), month > 0, () => playback.goTo(0))}
      {tool("back", t("player.back"), month > 0, () => playback.goTo(month - 1))}
      {isPlaying
        ? tool("pause", t("player.pause"), true, playback.pause)
        : tool("play", t("player.play"), true, playback.play)}
      {tool("next", t("player.next"), month < months - 1, () => playback.goTo(month + 1))}
      <input
        type="range"
        class="scrub"
        aria-label={t("player.scrub")}
        aria-valuetext={t("player.month", values)}
        min={0}
        max={months - 1}
        step={1}
        value={month}
        onInput={(event) => playback.goTo(event.currentTarget.valueAsNumber)}
      />
      <span class="player-month">{t("player.month", values)}</span>
      <label class="player-speed">
        <span aria-hidden="true">{t("player.speed")}</span>
        <select
          class="small"
          aria-label={t("player.speed")}
          value={speed}
          onChange={(event) => {
            const found = SPEEDS.find((one) => String(one) === event.currentTarget.value);
            if (found) playback.setSpeed(found);
          }}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {t("player.per_second", { n: one })}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
