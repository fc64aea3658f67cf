/** What a chart hands over to be saved beside its drawing: its key, its table, its scale of colours. */

/** How a line, a field or a point of a chart is drawn. */
export interface KeyEntry {
  readonly name: string;
  readonly colour: string;
  readonly form: "solid" | "dashed" | "dotted" | "band" | "pale band" | "area" | "ring" | "diamond";
}

/** Numbers as they are told. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A scale of colours, from low to high. */
export interface Ramp {
  readonly low: string;
  readonly high: string;
  readonly colours: readonly string[];
}

/** How something that is no SVG on the page is drawn to be saved; null as long as it has nothing to show. */
export interface Drawing {
  current: (() => SVGSVGElement) | null;
}

/** Stands before the words that say by which other rule officials decide. */
export const RULE_SIGN = "◆";
