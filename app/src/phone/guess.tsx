/** A guess, drawn with a finger over a grid or set by sliders, place by place. */

import { useRef, useState } from "preact/hooks";
import { useWords } from "../play/words";
import { useShown, type ScreenProps } from "./context";

const [WIDTH, HEIGHT, RIM] = [320, 200, 14];
const LEFT = 34;
const SHARE = "share";
const MIDDLE = 0.5;

export function Guess({ state }: ScreenProps) {
  const { t } = useWords();
  const { phone, view } = useShown();
  const asked = state.asked?.guess ?? SHARE;
  const places = Math.max(state.asked?.places ?? 1, 1);
  const stored = state.asked?.values ?? [];
  // Nothing is drawn at first, so that no line of ours leads the guess; the first touch sets all places.
  const [values, setValues] = useState<readonly number[] | null>(stored.length === places ? stored : null);
  const sent = view.sent[`guess ${asked}`];
  const set = (place: number, value: number): void => setValues((before) => before?.map((old, other) => (other === place ? value : old)) ?? Array<number>(places).fill(value));
  const place = (n: number): string => t(asked === SHARE ? "phone.guess_place" : "phone.guess_place_lesson", { n });
  const isIn = sent ? sent.status === "ok" : stored.length > 0;
  return (
    <section class="card">
      <h2>{t("phone.guess_heading")}</h2>
      <p class="question">{t(asked === SHARE ? "phone.guess_text" : "phone.guess_lesson")}</p>
      <p class="quiet-text">{t("phone.guess_drag")}</p>
      <Drawing values={values ?? []} places={places} onSet={set} />
      <details>
        <summary>{t("phone.guess_sliders")}</summary>
        {(values ?? Array<number>(places).fill(MIDDLE)).map((value, n) => (
          <label key={n} class="slider">
            <span>{place(n + 1)}</span>
            <input
              type="range"
              min="0"
              max="100"
              step="5"
              value={Math.round(100 * value)}
              aria-valuetext={t("phone.guess_value", { n: Math.round(100 * value) })}
              onInput={(event) => set(n, Number(event.currentTarget.value) / 100)}
            />
            <output>{values ? Math.round(100 * value) : "?"}</output>
          </label>
        ))}
      </details>
      <button
        type="button"
        class="primary wide"
        disabled={!values}
        onClick={() => values && phone.say({ t: "guess", asked, values: [...values] })}
      >
        {t("phone.guess_send")}
      </button>
      <p role="status" class="notice-line">
        {sent?.status === "waiting" ? t("phone.sending") : isIn ? t("phone.guess_sent") : ""}
      </p>
    </section>
  );
}

interface DrawingProps {
  readonly values: readonly number[];
  readonly places: number;
  readonly onSet: (place: number, value: number) => void;
}

function Drawing({ values, places, onSet }: DrawingProps) {
  const svg = useRef<SVGSVGElement>(null);
  const before = useRef<number | null>(null);
  const step = (WIDTH - LEFT - RIM) / Math.max(places - 1, 1);
  const x = (place: number): number => LEFT + step * place;
  const y = (value: number): number => RIM + (1 - value) * (HEIGHT - 2 * RIM);
  const draw = (event: PointerEvent): void => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = svg.current?.getBoundingClientRect();
    if (!box) return;
    const nearest = Math.round((((event.clientX - box.left) / box.width) * WIDTH - LEFT) / step);
    const value = 1 - (((event.clientY - box.top) / box.height) * HEIGHT - RIM) / (HEIGHT - 2 * RIM);
    const place = Math.min(Math.max(nearest, 0), places - 1);
    const rounded = Math.round(20 * Math.min(Math.max(value, 0), 1)) / 20;
    // A quick finger leaves places out: what it passed over takes the same height.
    const from = event.type === "pointermove" ? (before.current ?? place) : place;
    for (let passed = Math.min(from, place); passed <= Math.max(from, place); passed += 1) {
      if (passed !== from || from === place) onSet(passed, rounded);
    }
    before.current = place;
  };
  return (
    <svg ref={svg} class="drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" onPointerDown={draw} onPointerMove={draw}>
      {[0, 0.25, 0.5, 0.75, 1].map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH - RIM} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 10} y={y(value) + 4} text-anchor="end">
            {100 * value}
          </text>
        </g>
      ))}
      <polyline points={values.map((value, place) => `${x(place)},${y(value)}`).join(" ")} />
      {values.map((value, place) => (
        <circle key={place} cx={x(place)} cy={y(value)} r="6" />
      ))}
    </svg>
  );
}
