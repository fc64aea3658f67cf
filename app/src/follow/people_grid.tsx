/** All officials on one canvas, a cell each; whoever does something else than the month before turns over. */

import { useMemo, useRef, useState } from "preact/hooks";
import { useSize } from "../charts/size";
import type { Drawing } from "../take/marks";
import { useSpeech } from "../text/context";
import { deedSaid } from "./deeds";
import { figuresFor } from "./figures";
import { gridDrawing, type KeyNames } from "./grid_drawing";
import type { Film } from "./messages";
import { dotsHere, TURN_MS, useDrawing } from "./scene";
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
  /** Left out where nobody can be chosen. */
  readonly onSelect?: (official: number) => void;
  /** Where the grid leaves how it is drawn to be saved. */
  readonly drawing: Drawing;
  readonly keyNames: KeyNames;
}

const HEADING_EM = 1.6;
const LEAST_HEIGHT = 240;

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
          size: { width: size.width, height: Math.max(size.height, seats.height), em: size.em },
          colour,
          turnMs: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : TURN_MS,
          dots: dotsHere(),
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
      aria-label={`${props.summary} ${t(onSelect ? "people.keys" : "people.keys_move")}`}
      data-chooses={onSelect !== undefined}
      style={seats ? { minHeight: `${Math.max(LEAST_HEIGHT, seats.height)}px` } : undefined}
      onFocus={() => setFocused(host.current?.matches(":focus-visible") ?? false)}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => {
        const next = seats && officialAfterKey(seats, at, event.key);
        if (next !== null) {
          setFocused(true);
          setCursor(next);
        } else if (onSelect && (event.key === "Enter" || event.key === " ")) onSelect(at);
        else return;
        event.preventDefault();
      }}
      onPointerMove={(event) => setHovered(under(event))}
      onPointerLeave={() => setHovered(null)}
      onClick={(event) => {
        const official = under(event);
        if (official === null) return;
        setCursor(official);
        onSelect?.(official);
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
