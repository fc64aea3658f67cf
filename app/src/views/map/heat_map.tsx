/** The map as SVG: a square a policy, the tipping line, where one stands; moved over by pointer or arrow keys. */

import { scaleOf, type Scale } from "../../charts/geometry";
import { useSize, type ElementSize } from "../../charts/size";
import { memo } from "../../memo";
import { clearOf, EXEMPTIONS, SEVERITIES, heatAt, placeIn, type Piece, type Square } from "./grid";

interface Props {
  readonly values: Float64Array;
  readonly domain: readonly [number, number];
  readonly line: readonly Piece[];
  /** What to write where: names of the two sides of the line. */
  readonly names: readonly Named[];
  readonly own: Square;
  readonly pinned: Square | null;
  readonly cursor: number;
  readonly summary: string;
  readonly help: string;
  readonly severityLabel: string;
  readonly exemptionLabel: string;
  readonly shown: (value: number) => string;
  readonly onCursor: (place: number) => void;
  readonly onGo: (place: number) => void;
}

export interface Named {
  readonly text: string;
  readonly at: readonly [number, number];
}

const [COLUMNS, ROWS] = [SEVERITIES.length, EXEMPTIONS.length];
/** In em of small type. */
const MARGIN = { left: 4.4, right: 1, top: 0.6, bottom: 3.2 } as const;

const NARROWEST_WITH_NAMES = 34;

interface CellPlaces {
  readonly x: Scale;
  readonly y: Scale;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly em: number;
}

/** Return where squares lie: in the middle of a square its column and row are whole numbers. */
function placesIn({ width, height, em }: ElementSize): CellPlaces {
  const [left, top] = [MARGIN.left * em, MARGIN.top * em];
  const cellWidth = Math.max(1, (width - left - MARGIN.right * em) / COLUMNS);
  const cellHeight = Math.max(1, (height - top - MARGIN.bottom * em) / ROWS);
  return {
    x: scaleOf([0, 1], [left + cellWidth / 2, left + cellWidth * 1.5]),
    y: scaleOf([0, 1], [top + cellHeight * (ROWS - 0.5), top + cellHeight * (ROWS - 1.5)]),
    cellWidth,
    cellHeight,
    em,
  };
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Return the square that a key leads to, or null if it is no key of the map. */
export function placeAfterKey(place: number, key: string): number | null {
  const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  if (!step) return null;
  const column = Math.min(Math.max(0, (place % COLUMNS) + step[0]), COLUMNS - 1);
  const row = Math.min(Math.max(0, Math.floor(place / COLUMNS) + step[1]), ROWS - 1);
  return row * COLUMNS + column;
}

export function HeatMap(props: Props) {
  const [host, size] = useSize<HTMLDivElement>();
  const places = size && placesIn(size);
  const under = (event: PointerEvent | MouseEvent): number | null => {
    if (!places || !host.current) return null;
    const { left, top } = host.current.getBoundingClientRect();
    const column = Math.round((event.clientX - left - places.x.at(0)) / places.cellWidth);
    const row = Math.round((places.y.at(0) - (event.clientY - top)) / places.cellHeight);
    return column >= 0 && column < COLUMNS && row >= 0 && row < ROWS ? row * COLUMNS + column : null;
  };
  return (
    <div
      ref={host}
      class="chart-host heat-map"
      role="group"
      tabIndex={0}
      aria-label={`${props.summary} ${props.help}`}
      onKeyDown={(event) => {
        const next = placeAfterKey(props.cursor, event.key);
        if (next !== null) props.onCursor(next);
        else if (event.key === "Enter" || event.key === " ") props.onGo(props.cursor);
        else return;
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        const place = under(event);
        if (place !== null) props.onCursor(place);
      }}
      onClick={(event) => {
        const place = under(event);
        if (place !== null) props.onGo(place);
      }}
    >
      {size && places && (
        <svg data-chart="map" aria-hidden="true" width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`}>
          <Squares values={props.values} domain={props.domain} places={places} />
          <Axes places={places} {...props} />
          <TippingLine line={props.line} places={places} />
          {size.width > NARROWEST_WITH_NAMES * size.em && <Names {...props} places={places} />}
          {props.pinned && <Here square={props.pinned} places={places} form="pinned" />}
          <Here square={props.own} places={places} form="own" />
          <Cursor place={props.cursor} places={places} />
        </svg>
      )}
    </div>
  );
}

/** The names of the two sides, beside the marks of the policies and beside the line. */
function Names({ names, own, pinned, line, places }: Pick<Props, "names" | "own" | "pinned" | "line"> & { readonly places: CellPlaces }) {
  const { x, y, cellWidth, cellHeight, em } = places;
  const policies = [own, ...(pinned ? [pinned] : [])].map(
    ({ severity, exemption }) => [placeIn(SEVERITIES, severity), placeIn(EXEMPTIONS, exemption)] as const,
  );
  const marks = [...policies, ...line.flat()];
  return (
    <>
      {names.map(({ text, at }) => {
        const half = (em * [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 1 : 0.65), 0)) / 2;
        const [column, row] = clearOf(at, marks, [(half + em) / cellWidth, (1.4 * em) / cellHeight]);
        return (
          <text key={text} class="side-name" x={x.at(column)} y={y.at(row)} text-anchor="middle">
            {text}
          </text>
        );
      })}
    </>
  );
}

interface SquaresProps {
  readonly values: Float64Array;
  readonly domain: readonly [number, number];
  readonly places: CellPlaces;
}

const Squares = memo(function AllSquares({ values, domain: [low, high], places }: SquaresProps) {
  const { x, y, cellWidth, cellHeight } = places;
  return (
    <g>
      {Array.from(values, (value, place) => (
        <rect
          key={place}
          x={x.at(place % COLUMNS) - cellWidth / 2}
          y={y.at(Math.floor(place / COLUMNS)) - cellHeight / 2}
          width={cellWidth + 0.5}
          height={cellHeight + 0.5}
          style={{ fill: Number.isNaN(value) ? "var(--surface-sunken)" : heatAt((value - low) / (high - low || 1)) }}
        />
      ))}
    </g>
  );
});

interface HeatAxesProps {
  readonly places: CellPlaces;
  readonly severityLabel: string;
  readonly exemptionLabel: string;
  readonly shown: (value: number) => string;
}

function Axes({ places, severityLabel, exemptionLabel, shown }: HeatAxesProps) {
  const { x, y, cellWidth, cellHeight, em } = places;
  const floor = y.at(0) + cellHeight / 2;
  const left = x.at(0) - cellWidth / 2;
  const isNarrow = cellWidth * COLUMNS < NARROWEST_WITH_NAMES * em;
  const right = x.at(COLUMNS - 1) + cellWidth / 2;
  const middle = { x: (x.at(0) + x.at(COLUMNS - 1)) / 2, y: (y.at(0) + y.at(ROWS - 1)) / 2 };
  return (
    <g>
      {SEVERITIES.map((value, column) =>
        column % 2 === 0 ? (
          <text key={value} x={x.at(column)} y={floor + 1.3 * em} text-anchor="middle">
            {shown(value)}
          </text>
        ) : null,
      )}
      {EXEMPTIONS.map((value, row) =>
        row % 2 === 0 ? (
          <text key={value} x={left - 0.4 * em} y={y.at(row) + 0.35 * em} text-anchor="end">
            {shown(value)}
          </text>
        ) : null,
      )}
      {/* On a phone a name may be longer than the axis: then it ends where the axis ends. */}
      <text class="axis-name" x={isNarrow ? right : middle.x} y={floor + 2.8 * em} text-anchor={isNarrow ? "end" : "middle"}>
        {severityLabel}
      </text>
      <text class="axis-name" transform={`translate(${1.1 * em} ${middle.y}) rotate(-90)`} text-anchor="middle">
        {exemptionLabel}
      </text>
    </g>
  );
}

function TippingLine({ line, places }: { readonly line: readonly Piece[]; readonly places: CellPlaces }) {
  const { x, y } = places;
  const path = line.map(([from, to]) => `M${x.at(from[0])} ${y.at(from[1])}L${x.at(to[0])} ${y.at(to[1])}`).join("");
  return (
    <>
      <path class="tipping-rim" d={path} />
      <path class="tipping" d={path} />
    </>
  );
}

function Here(props: { readonly square: Square; readonly places: CellPlaces; readonly form: "own" | "pinned" }) {
  const { x, y, em } = props.places;
  const [at, up] = [x.at(placeIn(SEVERITIES, props.square.severity)), y.at(placeIn(EXEMPTIONS, props.square.exemption))];
  const r = 0.55 * em;
  return props.form === "own" ? (
    <g class="here">
      <circle cx={at} cy={up} r={r * 1.3} />
      <circle class="here-dot" cx={at} cy={up} r={r * 0.5} />
    </g>
  ) : (
    <path class="here" d={`M${at} ${up - r * 1.4}L${at + r * 1.4} ${up}L${at} ${up + r * 1.4}L${at - r * 1.4} ${up}Z`} />
  );
}

function Cursor({ place, places }: { readonly place: number; readonly places: CellPlaces }) {
  const { x, y, cellWidth, cellHeight } = places;
  return (
    <rect
      class="map-cursor"
      x={x.at(place % COLUMNS) - cellWidth / 2}
      y={y.at(Math.floor(place / COLUMNS)) - cellHeight / 2}
      width={cellWidth}
      height={cellHeight}
    />
  );
}
