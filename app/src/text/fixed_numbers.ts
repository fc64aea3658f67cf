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
