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

/** The ends of an interval as they are said. */
export type Ends = (low: number, high: number) => readonly [string, string];

/** No interval is said with more than so many digits above the usual. */
const MOST_MORE_DIGITS = 3;

/** Return how ends are said so that they read as an interval: with as many more digits as tell them apart. */
function apart(said: (moreDigits: number) => (value: number) => string): Ends {
  return (low, high) => {
    for (let more = 0; ; more++) {
      const ends = [low, high].map(said(more)) as [string, string];
      if (ends[0] !== ends[1] || !(low < high) || more === MOST_MORE_DIGITS) return ends;
    }
  };
}

export interface Numbers {
  readonly percent: (share: number) => string;
  readonly wholePercent: (share: number) => string;
  /** A difference of shares in percentage points, with its sign and without a unit. */
  readonly points: (difference: number) => string;
  readonly percentEnds: Ends;
  readonly pointsEnds: Ends;
  readonly whole: (value: number) => string;
  /** A parameter's value as it is set, up to four digits after the point. */
  readonly setting: (value: number) => string;
}

export function numbersIn(language: Language): Numbers {
  const digits = (more: number) => ({ minimumFractionDigits: 1 + more, maximumFractionDigits: 1 + more });
  const percent = (more = 0) => format(language, { style: "percent", ...digits(more) });
  const points = (more = 0) => {
    const signed = format(language, { ...digits(more), signDisplay: "exceptZero" });
    return (difference: number): string => signed(100 * difference);
  };
  return {
    percent: percent(),
    wholePercent: format(language, { style: "percent", maximumFractionDigits: 0 }),
    points: points(),
    percentEnds: apart(percent),
    pointsEnds: apart(points),
    whole: format(language, { maximumFractionDigits: 0 }),
    setting: format(language, { maximumFractionDigits: 4 }),
  };
}

/** How values of a measure are said: as a number and its unit, as a difference with its unit, as the ends of an interval. */
export interface Manner {
  readonly value: (value: number) => string;
  readonly unit: string;
  readonly difference: (difference: number) => string;
  readonly valueEnds: Ends;
  readonly differenceEnds: Ends;
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
      ? { value: numbers.points, unit: pointsWord, difference: points, valueEnds: numbers.pointsEnds, differenceEnds: numbers.pointsEnds }
      : { value: numbers.percent, unit: "", difference: points, valueEnds: numbers.percentEnds, differenceEnds: numbers.pointsEnds };
  }
  const digits = DIGITS_OF_UNITS[unit] ?? USUAL_DIGITS;
  const fixed = (more = 0) => ({ minimumFractionDigits: digits + more, maximumFractionDigits: digits + more });
  const plain = (more = 0) => format(language, fixed(more));
  const signed = (more = 0) => format(language, { ...fixed(more), signDisplay: "exceptZero" });
  return { value: plain(), unit: "", difference: signed(), valueEnds: apart(plain), differenceEnds: apart(signed) };
}
