/** Numbers as a reader of one language expects them: shares in percent, differences with their sign. */

import type { Language } from "../store/types";

const NOTHING = "–";
const MINUS = "−";

/** Making one takes a browser a good part of a millisecond, and measures are drawn by the dozen. */
const made = new Map<string, Intl.NumberFormat>();

function format(language: Language, options: Intl.NumberFormatOptions): (value: number) => string {
  const key = language + JSON.stringify(options);
  return (value) => {
    if (!Number.isFinite(value)) return NOTHING;
    let numbers = made.get(key);
    if (!numbers) made.set(key, (numbers = new Intl.NumberFormat(language, options)));
    return numbers.format(value).replace("-", MINUS);
  };
}

export interface Numbers {
  readonly percent: (share: number) => string;
  readonly wholePercent: (share: number) => string;
  /** A difference of shares in percentage points, with its sign and without a unit. */
  readonly points: (difference: number) => string;
  readonly whole: (value: number) => string;
  /** A parameter's value as it is set, up to four digits after the point. */
  readonly setting: (value: number) => string;
}

export function numbersIn(language: Language): Numbers {
  const points = format(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
  return {
    percent: format(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    wholePercent: format(language, { style: "percent", maximumFractionDigits: 0 }),
    points: (difference) => points(100 * difference),
    whole: format(language, { maximumFractionDigits: 0 }),
    setting: format(language, { maximumFractionDigits: 4 }),
  };
}

/** How values of a measure are said: as a number and its unit, as a difference with its unit, as the end of an interval. */
export interface Manner {
  readonly value: (value: number) => string;
  readonly unit: string;
  readonly difference: (difference: number) => string;
  readonly end: (difference: number) => string;
}

/** Measures that are themselves a difference of shares. */
const DIFFERENCES_OF_SHARES: readonly string[] = ["trust_gap", "fear_gap"];
const DIGITS_OF_UNITS: Readonly<Record<string, number>> = { "per 100 officials and year": 1, "count per month": 1 };
const USUAL_DIGITS = 3;

/** Return how a measure of some name and unit is said; `pointsWord` is the word for percentage points. */
export function mannerOf(measure: string, unit: string, numbers: Numbers, language: Language, pointsWord: string): Manner {
  if (unit === "share") {
    const points = (difference: number): string => `${numbers.points(difference)} ${pointsWord}`;
    const isDifference = DIFFERENCES_OF_SHARES.includes(measure);
    return isDifference
      ? { value: numbers.points, unit: pointsWord, difference: points, end: numbers.points }
      : { value: numbers.percent, unit: "", difference: points, end: numbers.points };
  }
  const digits = DIGITS_OF_UNITS[unit] ?? USUAL_DIGITS;
  const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const signed = format(language, { ...fixed, signDisplay: "exceptZero" });
  return { value: format(language, fixed), unit: "", difference: signed, end: signed };
}
