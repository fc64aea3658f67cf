/** What a class drew, over a lesson's chart: each guess thin, the middle half shaded. */

import { bandPath, linePath, type Scale } from "../../charts/geometry";
import type { Frame } from "../../charts/value_chart";
import type { DrawnByClass } from "./class_drawing";

interface Props {
  readonly frame: Frame;
  /** The number of the first place that was drawn. */
  readonly first: number;
  readonly drawn: DrawnByClass;
  /** Whether the places are steps of one scale, so that lines join them. */
  readonly isJoined: boolean;
}

const HALF_TICK = 0.9;

export function ClassLayer({ frame, first, drawn, isJoined }: Props) {
  const { x, y, em } = frame;
  // Paths put a value at the end of its month: one further to the right than its number.
  const at: Scale = { at: (end) => x.at(first + end - 1) };
  if (isJoined) {
    return (
      <g class="class-drawn">
        <path class="class-half" d={bandPath(drawn.low50, drawn.high50, at, y)} />
        {drawn.each.map((values, n) => (
          <path key={n} class="class-guess" d={linePath(values, at, y)} />
        ))}
      </g>
    );
  }
  const tick = (place: number, value: number): string =>
    `M${x.at(first + place) - HALF_TICK * em} ${y.at(value)}h${2 * HALF_TICK * em}`;
  return (
    <g class="class-drawn">
      {drawn.low50.map((low, place) => {
        const [top, bottom] = [y.at(drawn.high50[place] ?? low), y.at(low)];
        const left = x.at(first + place) - HALF_TICK * em;
        return <rect key={place} class="class-half" x={left} y={top} width={2 * HALF_TICK * em} height={Math.max(1, bottom - top)} />;
      })}
      {drawn.each.map((values, n) => (
        <path key={n} class="class-guess" d={values.map((value, place) => tick(place, value)).join("")} />
      ))}
    </g>
  );
}
