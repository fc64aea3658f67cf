/** The map's grid: which policies it holds, what their runs gave, and where the tipping line runs. */

import type { Kernel, MeasureName } from "../../kernel/types";
import type { RunResult } from "../../worker/pool";

export const SEVERITY = "accountability.severity";
export const EXEMPTION = "exemption.probability";
export const MAP_RUNS = 10;
export const MAP_MEASURES = ["innovation_rate", "inaction_rate", "lazy_prevalence", "public_value"] as const satisfies readonly MeasureName[];
export type MapMeasure = (typeof MAP_MEASURES)[number];

/** Round numbers over the plausible ranges, so that a square can be named and set. */
export const SEVERITIES: readonly number[] = Array.from({ length: 13 }, (_, place) => (place * 5) / 100);
export const EXEMPTIONS: readonly number[] = Array.from({ length: 11 }, (_, place) => place / 10);
export const N_SQUARES = SEVERITIES.length * EXEMPTIONS.length;

export interface Square {
  readonly severity: number;
  readonly exemption: number;
}

/** The square of a number: severities run fastest. */
export function squareAt(place: number): Square {
  const [column, row] = [place % SEVERITIES.length, Math.floor(place / SEVERITIES.length)];
  return { severity: SEVERITIES[column] ?? Number.NaN, exemption: EXEMPTIONS[row] ?? Number.NaN };
}

/** Means over the runs that are there, for every square and measure; NaN where there is none yet. */
export interface Field {
  /** How many runs every square has at least. */
  readonly runs: number;
  readonly values: Readonly<Record<MapMeasure, Float64Array>>;
}

/** Gathers results as they come in. */
export interface Gathering {
  readonly add: (results: readonly RunResult<MapMeasure>[]) => void;
  readonly field: (kernel: Kernel) => Field;
}

export function newGathering(): Gathering {
  const found = Array.from({ length: N_SQUARES }, () => new Map<number, Readonly<Record<MapMeasure, number>>>());
  return {
    add(results) {
      for (const { point, run, means } of results) if (means) found[point]?.set(run, means);
    },
    field(kernel) {
      const meanOf = (measure: MapMeasure): Float64Array =>
        Float64Array.from(found, (runs) => {
          const inOrder = [...runs].sort(([a], [b]) => a - b).map(([, means]) => means[measure]);
          return inOrder.length > 0 ? kernel.interval(inOrder).mean : Number.NaN;
        });
      const values = Object.fromEntries(MAP_MEASURES.map((measure) => [measure, meanOf(measure)]));
      return { runs: Math.min(...found.map((runs) => runs.size)), values: values as Field["values"] };
    },
  };
}

/** Points in units of columns and rows. */
export type Piece = readonly [readonly [number, number], readonly [number, number]];

/** Return the pieces of the line on which a field over the grid is zero, interpolated between squares (marching squares). */
export function zeroLine(field: ArrayLike<number>): Piece[] {
  const [columns, rows] = [SEVERITIES.length, EXEMPTIONS.length];
  const at = (column: number, row: number): number => field[row * columns + column] ?? Number.NaN;
  const pieces: Piece[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners: [number, number][] = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ];
      const crossings: [number, number][] = [];
      corners.forEach(([x, y], place) => {
        const [nextX, nextY] = corners[(place + 1) % corners.length] ?? [x, y];
        const [here, there] = [at(x, y), at(nextX, nextY)];
        if (here > 0 === there > 0 || Number.isNaN(here) || Number.isNaN(there)) return;
        const share = here / (here - there);
        crossings.push([x + (nextX - x) * share, y + (nextY - y) * share]);
      });
      for (let place = 0; place + 1 < crossings.length; place += 2) {
        const [from, to] = [crossings[place], crossings[place + 1]];
        if (from && to) pieces.push([from, to]);
      }
    }
  }
  return pieces;
}

const FEWEST_TO_NAME = 20;

/** Return the middle of the squares that belong to a side, in columns and rows; null if they are too few for a name. */
export function middleOf(field: ArrayLike<number>, belongs: (value: number) => boolean): readonly [number, number] | null {
  const places = Array.from(field, (_, place) => place).filter((place) => belongs(field[place] ?? Number.NaN));
  if (places.length < FEWEST_TO_NAME) return null;
  const mean = (of: (place: number) => number): number => places.reduce((sum, place) => sum + of(place), 0) / places.length;
  return [mean((place) => place % SEVERITIES.length), mean((place) => Math.floor(place / SEVERITIES.length))];
}

/** Rows by which a name may be moved, the nearest first. */
const ASIDE = [0, 1, -1, 2, -2];

/** Return where to write a name so that it lies over no mark: in its column, a row or two aside if need be. `reach` is how far it lies over others, in columns and rows. */
export function clearOf(
  [column, row]: readonly [number, number],
  marks: readonly (readonly [number, number])[],
  reach: readonly [number, number],
): readonly [number, number] {
  const isClear = (at: number): boolean => marks.every(([x, y]) => Math.abs(x - column) >= reach[0] || Math.abs(y - at) >= reach[1]);
  const found = ASIDE.map((step) => row + step).find((at) => at >= 0 && at <= EXEMPTIONS.length - 1 && isClear(at));
  return [column, found ?? row];
}

/** Return where a value lies between two neighbours of an ascending list, in places; outside it ends at the rim. */
export function placeIn(values: readonly number[], value: number): number {
  const [first = 0, last = 1] = [values[0], values.at(-1)];
  const share = (value - first) / (last - first);
  return Math.min(Math.max(share, 0), 1) * (values.length - 1);
}

/** Return the ends of the colours of a measure: from nothing in steps of a fifth, or from the least to the most. */
export function domainOf(values: ArrayLike<number>, isShare: boolean): readonly [number, number] {
  const there = Array.from(values).filter((value) => !Number.isNaN(value));
  if (there.length === 0) return [0, 1];
  const [low, high] = [Math.min(...there), Math.max(...there)];
  return isShare ? [0, Math.max(0.2, Math.ceil(high * 5) / 5)] : [low, high];
}

const STOPS = 5;

let mixes: boolean | null = null;

function canMix(): boolean {
  mixes ??= typeof CSS !== "object" || CSS.supports("color", "color-mix(in oklab, red 50%, blue)");
  return mixes;
}

/** Return the colour of a share of the way through the colours of the map, as a mixture of two of the design's tokens. */
export function heatAt(share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (STOPS - 1);
  const below = Math.min(Math.floor(place), STOPS - 2);
  const percent = Math.round((place - below) * 100);
  // Browsers that mix no colours show those of the design alone, in steps.
  if (!canMix()) return `var(--heat-${Math.round(place)})`;
  return `color-mix(in oklab, var(--heat-${below + 1}) ${percent}%, var(--heat-${below}))`;
}
