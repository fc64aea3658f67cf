/** All officials on one canvas, a cell each; whoever does something else than the month before turns over. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useSize, type ElementSize } from "../charts/size";
import type { Drawing } from "../take/marks";
import { useSpeech } from "../text/context";
import { deedSaid } from "./deeds";
import { figuresFor, wentWrong, type Figures } from "./figures";
import { gridDrawing, type KeyNames } from "./grid_drawing";
import type { Film } from "./messages";
import { officialAfterKey, officialAt, seatsIn, sizesOf, type Seats } from "./seats";
import { tokensOf, useThemeShown } from "./theme_shown";
import "./people_grid.css";

interface Props {
  /** A name by which others find the grid: `[data-grid="name"]`. */
  readonly name: string;
  readonly film: Film;
  readonly month: number;
  readonly placeNames: readonly string[];
  /** What the grid shows, in words. */
  readonly summary: string;
  readonly selected: number | null;
  /** Who stands out, 1 for each; the others fade. */
  readonly lit?: Uint8Array | null;
  readonly onSelect: (official: number) => void;
  /** Where the grid leaves how it is drawn to be saved. */
  readonly drawing: Drawing;
  readonly keyNames: KeyNames;
}

const HEADING_EM = 1.6;
const TURN_MS = 220;
const FADED = 0.22;
const LEAST_HEIGHT = 240;

/** What one picture is made of; the drawing loop reads the newest. */
interface Scene {
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
}

export function PeopleGrid(props: Props) {
  const { film, month, selected, onSelect } = props;
  const speech = useSpeech();
  const { t } = speech;
  const [host, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [cursor, setCursor] = useState<number>(selected ?? 0);
  const [isFocused, setFocused] = useState(false);
  const theme = useThemeShown();
  const sizes = useMemo(() => sizesOf(film.jurisdiction), [film]);
  const seats = useMemo(
    () => size && seatsIn(sizes, { width: size.width, height: Math.max(size.height, LEAST_HEIGHT), heading: HEADING_EM * size.em }),
    [sizes, size?.width, size?.height, size?.em],
  );
  const colour = useMemo(() => tokensOf(), [theme]);
  const figures = useMemo(() => seats && figuresFor(seats.cell, dotsHere(), colour), [seats?.cell, colour]);
  const at = Math.min(cursor, film.officials - 1);
  props.drawing.current = seats && size
    ? () => {
        const { placeNames, keyNames, lit = null } = props;
        const { width, em } = size;
        return gridDrawing({ name: `people_${props.name}`, film, month, seats, placeNames, lit, width, em, keyNames }, tokensOf());
      }
    : null;
  useDrawing(
    canvas,
    size && seats && figures
      ? {
          film,
          month,
          seats,
          figures,
          placeNames: props.placeNames,
          lit: props.lit ?? null,
          selected,
          cursor: isFocused ? at : hovered,
          size,
          colour,
          turnMs: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : TURN_MS,
        }
      : null,
  );
  const under = (event: MouseEvent): number | null => {
    if (!seats || !host.current) return null;
    const { left, top } = host.current.getBoundingClientRect();
    return officialAt(seats, event.clientX - left, event.clientY - top);
  };
  const pointed = isFocused ? at : hovered;
  const said = pointed === null ? "" : deedSaid(film, pointed, month, speech);
  return (
    <div
      ref={host}
      class="people-grid"
      data-grid={props.name}
      data-month={month}
      role="group"
      tabIndex={0}
      aria-label={`${props.summary} ${t("people.keys")}`}
      style={seats ? { minHeight: `${Math.max(LEAST_HEIGHT, seats.height)}px` } : undefined}
      onFocus={() => setFocused(host.current?.matches(":focus-visible") ?? false)}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => {
        const next = seats && officialAfterKey(seats, at, event.key);
        if (next !== null) {
          setFocused(true);
          setCursor(next);
        } else if (event.key === "Enter" || event.key === " ") onSelect(at);
        else return;
        event.preventDefault();
      }}
      onPointerMove={(event) => setHovered(under(event))}
      onPointerLeave={() => setHovered(null)}
      onClick={(event) => {
        const official = under(event);
        if (official === null) return;
        setCursor(official);
        onSelect(official);
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {seats && pointed !== null && size && <TipAt seats={seats} official={pointed} width={size.width} said={said} />}
      <span class="hidden" role="status">
        {isFocused ? said : ""}
      </span>
    </div>
  );
}

interface TipProps {
  readonly seats: Seats;
  readonly official: number;
  readonly width: number;
  readonly said: string;
}

function TipAt({ seats, official, width, said }: TipProps) {
  const seat = seats.seats[official];
  if (!seat) return null;
  const side = seat.x > width / 2 ? { right: `${width - seat.x - seats.cell}px` } : { left: `${seat.x}px` };
  return (
    <div class="tip people-tip" aria-hidden="true" style={{ ...side, top: `${seat.y + seats.cell + 4}px` }}>
      {said}
    </div>
  );
}

function dotsHere(): number {
  return Math.min(3, Math.max(1, devicePixelRatio));
}

/** Draw the scene whenever it is another one, frame by frame while cells turn over. */
function useDrawing(canvas: { readonly current: HTMLCanvasElement | null }, scene: Scene | null): void {
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
      const since = shown.current?.since ?? 0;
      const turned = scene.turnMs > 0 ? Math.min(1, Math.max(0, now - since) / scene.turnMs) : 1;
      drawScene(context, scene, shown.current?.before ?? scene.month, turned);
      if (turned < 1) frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  });
}

function drawScene(context: CanvasRenderingContext2D, scene: Scene, before: number, turned: number): void {
  const { seats, size } = scene;
  const dots = dotsHere();
  const [width, height] = [Math.round(size.width * dots), Math.round(Math.max(size.height, seats.height) * dots)];
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
  for (const [token, beyond, line] of [["--surface", 2.5, 7], ["--accent", 2.5, 4]] as const) {
    context.lineWidth = line;
    context.strokeStyle = colour(token);
    context.strokeRect(seat.x - beyond, seat.y - beyond, seats.cell + 2 * beyond, seats.cell + 2 * beyond);
  }
}
