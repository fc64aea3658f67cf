/** From numbers to paths: pure, in pixels with one digit after the point. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a value lies on the way from a first to a last value, in pixels. */
export interface Scale {
  readonly at: (value: number) => number;
}

export function scaleOf(from: readonly [number, number], to: readonly [number, number]): Scale {
  const [low, high] = from;
  const [start, end] = to;
  const perUnit = (end - start) / (high - low || 1);
  return { at: (value) => start + (value - low) * perUnit };
}

function point(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/** Return the path of a line through values at the ends of their months; a missing value is a gap. */
export function linePath(values: ArrayLike<number>, x: Scale, y: Scale): string {
  let path = "";
  let isDown = false;
  for (let month = 0; month < values.length; month++) {
    const value = values[month] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isDown = false;
      continue;
    }
    path += (isDown ? "L" : "M") + point(x.at(month + 1), y.at(value));
    isDown = true;
  }
  return path;
}

/** Return the path of the area between two series; where either is missing there is a gap. */
export function bandPath(low: ArrayLike<number>, high: ArrayLike<number>, x: Scale, y: Scale): string {
  let path = "";
  let start = -1;
  for (let month = 0; month <= low.length; month++) {
    const isThere = month < low.length && !Number.isNaN(low[month]) && !Number.isNaN(high[month]);
    if (isThere && start < 0) start = month;
    if (isThere || start < 0) continue;
    path += stretch(low, high, start, month, x, y);
    start = -1;
  }
  return path;
}

function stretch(
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  start: number,
  end: number,
  x: Scale,
  y: Scale,
): string {
  let path = "M";
  for (let month = start; month < end; month++) path += `${point(x.at(month + 1), y.at(high[month] ?? 0))}L`;
  for (let month = end - 1; month >= start; month--) path += `${point(x.at(month + 1), y.at(low[month] ?? 0))}L`;
  return `${path.slice(0, -1)}Z`;
}

/** Return the running sums of shares: the lower rim of the first, of the second, ..., the upper rim of the last. */
export function rimsOf(shares: readonly ArrayLike<number>[]): Float64Array[] {
  const rims = [new Float64Array(shares[0]?.length ?? 0)];
  for (const share of shares) {
    const below = rims.at(-1) ?? new Float64Array();
    rims.push(below.map((rim, month) => rim + (share[month] ?? 0)));
  }
  return rims;
}

const USUAL_TOP = 0.6;

/** Return where the axis of a share ends: two steps only, so that it seldom moves under the hand. */
export function topOf(...series: readonly ArrayLike<number>[]): number {
  for (const values of series) {
    for (let month = 0; month < values.length; month++) if ((values[month] ?? 0) > USUAL_TOP) return 1;
  }
  return USUAL_TOP;
}

/** Return the values at which a share's axis is marked. */
export function ticksOf(top: number): number[] {
  return top > USUAL_TOP ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.2, 0.4, 0.6];
}
