/** A drawing of the page with its looks written into it, so that it looks the same wherever it is opened. */

const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "paint-order",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;
const PAINTS: ReadonlySet<string> = new Set(["fill", "stroke"]);
/** What shows where the pointer is. */
const PASSING = ".pointer, .map-cursor";

/** Return a copy of a drawing that needs no style sheet. */
export function inlined(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, place) => {
    const original = originals[place];
    if (!original) return;
    const style = getComputedStyle(original);
    element.removeAttribute("style");
    element.removeAttribute("class");
    for (const look of LOOKS) {
      const value = style.getPropertyValue(look);
      if (value) element.setAttribute(look, PAINTS.has(look) ? plain(value) : value);
    }
    if (original.matches(PASSING) || style.display === "none") element.setAttribute("data-passing", "");
  });
  for (const passing of copy.querySelectorAll("[data-passing]")) passing.remove();
  for (const name of ["class", "style", "role", "aria-label", "aria-hidden", "data-chart"]) copy.removeAttribute(name);
  return copy;
}

/** Do something while the page has its light colours: what is taken away is mostly printed. */
export function inLight<Result>(work: () => Result): Result {
  const { dataset } = document.documentElement;
  const theme = dataset["theme"];
  dataset["theme"] = "light";
  try {
    return work();
  } finally {
    if (theme === undefined) delete dataset["theme"];
    else dataset["theme"] = theme;
  }
}

/** Return the colour that a value such as "var(--ink)" stands for now. */
export function colourOf(value: string): string {
  const probe = document.createElement("span");
  probe.style.color = value;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return plain(colour);
}

const KNOWN_EVERYWHERE = /^(none|rgba?\(|#|url\()/;

/** Return a colour as every program for drawings understands it: mixed ones are in spaces that few know. */
function plain(colour: string): string {
  if (KNOWN_EVERYWHERE.test(colour)) return colour;
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
