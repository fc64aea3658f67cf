/** What an official looks like: a colour and a shape for every action, drawn once and then stamped. */

import { ACTIONS, OUTCOMES } from "../../generated/names";

/** Shapes on a square of 10 by 10, by action. */
export const SHAPES: readonly string[] = [
  "M2.5 5h5", // Inaction: a line at rest.
  "M5 3.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6Z", // Routine: a ring.
  "M5 2.2L8 7.6H2Z", // Innovation: a point upwards.
  "M5 1.6L7.8 6H2.2ZM2.2 8.1h5.6", // Filed in advance: the same, on a line.
  "M2.8 2.8l4.4 4.4M7.2 2.8l-4.4 4.4", // Self-dealing: a cross.
];
const FILLED: readonly boolean[] = [false, false, true, true, false];

export function isShapeFilled(action: number): boolean {
  return FILLED[action] ?? false;
}

/** Outcomes after which something went wrong. */
const WRONG: ReadonlySet<string> = new Set(["called_to_account", "force_majeure", "complexity", "ability", "negligence"]);
const IS_WRONG = OUTCOMES.map((outcome) => WRONG.has(outcome));

export function wentWrong(outcome: number): boolean {
  return IS_WRONG[outcome] ?? false;
}

export function tokenOf(action: string): string {
  return `--${action.replaceAll("_", "-")}`;
}

type Stamp = HTMLCanvasElement;

export interface Figures {
  readonly cell: number;
  /** The picture of an action, with its corner cut off where something went wrong. */
  readonly of: (action: number, isWrong: boolean) => Stamp;
}

/** Return whichever of black and white stands out more on a colour "#rrggbb". */
export function inkOn(colour: string): "#000000" | "#ffffff" {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
  return light > 0.179 ? "#000000" : "#ffffff";
}

const SHAPE_SIDE = 10;
const LINE = 1.5;

/** Draw the figures for cells of a size; `colour` reads a token of the design. */
export function figuresFor(cell: number, dots: number, colour: (token: string) => string): Figures {
  const stamps = ACTIONS.flatMap((action, number) => {
    const fill = colour(tokenOf(action));
    return [stampOf(number, fill, cell, dots, false), stampOf(number, fill, cell, dots, true)];
  });
  return {
    cell,
    of: (action, isWrong) => stamps[action * 2 + Number(isWrong)] as Stamp,
  };
}

function stampOf(action: number, fill: string, cell: number, dots: number, isWrong: boolean): Stamp {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = Math.round(cell * dots);
  const context = stamp.getContext("2d");
  if (!context) return stamp;
  const scale = stamp.width / SHAPE_SIDE;
  context.scale(scale, scale);
  context.fillStyle = fill;
  const rim = Math.min(0.5, 0.75 / (cell / SHAPE_SIDE));
  const cut = isWrong ? 3.6 : 0;
  context.beginPath();
  context.moveTo(rim, rim);
  context.lineTo(SHAPE_SIDE - rim - cut, rim);
  context.lineTo(SHAPE_SIDE - rim, rim + cut);
  context.lineTo(SHAPE_SIDE - rim, SHAPE_SIDE - rim);
  context.lineTo(rim, SHAPE_SIDE - rim);
  context.fill();
  const ink = inkOn(fill);
  context.lineWidth = LINE;
  context.lineCap = "round";
  context.strokeStyle = context.fillStyle = ink;
  const shape = new Path2D(SHAPES[action] ?? "");
  if (isShapeFilled(action)) context.fill(shape);
  if (!isShapeFilled(action) || action === 3) context.stroke(shape);
  return stamp;
}
