/** A guess, drawn with a finger over a grid or set by sliders, place by place. */

import { useRef, useState } from "preact/hooks";
import { useWords, type Words } from "../play/words";
import { useShown, type ScreenProps } from "./context";
import { lessonAsked, type LessonAsked } from "./lesson_asked";

const [WIDTH, HEIGHT, RIM] = [320, 200, 14];
const [LEFT, BELOW] = [40, 22];
const [LETTER, HAN] = [7, 12]; // how wide a sign of the axis is
const SHARE = "share";
const CLASS_DOMAIN = [0, 1] as const;
/** A class's share is guessed in twentieths, a lesson's values in hundredths. */
const [STEP_OF_SHARE, STEP_OF_LESSON] = [5, 1];
const GRID_LINES = 4;

type Domain = readonly [number, number];

export function Guess({ state }: ScreenProps) {
  const { t, language } = useWords();
  const { phone, view } = useShown();
  const asked = state.asked?.guess ?? SHARE;
  const lesson = asked === SHARE ? null : lessonAsked(asked, language);
  const domain: Domain = lesson?.domain ?? CLASS_DOMAIN;
  const places = Math.max(state.asked?.places ?? 1, 1);
  const stored = state.asked?.values ?? [];
  // Nothing is drawn at first, so that no line of ours leads the guess; the first touch sets all places.
  const [values, setValues] = useState<readonly number[] | null>(stored.length === places ? stored : null);
  const sent = view.sent[`guess ${asked}`];
  const step = lesson ? STEP_OF_LESSON : STEP_OF_SHARE;
  const set = (place: number, value: number): void =>
    setValues((before) => before?.map((old, other) => (other === place ? value : old)) ?? Array<number>(places).fill(value));
  const names = Array.from({ length: places }, (_, n) => nameOf(n, lesson, t));
  const isIn = sent ? sent.status === "ok" : stored.length > 0;
  return (
    <section class="card">
      <h2>{lesson ? lesson.title : t("phone.guess_heading")}</h2>
      <p class="question">{lesson ? lesson.task : t(asked === SHARE ? "phone.guess_text" : "phone.guess_lesson")}</p>
      {lesson && <p class="quiet-text">{t("phone.guess_wall")}</p>}
      <p class="quiet-text">{t("phone.guess_drag")}</p>
      <Drawing values={values ?? []} labels={names.map((name, n) => labelOf(name, n, lesson))} domain={domain} step={step} isJoined={lesson?.isJoined ?? true} onSet={set} />
      <details open={lesson !== null}>
        <summary>{t("phone.guess_sliders")}</summary>
        {(values ?? Array<number>(places).fill((domain[0] + domain[1]) / 2)).map((value, n) => (
          <label key={n} class="slider">
            <span>{names[n]}</span>
            <input
              type="range"
              min={Math.round(100 * domain[0])}
              max={Math.round(100 * domain[1])}
              step={step}
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

/** Return what a place is called: a quarter of the play, or a place of the lesson. */
function nameOf(n: number, lesson: LessonAsked | null, t: Words["t"]): string {
  if (!lesson) return t("phone.guess_place", { n: n + 1 });
  if (lesson.names) return lesson.names[n] ?? "";
  return t(lesson.form === "curve" ? "phone.guess_year" : "phone.guess_jurisdiction", { n: lesson.first + n });
}

/** What stands below a place: its name where it has one of its own, else its number. */
function labelOf(name: string, n: number, lesson: LessonAsked | null): string {
  return lesson?.names ? name : String(n + (lesson?.first ?? 1));
}

/** Whether labels fit side by side. */
function areShort(labels: readonly string[], width: number): boolean {
  const wide = (label: string): number => [...label].reduce((sum, sign) => sum + (sign > "\u2e80" ? HAN : LETTER), 0);
  return labels.every((label) => wide(label) <= width);
}

interface DrawingProps {
  readonly values: readonly number[];
  readonly labels: readonly string[];
  readonly domain: Domain;
  readonly step: number;
  readonly isJoined: boolean;
  readonly onSet: (place: number, value: number) => void;
}

function Drawing({ values, labels, domain: [low, high], step, isJoined, onSet }: DrawingProps) {
  const svg = useRef<SVGSVGElement>(null);
  const before = useRef<number | null>(null);
  const places = labels.length;
  const width = (WIDTH - LEFT - RIM) / Math.max(places - 1, 1);
  const x = (place: number): number => LEFT + width * place;
  const y = (value: number): number => RIM + ((high - value) / (high - low)) * (HEIGHT - 2 * RIM);
  const draw = (event: PointerEvent): void => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = svg.current?.getBoundingClientRect();
    if (!box) return;
    const nearest = Math.round((((event.clientX - box.left) / box.width) * WIDTH - LEFT) / width);
    const share = (((event.clientY - box.top) / box.height) * (HEIGHT + BELOW) - RIM) / (HEIGHT - 2 * RIM);
    const value = high - Math.min(Math.max(share, 0), 1) * (high - low);
    const place = Math.min(Math.max(nearest, 0), places - 1);
    const rounded = (Math.round((100 * value) / step) * step) / 100;
    // A quick finger leaves places out: what it passed over takes the same height.
    const from = event.type === "pointermove" ? (before.current ?? place) : place;
    for (let passed = Math.min(from, place); passed <= Math.max(from, place); passed += 1) {
      if (passed !== from || from === place) onSet(passed, rounded);
    }
    before.current = place;
  };
  const ticks = Array.from({ length: GRID_LINES + 1 }, (_, n) => low + (n * (high - low)) / GRID_LINES);
  return (
    <svg ref={svg} class="drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT + BELOW}`} aria-hidden="true" onPointerDown={draw} onPointerMove={draw}>
      {ticks.map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH - RIM} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 10} y={y(value) + 4} text-anchor="end">
            {Math.round(100 * value)}
          </text>
        </g>
      ))}
      {areShort(labels, width) &&
        labels.map((label, place) => (
          <text key={place} x={x(place)} y={HEIGHT + BELOW - RIM + 6} text-anchor="middle">
            {label}
          </text>
        ))}
      {isJoined && <polyline points={values.map((value, place) => `${x(place)},${y(value)}`).join(" ")} />}
      {values.map((value, place) => (
        <circle key={place} cx={x(place)} cy={y(value)} r="6" />
      ))}
    </svg>
  );
}
