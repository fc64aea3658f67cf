/**
 * A chart of values that may be negative, over time or over a few places: bands, lines, points with their intervals, and
 * whatever a view draws on top. Colours are tokens of the design, "var(--...)".
 */

import type { ComponentChildren } from "preact";
import { bandPath, linePath, scaleOf, type Box, type Scale } from "./geometry";
import { useSize, type ElementSize } from "./size";
import "./value_chart.css";

export interface ValueLine {
  readonly values: ArrayLike<number>;
  readonly colour: string;
  readonly form: "solid" | "dashed" | "dotted" | "none";
  readonly width?: number;
  /** A sign at every value. */
  readonly sign?: "circle" | "square" | "diamond";
}

export interface ValueBand {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly colour: string;
  readonly opacity: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Where things lie: `x.at(place)` of a value's number from 0, `y.at(value)`, in pixels. */
export interface Frame {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly em: number;
  /** Return the number of the value nearest to a point across, and the value at a point's height. */
  readonly placeAt: (across: number) => number;
  readonly valueAt: (down: number) => number;
}

interface Props {
  readonly name: string;
  readonly summary: string;
  /** How many values a line has. */
  readonly places: number;
  /** Places are told apart on the axis: values stand in the middle of their own column, not at the ends of months. */
  readonly isSpread?: boolean;
  /** How many lines the names of spread places take; 1 if not given. */
  readonly nameLines?: number;
  readonly ticks: readonly Tick[];
  readonly domain: readonly [number, number];
  readonly steps: readonly number[];
  readonly shown: (value: number) => string;
  readonly bands?: readonly ValueBand[];
  /** The intervals of points, drawn as bars. */
  readonly intervals?: readonly ValueBand[];
  readonly lines?: readonly ValueLine[];
  readonly marks?: readonly { readonly month: number }[];
  /** Drawn over the data, in SVG. */
  readonly over?: (frame: Frame) => ComponentChildren;
  /** Laid over the chart, in HTML: it may listen to the pointer. */
  readonly layer?: (frame: Frame) => ComponentChildren;
}

/** How much of a card's rim a name may take. */
const RIM_EM = 1.5;
const MARGIN = { left: 3.6, right: 1, top: 0.8, bottom: 1.7 } as const;
const LINE_OF_NAMES = 1.2;
const DASHES = { solid: undefined, dashed: "7 4", dotted: "2 3", none: undefined } as const;
const LINE_WIDTH = 2.5;

export function ValueChart(props: Props) {
  const [host, size] = useSize<HTMLDivElement>();
  const frame = size && frameOf(size, props);
  return (
    <div ref={host} class="chart-host value-host">
      {size && frame && (
        <>
          <svg
            class="time-chart value-chart"
            data-chart={props.name}
            role="img"
            aria-label={props.summary}
            width={size.width}
            height={size.height}
            viewBox={`0 0 ${size.width} ${size.height}`}
          >
            <Axes {...props} frame={frame} />
            <Data {...props} frame={frame} />
            {props.over?.(frame)}
          </svg>
          {props.isSpread && <Names ticks={props.ticks} frame={frame} places={props.places} />}
          {props.layer?.(frame)}
        </>
      )}
    </div>
  );
}

function frameOf({ width, height, em }: ElementSize, { places, domain, isSpread = false, nameLines = 1 }: Props): Frame {
  const [left, top] = [MARGIN.left * em, MARGIN.top * em];
  const bottom = (MARGIN.bottom + (nameLines - 1) * LINE_OF_NAMES) * em;
  const box: Box = {
    left,
    top,
    width: Math.max(1, width - left - MARGIN.right * em),
    height: Math.max(1, height - top - bottom),
  };
  // A value stands at the end of its month, or in the middle of its column.
  const x = scaleOf(isSpread ? [-0.5, places - 0.5] : [-1, places - 1], [left, left + box.width]);
  const y = scaleOf([domain[0], domain[1]], [top + box.height, top]);
  const perPlace = x.at(1) - x.at(0);
  const perValue = y.at(1) - y.at(0);
  return {
    box,
    x,
    y,
    em,
    placeAt: (across) => Math.min(Math.max(0, Math.round((across - x.at(0)) / perPlace)), places - 1),
    valueAt: (down) => Math.min(Math.max(domain[0], (down - y.at(0)) / perValue), domain[1]),
  };
}

function Axes({ frame, ticks, steps, shown, isSpread = false, domain }: Props & { readonly frame: Frame }) {
  const { box, x, y, em } = frame;
  const floor = box.top + box.height;
  return (
    <g class="axes">
      {steps.map((step) => (
        <g key={step}>
          <line
            class={step === 0 ? "axis" : "grid"}
            x1={box.left}
            x2={box.left + box.width}
            y1={y.at(step)}
            y2={y.at(step)}
          />
          <text x={box.left - 0.5 * em} y={y.at(step) + 0.35 * em} text-anchor="end">
            {shown(step)}
          </text>
        </g>
      ))}
      {domain[0] < 0 && <line class="axis" x1={box.left} x2={box.left + box.width} y1={floor} y2={floor} />}
      {!isSpread &&
        ticks.map(({ at, label }) => (
          <g key={at}>
            <line class="axis" x1={x.at(at)} x2={x.at(at)} y1={floor} y2={floor + 4} />
            <text x={x.at(at)} y={floor + 1.35 * em} text-anchor="middle">
              {label}
            </text>
          </g>
        ))}
    </g>
  );
}

const MOST_NAME_EM = 6;

interface NamesProps {
  readonly ticks: readonly Tick[];
  readonly frame: Frame;
  readonly places: number;
}

function Names({ ticks, frame, places }: NamesProps) {
  const { box, x, em } = frame;
  // Where every place has its name it keeps to its column; a few names among many places have room beside them.
  const isEach = ticks.length === places;
  const width = isEach ? box.width / Math.max(1, places) : MOST_NAME_EM * em;
  // The last name may reach into the rim of the card, not beyond it.
  const right = box.left + box.width + (MARGIN.right + RIM_EM) * em;
  const top = box.top + box.height + 0.3 * em;
  return (
    <div class="value-names" aria-hidden="true">
      {(isEach ? ticks : apart(ticks, frame)).map(({ at, label }) => (
        <span key={at} style={{ left: `${Math.min(x.at(at) - width / 2, right - width)}px`, top: `${top}px`, width: `${width}px` }}>
          {label}
        </span>
      ))}
    </div>
  );
}

/** Letters that are as wide as the type is high. */
const WIDE = /[\u2e80-\uffef]/;
const [WIDE_EM, NARROW_EM, BETWEEN_EM] = [1, 0.62, 0.5] as const;

/** Return the names that have room beside each other, the last always among them. */
function apart(ticks: readonly Tick[], { x, em }: Frame): Tick[] {
  const halfOf = ({ label }: Tick): number =>
    ([...label].reduce<number>((sum, letter) => sum + (WIDE.test(letter) ? WIDE_EM : NARROW_EM), BETWEEN_EM) * em) / 2;
  const kept: Tick[] = [];
  for (const tick of [...ticks].reverse()) {
    const next = kept[0];
    if (!next || x.at(tick.at) + halfOf(tick) <= x.at(next.at) - halfOf(next)) kept.unshift(tick);
  }
  return kept;
}

const NONE: readonly never[] = [];

function Data({ frame, bands = NONE, intervals = NONE, lines = NONE, marks = NONE }: Props & { readonly frame: Frame }) {
  const { box, x, y } = frame;
  // Paths put a value at the end of its month: one further to the right than its number.
  const at: Scale = { at: (place) => x.at(place - 1) };
  return (
    <>
      {bands.map((band, number) => (
        <path
          key={number}
          d={bandPath(band.low, band.high, at, y)}
          style={{ fill: band.colour, fillOpacity: band.opacity }}
        />
      ))}
      {lines.map((line, number) => (
        <g key={number}>
          {line.form !== "none" && (
            <path
              class="line"
              d={linePath(line.values, at, y)}
              style={{ stroke: line.colour, strokeWidth: line.width ?? LINE_WIDTH, strokeDasharray: DASHES[line.form] }}
            />
          )}
          {line.sign &&
            Array.from(line.values, (value, place) =>
              Number.isFinite(value) ? (
                <Sign key={place} sign={line.sign} x={x.at(place)} y={y.at(value)} colour={line.colour} />
              ) : null,
            )}
        </g>
      ))}
      {intervals.map((bars, number) =>
        Array.from(bars.low, (low, place) =>
          Number.isFinite(low) ? (
            <line
              key={`${number}.${place}`}
              x1={x.at(place)}
              x2={x.at(place)}
              y1={y.at(low)}
              y2={y.at(bars.high[place] ?? low)}
              style={{ stroke: bars.colour, strokeOpacity: bars.opacity, strokeWidth: 3 }}
            />
          ) : null,
        ),
      )}
      {marks.map(({ month }) => (
        <line key={month} class="mark" x1={x.at(month - 1)} x2={x.at(month - 1)} y1={box.top} y2={box.top + box.height} />
      ))}
    </>
  );
}

interface SignProps {
  readonly sign: ValueLine["sign"];
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

const RADIUS = 5;

function Sign({ sign, x, y, colour }: SignProps) {
  const style = { fill: colour, stroke: "var(--surface)", strokeWidth: 1.5 };
  if (sign === "circle") return <circle cx={x} cy={y} r={RADIUS} style={style} />;
  const turn = sign === "diamond" ? `rotate(45 ${x} ${y})` : undefined;
  return <rect x={x - RADIUS} y={y - RADIUS} width={2 * RADIUS} height={2 * RADIUS} transform={turn} style={style} />;
}

// --- Axes ---

const NICE = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 5;

export interface Axis {
  readonly domain: readonly [number, number];
  readonly steps: readonly number[];
}

/** Return an axis that holds values, with round steps: where it starts and ends, and what is marked. */
export function axisOf(least: number, most: number): Axis {
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span / MOST_STEPS));
  const step = power * (NICE.find((nice) => span / (nice * power) <= MOST_STEPS) ?? 10);
  const [first, last] = [Math.floor(least / step + 1e-9), Math.ceil(most / step - 1e-9)];
  const steps = Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)));
  return { domain: [steps[0] ?? 0, steps.at(-1) ?? 1], steps };
}

/** Return the least and the most of all values that are not missing, and 0. */
export function spanOf(...series: readonly ArrayLike<number>[]): readonly [number, number] {
  let [least, most] = [0, 0];
  for (const values of series) {
    for (let place = 0; place < values.length; place++) {
      const value = values[place] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      [least, most] = [Math.min(least, value), Math.max(most, value)];
    }
  }
  return [least, most];
}
