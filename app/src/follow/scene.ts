/** One picture of all officials on a canvas, and the turning over from one month to the next. */

import { useEffect, useRef } from "preact/hooks";
import type { ElementSize } from "../charts/size";
import { figuresFor, wentWrong, type Figures } from "./figures";
import type { Film } from "./messages";
import { drawsForPaper, isOnPaper } from "./paper";
import { RIM, type Seats } from "./seats";
import { tokensOf } from "./theme_shown";

export const TURN_MS = 220;
const FADED = 0.22;
const DOTS_OF_PAPER = 3;

/** What one picture is made of; the drawing loop reads the newest. */
export interface Scene {
  readonly film: Film;
  readonly month: number;
  readonly seats: Seats;
  readonly figures: Figures;
  readonly placeNames: readonly string[];
  readonly lit: Uint8Array | null;
  readonly selected: number | null;
  readonly cursor: number | null;
  readonly size: ElementSize;
  readonly colour: (token: string) => string;
  readonly turnMs: number;
  /** Dots of the canvas per pixel. */
  readonly dots: number;
}

export function dotsHere(): number {
  return Math.min(3, Math.max(1, devicePixelRatio));
}

/** Draw the scene whenever it is another one, frame by frame while cells turn over. */
export function useDrawing(canvas: { readonly current: HTMLCanvasElement | null }, scene: Scene | null): void {
  const shown = useRef<{ film: Film; month: number; before: number; since: number } | null>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !scene) return;
    const last = shown.current;
    if (last?.film !== scene.film || last.month !== scene.month) {
      const isNext = last?.film === scene.film && Math.abs(last.month - scene.month) <= 2;
      shown.current = {
        film: scene.film,
        month: scene.month,
        before: isNext ? last.month : scene.month,
        since: performance.now(),
      };
    }
    let frame = 0;
    const draw = (now: number): void => {
      if (isOnPaper()) return;
      const since = shown.current?.since ?? 0;
      const turned = scene.turnMs > 0 ? Math.min(1, Math.max(0, now - since) / scene.turnMs) : 1;
      drawScene(context, scene, shown.current?.before ?? scene.month, turned);
      if (turned < 1) frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    const leavePaper = drawsForPaper(
      () => drawScene(context, onPaper(scene), scene.month, 1),
      () => drawScene(context, scene, scene.month, 1),
    );
    return () => {
      cancelAnimationFrame(frame);
      leavePaper();
    };
  });
}

/** On paper all is still, in the colours of paper, and nobody points at anything. */
function onPaper(scene: Scene): Scene {
  const colour = tokensOf();
  return { ...scene, colour, dots: DOTS_OF_PAPER, cursor: null, figures: figuresFor(scene.seats.cell, DOTS_OF_PAPER, colour) };
}

function drawScene(context: CanvasRenderingContext2D, scene: Scene, before: number, turned: number): void {
  const { size, dots } = scene;
  const [width, height] = [Math.round(size.width * dots), Math.round(size.height * dots)];
  const { canvas } = context;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(dots, 0, 0, dots, 0, 0);
  context.clearRect(0, 0, width, height);
  drawPlaces(context, scene);
  drawOfficials(context, scene, before, turned);
  drawFrames(context, scene);
}

function drawPlaces(context: CanvasRenderingContext2D, { seats, size, placeNames, colour }: Scene): void {
  context.fillStyle = colour("--ink-quiet");
  context.font = `${size.em}px ${colour("--face")}`;
  context.textBaseline = "top";
  for (const place of seats.places) {
    context.fillText(placeNames[place.jurisdiction] ?? "", place.x, place.y + 0.2 * size.em, Math.max(place.width, 40));
  }
}

function drawOfficials(context: CanvasRenderingContext2D, scene: Scene, before: number, turned: number): void {
  const { film, month, seats, figures, lit } = scene;
  const { cell } = seats;
  const [now, then] = [month * film.officials, before * film.officials];
  for (let official = 0; official < film.officials; official++) {
    const seat = seats.seats[official];
    if (!seat) continue;
    const action = film.action[now + official] ?? 0;
    const isTurning = turned < 1 && action !== film.action[then + official];
    const side = isTurning ? cell * (0.45 + 0.55 * turned) : cell;
    const shift = (cell - side) / 2;
    context.globalAlpha = lit && !lit[official] ? FADED : 1;
    context.drawImage(
      figures.of(action, wentWrong(film.outcome[now + official] ?? 0)),
      seat.x + shift,
      seat.y + shift,
      side,
      side,
    );
  }
  context.globalAlpha = 1;
}

function drawFrames(context: CanvasRenderingContext2D, scene: Scene): void {
  const { film, month, seats, selected, cursor, colour, lit } = scene;
  const { cell } = seats;
  const frame = (official: number, token: string, line: number, isDashed = false): void => {
    const seat = seats.seats[official];
    if (!seat) return;
    context.lineWidth = line;
    context.strokeStyle = colour(token);
    context.setLineDash(isDashed ? [cell / 5, cell / 9] : []);
    context.strokeRect(seat.x + line / 4, seat.y + line / 4, cell - line / 2, cell - line / 2);
  };
  for (let official = 0; official < film.officials; official++) {
    if (film.leaves[month * film.officials + official]) frame(official, "--ink", Math.max(1.5, cell / 12));
    else if (lit?.[official] && cell >= 12) frame(official, "--focus", Math.max(1.5, cell / 12), true);
  }
  if (cursor !== null) frame(cursor, "--ink", 2);
  if (selected !== null) surround(context, scene, selected);
}

/** Mark the one chosen from outside its cell, so that no other frame passes for it. */
function surround(context: CanvasRenderingContext2D, { seats, colour }: Scene, official: number): void {
  const seat = seats.seats[official];
  if (!seat) return;
  context.setLineDash([]);
  for (const [token, line] of [["--surface", RIM + 3], ["--accent", RIM]] as const) {
    context.lineWidth = line;
    context.strokeStyle = colour(token);
    context.strokeRect(seat.x - RIM / 2, seat.y - RIM / 2, seats.cell + RIM, seats.cell + RIM);
  }
}
