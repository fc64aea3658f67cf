/**
 * A chart of shares over time as SVG: bands, stacked areas, lines, marks where the policy changes, and a pointer that
 * tells the values of a month. Colours are tokens of the design, "var(--...)".
 */

import { useMemo, useState } from "preact/hooks";
import { memo } from "../memo";
import { bandPath, linePath, rimsOf, scaleOf, ticksOf, type Box, type Scale } from "./geometry";
import { useSize, type ElementSize } from "./size";

export interface Band {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly colour: string;
  readonly opacity: number;
}

export interface Line {
  readonly values: ArrayLike<number>;
  readonly colour: string;
  readonly form: "solid" | "dashed" | "dotted";
  readonly width?: number;
}

/** A share of a whole; the first of a stack lies at the bottom. */
export interface Share {
  readonly values: ArrayLike<number>;
  readonly colour: string;
}

/** A change of policy, at the month from which it holds. */
export interface Mark {
  readonly month: number;
}

/** What the pointer tells of a month. */
export interface Tip {
  readonly heading: string;
  readonly rows: readonly { readonly name: string; readonly value: string; readonly colour?: string }[];
}

interface Drawn {
  readonly months: number;
  readonly top: number;
  readonly bands?: readonly Band[];
  readonly stack?: readonly Share[];
  readonly lines?: readonly Line[];
  readonly marks?: readonly Mark[];
}

interface Props extends Drawn {
  /** A name by which others find the chart: `[data-chart="name"]`. */
  readonly name: string;
  /** What is drawn, in words, for those who do not see it. */
  readonly summary: string;
  readonly firstYear: string;
  readonly shown: (share: number) => string;
  readonly tip: (month: number) => Tip;
}

const MONTHS_PER_YEAR = 12;
const LINE_WIDTH = 2.5;
const DASHES = { solid: undefined, dashed: "7 4", dotted: "2 3" } as const;
/** In em of small type. */
const MARGIN = { left: 3.4, right: 1, top: 0.7, bottom: 1.6 } as const;

export function TimeChart(props: Props) {
  const [host, size] = useSize<HTMLDivElement>();
  const [month, setMonth] = useState<number | null>(null);
  const box = useMemo(() => size && boxIn(size), [size]);
  const x = scaleOf([0, props.months], box ? [box.left, box.left + box.width] : [0, 1]);
  const point = (event: PointerEvent): void => {
    if (!box || !host.current) return;
    const across = (event.clientX - host.current.getBoundingClientRect().left - box.left) / box.width;
    const at = Math.ceil(across * props.months) - 1;
    setMonth(across < -0.02 || across > 1.02 ? null : Math.min(Math.max(0, at), props.months - 1));
  };
  return (
    <div ref={host} class="chart-host" onPointerMove={point} onPointerDown={point} onPointerLeave={() => setMonth(null)}>
      {size && box && (
        <svg
          class="time-chart"
          data-chart={props.name}
          role="img"
          aria-label={props.summary}
          width={size.width}
          height={size.height}
          viewBox={`0 0 ${size.width} ${size.height}`}
        >
          <Axes box={box} em={size.em} months={props.months} top={props.top} firstYear={props.firstYear} shown={props.shown} />
          <Data {...props} box={box} />
          {month !== null && (
            <line class="pointer" x1={x.at(month + 1)} x2={x.at(month + 1)} y1={box.top} y2={box.top + box.height} />
          )}
        </svg>
      )}
      {month !== null && size && <TipBox tip={props.tip(month)} x={x.at(month + 1)} width={size.width} />}
    </div>
  );
}

function boxIn({ width, height, em }: ElementSize): Box {
  const [left, top] = [MARGIN.left * em, MARGIN.top * em];
  return {
    left,
    top,
    width: Math.max(1, width - left - MARGIN.right * em),
    height: Math.max(1, height - top - MARGIN.bottom * em),
  };
}

interface AxesProps {
  readonly box: Box;
  readonly em: number;
  readonly months: number;
  readonly top: number;
  readonly firstYear: string;
  readonly shown: (share: number) => string;
}

const NARROWEST_MARK_EM = 2.9;

const Axes = memo(function AllAxes({ box, em, months, top, firstYear, shown }: AxesProps) {
  const x = scaleOf([0, months], [box.left, box.left + box.width]);
  const y = scaleOf([0, top], [box.top + box.height, box.top]);
  const floor = box.top + box.height;
  const usual = MONTHS_PER_YEAR * (months > 12 * MONTHS_PER_YEAR ? 4 : 2);
  // The first mark says "year", so it is the widest; where it would reach the next, every other one is left out.
  const isNarrow = (box.width * usual) / months < NARROWEST_MARK_EM * em;
  const step = isNarrow ? 2 * usual : usual;
  const years = Array.from({ length: Math.floor(months / step) + 1 }, (_, place) => place * step);
  return (
    <g class="axes">
      {ticksOf(top).map((tick) => (
        <g key={tick}>
          <line class={tick === 0 ? "axis" : "grid"} x1={box.left} x2={box.left + box.width} y1={y.at(tick)} y2={y.at(tick)} />
          <text x={box.left - 0.5 * em} y={y.at(tick) + 0.35 * em} text-anchor="end">
            {shown(tick)}
          </text>
        </g>
      ))}
      {years.map((month) => (
        <g key={month}>
          <line class="axis" x1={x.at(month)} x2={x.at(month)} y1={floor} y2={floor + 4} />
          <text x={x.at(month)} y={floor + 1.35 * em} text-anchor="middle">
            {month === 0 ? firstYear : month / MONTHS_PER_YEAR}
          </text>
        </g>
      ))}
    </g>
  );
});

const NONE: readonly never[] = [];

function Data({ box, months, top, bands = NONE, stack = NONE, lines = NONE, marks = NONE }: Drawn & { readonly box: Box }) {
  const x = scaleOf([0, months], [box.left, box.left + box.width]);
  const y = scaleOf([0, top], [box.top + box.height, box.top]);
  return (
    <>
      <Stack stack={stack} x={x} y={y} />
      {bands.map((band, place) => (
        <path key={place} d={bandPath(band.low, band.high, x, y)} style={{ fill: band.colour, fillOpacity: band.opacity }} />
      ))}
      {lines.map((line, place) => (
        <path
          key={place}
          class="line"
          d={linePath(line.values, x, y)}
          style={{ stroke: line.colour, strokeWidth: line.width ?? LINE_WIDTH, strokeDasharray: DASHES[line.form] }}
        />
      ))}
      {marks.map(({ month }) => (
        <line key={month} class="mark" x1={x.at(month)} x2={x.at(month)} y1={box.top} y2={box.top + box.height} />
      ))}
    </>
  );
}

function Stack({ stack, x, y }: { readonly stack: readonly Share[]; readonly x: Scale; readonly y: Scale }) {
  const rims = rimsOf(stack.map(({ values }) => values));
  const [floor = new Float64Array()] = rims;
  return (
    <>
      {stack.map(({ colour }, place) => (
        <path
          key={place}
          class="share"
          d={bandPath(rims[place] ?? floor, rims[place + 1] ?? floor, x, y)}
          style={{ fill: colour }}
        />
      ))}
    </>
  );
}

function TipBox({ tip, x, width }: { readonly tip: Tip; readonly x: number; readonly width: number }) {
  const isLeft = x > width / 2;
  return (
    <div class="tip" style={isLeft ? { right: `${width - x + 10}px` } : { left: `${x + 10}px` }} aria-hidden="true">
      <strong>{tip.heading}</strong>
      <dl>
        {tip.rows.map(({ name, value, colour }) => (
          <div key={name}>
            <dt>
              {colour && <span class="tip-colour" style={{ background: colour }} />}
              {name}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
