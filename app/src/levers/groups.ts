/** Which parameters are levers, and which of them stand in front; everything else about them comes from the library. */

import { aboutParameter, boundsOf, parametersOfTable } from "../model/model";

export const LEVER_TABLES = ["accountability", "exemption", "supervision", "guidance", "public"] as const;

/** What a trainer reaches for first. */
const IN_FRONT: readonly string[] = [
  "accountability.certainty",
  "accountability.severity",
  "accountability.misconduct_severity",
  "accountability.inaction_certainty",
  "exemption.probability",
  "exemption.disclosure",
  "supervision.detection",
  "guidance.flexibility",
  "public.tolerance",
];

export interface Group {
  readonly table: string;
  readonly front: readonly string[];
  readonly more: readonly string[];
}

export function leverGroups(): readonly Group[] {
  return LEVER_TABLES.map((table) => {
    const paths = parametersOfTable(table);
    return {
      table,
      front: paths.filter((path) => IN_FRONT.includes(path)),
      more: paths.filter((path) => !IN_FRONT.includes(path)),
    };
  });
}

const STEPS_OF_A_SLIDER = 100;
const ROUND_STEPS = [1, 2, 5, 10];

/** Return a round step that takes a slider through its range in about a hundred steps, at most that many. */
export function stepOf(low: number, high: number): number {
  const wanted = (high - low) / STEPS_OF_A_SLIDER;
  const unit = 10 ** Math.floor(Math.log10(wanted) + 1e-9);
  const factor = ROUND_STEPS.find((step) => step * unit >= wanted * (1 - 1e-9)) ?? 10;
  return Number((factor * unit).toPrecision(6));
}

/** Bounds wider than this say what is possible, and are of no use to a slider. */
const WIDEST_RANGE = 10;
const TIMES_STANDARD = 4;

/** Return where a slider leads: the plausible range, or the bounds; near the default where these are very wide. */
export function rangeOf(path: string): readonly [number, number] {
  const { plausible, standard } = aboutParameter(path);
  const [low, high] = boundsOf(path);
  if (plausible) return plausible;
  if (high - low <= WIDEST_RANGE) return [low, high];
  const far = Math.abs(standard) * TIMES_STANDARD || 1;
  return [Math.max(low, standard > 0 ? 0 : -far), Math.min(high, far)];
}

/** Return the ends of a lever's slider: its range, widened where a policy stands outside it. */
export function endsOf(range: readonly [number, number], values: readonly number[]): readonly [number, number] {
  const there = values.filter((value) => Number.isFinite(value));
  return [Math.min(range[0], ...there), Math.max(range[1], ...there)];
}

/** Return every lever at either end of its plausible range: what is tried to see whether one alone would change a choice. */
export function endsOfLevers(): { readonly path: string; readonly value: number }[] {
  return LEVER_TABLES.flatMap(parametersOfTable).flatMap((path) =>
    (aboutParameter(path).plausible ?? []).map((value) => ({ path, value })),
  );
}
