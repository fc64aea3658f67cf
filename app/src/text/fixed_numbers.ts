/** Numbers of single officials: two digits after the point, worths with their sign. */

import type { Language } from "../store/types";

const MINUS = "−";
const TWO = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;

function said(value: number, language: Language, more: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language, { ...TWO, ...more }).format(value).replace("-", MINUS);
}

export function fixed(value: number, language: Language): string {
  return said(value, language, {});
}

export function signed(value: number, language: Language): string {
  return said(value, language, { signDisplay: "exceptZero" });
}

const MOST_DIGITS = 18;

/** Return two shares in percent, with digits after the point only if they would look the same without and are not. */
export function toldApart(one: number, other: number, language: Language): readonly [string, string] {
  for (let digits = 0; ; digits++) {
    const format = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });
    const [first, second] = [format.format(one), format.format(other)];
    if (first !== second || one === other || digits === MOST_DIGITS) return [first, second];
  }
}
