/** The grid of officials as a drawing to be saved: what the canvas shows, and its key, as SVG. */

import { ACTIONS } from "../../generated/names";
import { inkOn, isShapeFilled, SHAPES, tokenOf, wentWrong } from "./figures";
import type { Film } from "./messages";
import type { Seats } from "./seats";

const NAMESPACE = "http://www.w3.org/2000/svg";
const SIDE = 10;
const FADED = 0.22;
const KEY = { line: 20, sign: 13, columns: 2, gap: 10 } as const;

export interface GridDrawn {
  /** What is called so in the file's name. */
  readonly name: string;
  readonly film: Film;
  readonly month: number;
  readonly seats: Seats;
  readonly placeNames: readonly string[];
  readonly lit: Uint8Array | null;
  readonly width: number;
  readonly em: number;
  readonly keyNames: KeyNames;
}

export interface KeyNames {
  readonly actions: readonly string[];
  readonly wentWrong: string;
  readonly leaves: string;
  /** Null in a grid where nobody stands out. */
  readonly lit: string | null;
}

type Colour = (token: string) => string;

function made(name: string, attributes: Readonly<Record<string, string | number>>, text = ""): SVGElement {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

/** A square, one corner cut off where something went wrong, with the sign of the action on it. */
function figure(action: number, isWrong: boolean, colour: Colour): SVGElement[] {
  const fill = colour(tokenOf(ACTIONS[action] ?? "inaction"));
  const ink = inkOn(fill);
  const cut = isWrong ? "H6L9.7 4" : "H9.7";
  const isStroked = !isShapeFilled(action) || action === 3;
  return [
    made("path", { d: `M0.3 0.3${cut}V9.7H0.3Z`, fill }),
    made("path", {
      d: SHAPES[action] ?? "",
      fill: isShapeFilled(action) ? ink : "none",
      ...(isStroked && { stroke: ink, "stroke-width": 1.5, "stroke-linecap": "round" }),
    }),
  ];
}

function square(at: { readonly x: number; readonly y: number }, side: number, parts: readonly SVGElement[], opacity = 1): SVGElement {
  const group = made("g", { transform: `translate(${at.x} ${at.y}) scale(${side / SIDE})`, ...(opacity < 1 && { opacity }) });
  group.append(...parts);
  return group;
}

/** The frame of who leaves, whole, and of who does something else, dashed: as on the canvas. */
export function frameOf(kind: "leaves" | "lit", colour: Colour): SVGElement {
  const [token, dashes] = kind === "leaves" ? ["--ink", "none"] : ["--focus", "2.2 1.2"];
  return made("rect", { x: 0.8, y: 0.8, width: 8.4, height: 8.4, fill: "none", stroke: colour(token), "stroke-width": 1.2, "stroke-dasharray": dashes });
}

/** Return the grid of a month; `colour` reads a token of the design. */
export function gridDrawing(drawn: GridDrawn, colour: Colour): SVGSVGElement {
  const { film, month, seats, lit, em, width } = drawn;
  const root = made("svg", { "data-chart": drawn.name }) as SVGSVGElement;
  for (const place of seats.places) {
    const at = { x: place.x, y: place.y + 1.1 * em, "font-size": em, fill: colour("--ink-quiet") };
    root.append(made("text", at, drawn.placeNames[place.jurisdiction] ?? ""));
  }
  for (let official = 0; official < film.officials; official++) {
    const seat = seats.seats[official];
    if (!seat) continue;
    const at = month * film.officials + official;
    const parts = figure(film.action[at] ?? 0, wentWrong(film.outcome[at] ?? 0), colour);
    if (film.leaves[at]) parts.push(frameOf("leaves", colour));
    else if (lit?.[official]) parts.push(frameOf("lit", colour));
    root.append(square(seat, seats.cell, parts, lit && !lit[official] ? FADED : 1));
  }
  const height = withKey(root, drawn, colour);
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) root.setAttribute(key, String(value));
  return root;
}

/** Put the key below the grid; return how high both are. */
function withKey(root: SVGElement, { seats, keyNames, width }: GridDrawn, colour: Colour): number {
  const grey = made("path", { d: "M0.3 0.3H6L9.7 4V9.7H0.3Z", fill: colour("--rule-strong") });
  const plain = (): SVGElement => made("rect", { x: 1, y: 1, width: 8, height: 8, fill: colour("--routine") });
  const entries: (readonly [string, readonly SVGElement[]])[] = [
    ...keyNames.actions.map((name, action) => [name, figure(action, false, colour)] as const),
    [keyNames.wentWrong, [grey]],
    [keyNames.leaves, [plain(), frameOf("leaves", colour)]],
    ...(keyNames.lit === null ? [] : [[keyNames.lit, [plain(), frameOf("lit", colour)]] as const]),
  ];
  const top = seats.height + KEY.gap;
  entries.forEach(([name, parts], number) => {
    const x = (number % KEY.columns) * (width / KEY.columns);
    const y = top + Math.floor(number / KEY.columns) * KEY.line;
    root.append(square({ x, y }, KEY.sign, parts));
    root.append(made("text", { x: x + KEY.sign + 6, y: y + KEY.sign - 2, "font-size": 13, fill: colour("--ink") }, name));
  });
  return top + Math.ceil(entries.length / KEY.columns) * KEY.line;
}
