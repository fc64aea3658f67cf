/** Numbers as CSV (RFC 4180), with what they are and where they come from in lines before them that begin with "#". */

export interface Data {
  readonly head: readonly string[];
  /** Numbers in full, not as they are told. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Spreadsheets take a file for UTF-8 if it begins so. */
const MARK = "\ufeff";
const END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
/** What a spreadsheet would take for a formula. */
const IS_FORMULA = /^[=+@\t\r]|^-(?![\d.])/;

function cell(value: string | number): string {
  // A missing value is an empty cell.
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  const safe = IS_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf({ head, rows }: Data, provenance: readonly string[]): string {
  const notes = provenance.map((line) => `# ${line.replace(/[\r\n]+/g, " ")}`);
  return MARK + [...notes, ...[head, ...rows].map((row) => row.map(cell).join(","))].map((line) => line + END).join("");
}

/** Series over months, each with its name. */
export type Columns = readonly (readonly [string, Float64Array])[];

/** Return the data of series over months, months numbered from 1. */
export function monthly(monthWord: string, columns: readonly (readonly [string, ArrayLike<number>])[]): Data {
  const months = columns[0]?.[1].length ?? 0;
  return {
    head: [monthWord, ...columns.map(([name]) => name)],
    rows: Array.from({ length: months }, (_, month) => [
      month + 1,
      ...columns.map(([, values]) => values[month] ?? Number.NaN),
    ]),
  };
}

