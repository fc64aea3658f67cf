/**
 * The Chinese face: the system's where it has one, otherwise the one that comes with the page. It covers Chinese
 * characters only, so that it can stand first in the list of faces; the signs both scripts share follow the language.
 */

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

/** Add a face if its source is there; tells whether it is. */
async function added(family: Family, source: string, weight: string): Promise<boolean> {
  const face = new FontFace(family.name, source, { unicodeRange: family.range, weight, display: "swap" });
  try {
    await face.load();
    document.fonts.add(face);
    return true;
  } catch {
    return false;
  }
}

async function loadFamily(family: Family): Promise<void> {
  if (await added(family, locals(REGULAR), "400")) {
    await added(family, locals(STRONG), "600");
    return;
  }
  await added(family, `url(${embedded})`, "400");
}

/** Make the Chinese face known to the page; what was drawn before is drawn again by the browser, canvas by the charts. */
export async function loadFaces(): Promise<void> {
  await Promise.all(FAMILIES.map(loadFamily));
}
