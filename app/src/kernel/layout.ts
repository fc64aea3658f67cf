/** Whether a kernel is the one that the page was built for; with another one the page would show wrong numbers. */

import description from "../../generated/kernel_layout.json";
import model from "../../generated/model.json";
import {
  ACTIONS,
  CASE_LUCK,
  CIRCUMSTANCES,
  DEED_FIELDS,
  MEASURES,
  MONTH_LUCK,
  OFFICIAL_FIELDS,
  OUTLOOK,
  POLICY_TABLE_FIELDS,
  POST_FIELDS,
  TERMS,
  TOLD,
  type RuleName,
} from "../../generated/names";
import { DEFAULT_RULE } from "./calls";

/** What was written beside a kernel when it was built. */
export interface KernelDescribed {
  /** By decision rule. */
  readonly kernel_sha256: Readonly<Record<RuleName, string>>;
  /** Of the names in the order of their places, the functions and the shapes. */
  readonly layout_hash: string;
  readonly shapes: Readonly<
    Record<string, readonly { readonly name: string; readonly shape: readonly (number | string)[] }[]>
  >;
}

/** What the page was built for. */
export interface LayoutExpected {
  readonly layout_hash: string;
  /** How long the sides of an array are; null where that depends on the scenario. */
  readonly sides: Readonly<Record<string, readonly (number | null)[]>>;
}

export const KERNEL_DESCRIBED: KernelDescribed = description;

export const LAYOUT_EXPECTED: LayoutExpected = {
  layout_hash: model.layout_hash,
  sides: {
    "administration.measures": [null, MEASURES.length],
    "administration.tables": [null, POLICY_TABLE_FIELDS.length],
    "roll.states": [OFFICIAL_FIELDS.length, null],
    "roll.posts": [POST_FIELDS.length, null],
    "explanation.tables": [null, POLICY_TABLE_FIELDS.length],
    "explanation.state": [OFFICIAL_FIELDS.length],
    "explanation.circumstances": [CIRCUMSTANCES.length],
    "explanation.outlook": [OUTLOOK.length],
    "explanation.terms": [TERMS.length, ACTIONS.length],
    "explanation.utilities": [ACTIONS.length],
    "explanation.probabilities": [ACTIONS.length],
    "explanation.told": [TOLD.length],
    "explanation.month_luck": [MONTH_LUCK.length],
    "explanation.case_luck": [CASE_LUCK.length],
    "explanation.deed": [DEED_FIELDS.length],
  },
};

/** Thrown where the kernel is not the one that the page was built for. */
export class KernelDiffers extends Error {
  override readonly name = "KernelDiffers";

  /** `place` is where they differ, `kernel` and `page` what each of them says there. */
  constructor(
    readonly place: string,
    readonly kernel: string,
    readonly page: string,
  ) {
    super(
      `app/generated/kernel.wasm is not the kernel that the page was built for: ${place} is ${kernel} in the kernel ` +
        `and ${page} in the page; run: python run.py build-page`,
    );
  }
}

/** Throw KernelDiffers if the kernel of these bytes is not the one described for a rule, or if the description does not fit the page. */
export async function checkLayout(
  wasm: BufferSource,
  kernel: KernelDescribed,
  page: LayoutExpected,
  rule: RuleName = DEFAULT_RULE,
): Promise<void> {
  const [hash, expected] = [await sha256Of(wasm), kernel.kernel_sha256[rule]];
  if (hash !== null && hash !== expected) throw hashesDiffer("SHA-256", hash, expected);
  for (const [name, sides] of Object.entries(page.sides)) {
    const found = shapeOf(kernel, name);
    const fits = found?.length === sides.length && sides.every((side, place) => side === null || side === found[place]);
    if (!fits) throw new KernelDiffers(name, sidesSaid(found ?? []), sidesSaid(sides));
  }
  if (kernel.layout_hash !== page.layout_hash) throw hashesDiffer("layout_hash", kernel.layout_hash, page.layout_hash);
}

const HASH_SHOWN = 12;

function hashesDiffer(place: string, kernel: string, page: string): KernelDiffers {
  return new KernelDiffers(place, kernel.slice(0, HASH_SHOWN), page.slice(0, HASH_SHOWN));
}

/** Return the sides of an array without words, so that both languages can say it; "–" where there is no such array. */
function sidesSaid(sides: readonly (number | string | null)[]): string {
  return sides.length === 0 ? "–" : sides.map((side) => (typeof side === "number" ? side : "…")).join(" × ");
}

function shapeOf({ shapes }: KernelDescribed, name: string): readonly (number | string)[] | undefined {
  const [whole = "", field] = name.split(".");
  return shapes[whole]?.find((one) => one.name === field)?.shape;
}

/** Return the SHA-256 of bytes, or null where the browser works none out: pages from a plain http address. */
async function sha256Of(bytes: BufferSource): Promise<string | null> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
