/**
 * The Chinese face: the system's where it has one, otherwise the one that comes with the page. It covers Chinese
 * characters only, so that it can stand first in the list of faces; the signs both scripts share follow the language.
 */

import type { Language } from "../store/types";
import embedded from "../../generated/page_font.woff2?inline";

export const HAN = "U+2E80-2FDF, U+3000-303F, U+31C0-31EF, U+3400-4DBF, U+4E00-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF";
export const SIGNS = "U+B7, U+2014, U+2018-2019, U+201C-201D, U+2026";

const REGULAR = ["PingFangSC-Regular", "Microsoft YaHei", "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Noto Sans SC", "Source Han Sans SC"];
const STRONG = ["PingFangSC-Semibold", "Microsoft YaHei Bold", "NotoSansCJKsc-Bold", "Noto Sans SC Bold", "Source Han Sans SC Bold"];

interface Family {
  readonly name: string;
  readonly range: string;
}

const FAMILIES: readonly Family[] = [
  { name: "Page Han", range: HAN },
  { name: "Page Han Signs", range: SIGNS },
];

function locals(names: readonly string[]): string {
  return names.map((name) => `local("${name}")`).join(", ");
}

/** Return a face if its source is there. */
async function loaded(family: Family, source: string, weight: string): Promise<FontFace | null> {
  const face = new FontFace(family.name, source, { unicodeRange: family.range, weight, display: "swap" });
  return face.load().catch(() => null);
}

async function facesOf(family: Family): Promise<readonly (FontFace | null)[]> {
  const regular = await loaded(family, locals(REGULAR), "400");
  if (regular) return [regular, await loaded(family, locals(STRONG), "600")];
  return [await loaded(family, `url(${embedded})`, "400")];
}

/** Make the Chinese face known to the page; what was drawn before is drawn again by the browser, canvas by the charts. */
export async function loadFaces(): Promise<void> {
  const faces = (await Promise.all(FAMILIES.map(facesOf))).flat();
  // All at once, since the browser lays the whole page out anew after each.
  for (const face of faces) if (face) document.fonts.add(face);
}

/** An English page has a word or two of Chinese: its numbers come first. */
const LATER_MS = 1000;

/** Make the Chinese face known: at once to whoever reads Chinese, to others when the first picture stands. */
export function loadFacesFor(language: Language): void {
  if (language === "zh-CN") void loadFaces();
  else setTimeout(loadFaces, LATER_MS);
}
