/** A chart as a picture that stands alone: title, reading, key, drawing, and where its numbers come from. */

import embedded from "../../generated/page_font.woff2?inline";
import { colourOf, inLight, inlined } from "./inlined";
import { linesOf } from "./lines";
import { RULE_SIGN, type KeyEntry, type Ramp } from "./marks";

export interface Told {
  readonly title: string;
  readonly summary: string;
  readonly entries: readonly KeyEntry[];
  /** By which other rules officials decide; null if by the default. */
  readonly rules: string | null;
  readonly ramp: Ramp | null;
  readonly provenance: readonly string[];
}

const NAMESPACE = "http://www.w3.org/2000/svg";
const HAN = /[\u2e80-\uffef]/;
const RIM = 20;
const NARROWEST = 480;
const TYPE = { title: 18, text: 13, small: 10.5 } as const;
const LEADING = 1.45;
const KEY = { swatch: 24, gap: 18 } as const;
const PIXELS_PER_UNIT = 2;
const DASHES: Readonly<Record<string, string>> = { dashed: "7 4", dotted: "2 3" };
const OPACITY: Readonly<Record<string, number>> = { band: 0.45, "pale band": 0.2 };
const RAMP = { width: 160, height: 12 } as const;

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element(name: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Return a measure of text in the page's face. */
function rulerOf(face: string): (size: number, weight?: number) => (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  return (size, weight = 400) => (text) => {
    if (!context) return text.length * size;
    context.font = `${weight} ${size}px ${face}`;
    return context.measureText(text).width;
  };
}

/** Where the next thing goes. */
interface Pen {
  readonly root: SVGElement;
  readonly width: number;
  readonly ruler: ReturnType<typeof rulerOf>;
  y: number;
}

function write(pen: Pen, text: string, size: number, fill: string, weight = 400): void {
  for (const line of linesOf(text, pen.width, pen.ruler(size, weight))) {
    pen.y += size * LEADING;
    pen.root.append(element("text", { x: RIM, y: pen.y, "font-size": size, "font-weight": weight, fill }, line));
  }
}

function swatch({ colour: named, form }: KeyEntry, x: number, y: number): SVGElement {
  const colour = colourOf(named);
  const middle = { x: x + KEY.swatch / 2, y };
  if (form === "ring") return element("circle", { cx: middle.x, cy: y, r: 5, fill: "none", stroke: colour, "stroke-width": 2 });
  if (form === "diamond") {
    const d = `M${middle.x} ${y - 6}l6 6l-6 6l-6-6z`;
    return element("path", { d, fill: "none", stroke: colour, "stroke-width": 2 });
  }
  if (form === "solid" || form === "dashed" || form === "dotted") {
    const at = { x1: x, x2: x + KEY.swatch, y1: y, y2: y };
    return element("line", { ...at, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": DASHES[form] });
  }
  return element("rect", { x: x + 6, y: y - 6, width: 12, height: 12, rx: 2, fill: colour, "fill-opacity": OPACITY[form] });
}

function writeKey(pen: Pen, entries: readonly KeyEntry[], ink: string): void {
  const widthOf = pen.ruler(TYPE.text);
  let x = RIM;
  pen.y += TYPE.text * LEADING * 1.2;
  for (const entry of entries) {
    const width = KEY.swatch + 8 + widthOf(entry.name);
    if (x > RIM && x + width > RIM + pen.width) {
      x = RIM;
      pen.y += TYPE.text * LEADING;
    }
    pen.root.append(swatch(entry, x, pen.y - TYPE.text * 0.35));
    pen.root.append(element("text", { x: x + KEY.swatch + 8, y: pen.y, "font-size": TYPE.text, fill: ink }, entry.name));
    x += width + KEY.gap;
  }
}

function writeRamp(pen: Pen, { low, high, colours }: Ramp, ink: string): void {
  const stops = colours.map((colour, n) =>
    element("stop", { offset: n / Math.max(1, colours.length - 1), "stop-color": colourOf(colour) }),
  );
  pen.root.append(element("defs", {}, element("linearGradient", { id: "ramp" }, ...stops)));
  pen.y += TYPE.text * LEADING * 1.2;
  const x = RIM + pen.ruler(TYPE.text)(low) + 8;
  const label = { y: pen.y, "font-size": TYPE.text, fill: ink };
  pen.root.append(
    element("text", { x: RIM, ...label }, low),
    element("rect", { x, y: pen.y - RAMP.height + 2, ...RAMP, fill: "url(#ramp)" }),
    element("text", { x: x + RAMP.width + 8, ...label }, high),
  );
}

/** Names that lie over the drawing as HTML, as text of the picture. */
function namesOver(svg: SVGSVGElement, ruler: Pen["ruler"], fill: string): SVGElement[] {
  const origin = svg.getBoundingClientRect();
  return [...(svg.parentElement?.querySelectorAll<HTMLElement>(".value-names span") ?? [])].flatMap((name) => {
    const { left, top, width } = name.getBoundingClientRect();
    const size = Number.parseFloat(getComputedStyle(name).fontSize);
    return linesOf(name.textContent ?? "", width, ruler(size)).map((line, n) =>
      element(
        "text",
        { x: left - origin.left + width / 2, y: top - origin.top + size * (1 + 1.2 * n), "font-size": size, "text-anchor": "middle", fill },
        line,
      ),
    );
  });
}

/** Return a chart's drawing as an SVG file. */
export function svgOf(svg: SVGSVGElement, told: Told): string {
  return inLight(() => {
    const face = getComputedStyle(document.body).fontFamily;
    const [paper, ink, quiet] = ["var(--surface)", "var(--ink)", "var(--ink-quiet)"].map(colourOf) as [string, string, string];
    const { width: drawnWidth, height: drawnHeight } = svg.viewBox.baseVal;
    const width = Math.max(NARROWEST, drawnWidth);
    const root = element("svg", { xmlns: NAMESPACE, "font-family": face });
    const pen: Pen = { root, width, ruler: rulerOf(face), y: RIM / 2 };
    write(pen, told.title, TYPE.title, ink, 600);
    if (told.rules !== null) write(pen, `${RULE_SIGN} ${told.rules}`, TYPE.text, ink, 600);
    write(pen, told.summary, TYPE.text, quiet);
    if (told.entries.length > 0) writeKey(pen, told.entries, ink);
    // What stands on the page has its looks from style sheets; what was made to be saved has them in itself.
    const drawing = svg.isConnected ? inlined(svg) : svg;
    if (svg.isConnected) drawing.append(...namesOver(svg, pen.ruler, quiet));
    for (const [name, value] of Object.entries({ x: RIM, y: pen.y + RIM / 2, width: drawnWidth, height: drawnHeight })) {
      drawing.setAttribute(name, String(value));
    }
    root.append(drawing);
    pen.y += RIM / 2 + drawnHeight;
    if (told.ramp) writeRamp(pen, told.ramp, ink);
    pen.y += RIM / 2;
    write(pen, told.provenance.join(" · "), TYPE.small, quiet);
    const [wide, high] = [Math.ceil(width + 2 * RIM), Math.ceil(pen.y + RIM)];
    const size = { width: wide, height: high, viewBox: `0 0 ${wide} ${high}` };
    for (const [name, value] of Object.entries(size)) root.setAttribute(name, String(value));
    root.prepend(element("rect", { width: wide, height: high, fill: paper }));
    root.prepend(element("title", {}, told.title), element("desc", {}, [told.rules, told.summary].filter(Boolean).join(". ")));
    if (HAN.test(root.textContent ?? "")) root.prepend(element("style", {}, chineseFace()));
    return new XMLSerializer().serializeToString(root);
  });
}

/** The picture takes its Chinese face along. */
function chineseFace(): string {
  return `@font-face { font-family: "Page Han"; src: url(${embedded}) format("woff2"); unicode-range: U+2E80-FFEF; }`;
}

/** Return an SVG file as a PNG, two pixels for each of the page's. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * PIXELS_PER_UNIT;
  canvas.height = image.naturalHeight * PIXELS_PER_UNIT;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("this browser makes no PNG"))), "image/png");
  });
}
