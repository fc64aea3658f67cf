/** One lever: a slider, its value as a number, and one click away what it means and where its number comes from. */

import { useId, useRef, useState } from "preact/hooks";
import { memo } from "../memo";
import { boundsOf } from "../model/model";
import { useDispatch } from "../store/context";
import { useSpeech } from "../text/context";
import { About } from "./about";
import { endsOf, rangeOf, stepOf } from "./groups";
import { NumberField } from "./number_field";

/** Key presses on one slider with pauses shorter than this are undone as one. */
const GESTURE_PAUSE_MS = 800;

interface Props {
  readonly path: string;
  readonly value: number;
  /** The scenario's own value. */
  readonly own: number;
  /** The pinned policy's value; NaN if none is pinned. */
  readonly pinned: number;
  readonly isScheduled: boolean;
}

export const Lever = memo(function OneLever({ path, value, own, pinned, isScheduled }: Props) {
  const { t, word, numbers } = useSpeech();
  const dispatch = useDispatch();
  const gesture = useGesture(path);
  const [isOpen, setOpen] = useState(false);
  const id = useId();

  const label = word("parameters", path, "label") ?? path;
  const [low, high] = endsOf(rangeOf(path), [own, value]);
  const [least, most] = boundsOf(path);
  const isChanged = !Object.is(value, own);
  const isPinned = !Number.isNaN(pinned);
  const at = (there: number): number => Math.min(Math.max(0, (there - low) / (high - low || 1)), 1);
  const set = (next: number, name?: string): void => dispatch({ type: "set", values: { [path]: next }, gesture: name });

  return (
    <div class="lever" data-lever={path}>
      <div class="lever-head">
        <label for={id}>{label}</label>
        {isScheduled && (
          <span class="badge" title={t("levers.scheduled")}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3 2" />
            </svg>
            <span class="hidden">{t("levers.scheduled")}</span>
          </span>
        )}
        <button
          type="button"
          class="quiet icon"
          aria-expanded={isOpen}
          aria-controls={`${id}-about`}
          aria-label={t("levers.about", { label })}
          onClick={() => setOpen(!isOpen)}
        >
          ?
        </button>
      </div>
      <div class="lever-row">
        <div class="slider" style={{ "--own": at(own), "--pinned": isPinned ? at(pinned) : 0 }}>
          <input
            id={id}
            type="range"
            min={low}
            max={high}
            step={stepOf(low, high)}
            value={value}
            aria-valuetext={numbers.setting(value)}
            style={{ "--at": at(value) }}
            onInput={(event) => set(rounded(event.currentTarget.valueAsNumber), gesture())}
          />
          <span class="slider-own" aria-hidden="true" />
          {isPinned && <span class="slider-pinned" aria-hidden="true" />}
        </div>
        <NumberField class="lever-number" label={t("levers.value_of", { label })} low={least} high={most} value={value} onChange={set} />
        <button
          type="button"
          class="quiet icon"
          disabled={!isChanged}
          style={{ visibility: isChanged ? "visible" : "hidden" }}
          aria-label={`${label}: ${t("levers.own_value", { value: numbers.setting(own) })}`}
          title={t("levers.own_value", { value: numbers.setting(own) })}
          onClick={() => set(own)}
        >
          ↺
        </button>
      </div>
      <div id={`${id}-about`} class="lever-about" hidden={!isOpen}>
        {isOpen && <About path={path} />}
      </div>
    </div>
  );
});

/** Steps of a slider are round numbers: take away what floating point adds. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

/** Return a function that names the gesture under way: the same name until there was a pause. */
function useGesture(path: string): () => string {
  const last = useRef({ at: Number.NEGATIVE_INFINITY, n: 0 });
  return () => {
    const now = performance.now();
    const n = now - last.current.at > GESTURE_PAUSE_MS ? last.current.n + 1 : last.current.n;
    last.current = { at: now, n };
    return `${path} ${n}`;
  };
}
