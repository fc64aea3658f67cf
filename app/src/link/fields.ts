/** What one value of a link may be: read with its bounds, or refused with a reason. */

/** Thrown while a link is read; a key of the page's texts under "link" and what stands in its places. */
export class BadLink extends Error {
  constructor(
    readonly reason: string,
    readonly values: Readonly<Record<string, string>> = {},
  ) {
    super(reason);
  }
}

const LONGEST_NUMBER = 24;
const LONGEST_SHOWN = 40;
const NUMBER = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Return a part of a link short enough to be told, on one line. */
export function shortened(found: string): string {
  const line = found.replace(/[\p{C}\s]+/gu, " ");
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}

export function numberIn(key: string, found: string, bounds: readonly [number, number]): number {
  const value = found.length <= LONGEST_NUMBER && NUMBER.test(found) ? Number(found) : Number.NaN;
  const [low, high] = bounds;
  if (!Number.isFinite(value)) throw new BadLink("not_a_number", { key, found: shortened(found) });
  if (value < low || value > high) {
    throw new BadLink("out_of_bounds", { key, found: shortened(found), low: String(low), high: String(high) });
  }
  return value;
}

export function wholeIn(key: string, found: string, bounds: readonly [number, number]): number {
  const value = numberIn(key, found, bounds);
  if (!Number.isInteger(value)) throw new BadLink("not_whole", { key, found: shortened(found) });
  return value;
}

export function oneOf<Choice extends string>(key: string, found: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === found);
  if (choice === undefined) throw new BadLink("unknown_value", { key, found: shortened(found) });
  return choice;
}
