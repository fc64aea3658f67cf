/** The wall's drawing: guesses, the class's line, the model's fan, the twins, and what the model expects in its shoes. */

import type { Band, WallState, WallWorld } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { useNarrow } from "./narrow";
import { changesOf, isThere, letterOf, medianOf } from "./readings";

const HEIGHT = 560;
/** Beside the rule, alone on the wall, one of two, and in a window as narrow as a phone. */
const [WIDTH_BESIDE, WIDTH_ALONE, WIDTH_OF_TWO, WIDTH_OF_PHONE] = [1200, 1560, 900, 640];
const RIM = { left: 84, right: 24, top: 34, bottom: 62 };
const CLASS = 2;
/** How much of a quarter a stretch's line reaches beyond the middle of its first and last. */
const REACH = 0.36;
/** What stands for a share that is not there. */
const MISSING = -1;
const [LETTER_WIDTH, HAN_WIDTH, MARK_RIM] = [13, 21, 16];
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

type RoundPoint = readonly [x: number, y: number];

interface RoundScale {
  readonly width: number;
  readonly x: (round: number) => number;
  readonly y: (share: number) => number;
  /** How far a line reaches beyond its first and last quarter: where stretches are told, they are as wide as they last. */
  readonly beyond: number;
}

function scaleOf(rounds: number, width: number, isByStretches: boolean): RoundScale {
  const step = (width - RIM.left - RIM.right) / Math.max(rounds, 1);
  return {
    width,
    x: (round) => RIM.left + step * (round - 0.5),
    y: (share) => RIM.top + (1 - share) * (HEIGHT - RIM.top - RIM.bottom),
    beyond: isByStretches ? REACH * step : 0,
  };
}

/** Return the stretches of a line in which every value is there. */
function stretches(values: readonly (number | null)[], { x, y, beyond }: RoundScale): RoundPoint[][] {
  const found: RoundPoint[][] = [[]];
  values.forEach((value, place) => {
    if (isThere(value)) found.at(-1)?.push([x(place + 1), y(value)]);
    else if (found.at(-1)?.length) found.push([]);
  });
  return found.filter((points) => points.length > 0).map((points) => (beyond ? reaching(points, beyond) : points));
}

function reaching(points: readonly RoundPoint[], beyond: number): RoundPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? [[first[0] - beyond, first[1]], ...points.slice(1, -1), [last[0] + beyond, last[1]]] : [];
}

const path = (points: readonly RoundPoint[]): string => points.map(([x, y], n) => `${n ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

function bandPath(low: readonly number[], high: readonly number[], scale: RoundScale): string {
  const uppers = stretches(high, scale);
  return stretches(low, scale)
    .map((points, n) => `${path([...points, ...(uppers[n] ?? []).toReversed()])}Z`)
    .join("");
}

/** Return the single guesses, while they are what is talked about; afterwards the middle one stands for them. */
function guessesOf(wall: WallState): readonly number[][] {
  return wall.reveal <= CLASS ? (wall.guesses?.each ?? []) : [];
}

function widthOfChart(wall: WallState, isNarrow: boolean): number {
  if (isNarrow) return WIDTH_OF_PHONE;
  if (wall.worlds.length > 1) return WIDTH_OF_TWO;
  return wall.phase === "reveal" ? WIDTH_ALONE : WIDTH_BESIDE;
}

interface Props {
  readonly wall: WallState;
  readonly world: WallWorld;
  readonly label: string;
}

export function Chart({ wall, world, label }: Props) {
  const isByActs = wall.shows === "acts";
  const scale = scaleOf(wall.rounds, widthOfChart(wall, useNarrow()), isByActs);
  const plain = scaleOf(wall.rounds, scale.width, false); // guesses are of quarters
  const isGuessing = wall.reveal === 1;
  const parts = isByActs ? world.stretches : null;
  return (
    <svg class="wall-chart" viewBox={`0 0 ${scale.width} ${HEIGHT}`} role="img" aria-label={label} data-reveal={wall.reveal}>
      <Axes wall={wall} world={world} scale={scale} />
      {world.fan && inParts(world.fan, parts).map((band, n) => <FanOf key={n} band={band} scale={scale} />)}
      {world.shoes && inParts(world.shoes, parts).map((band, n) => <path key={n} class="shoes" d={bandPath(band.low90, band.high90, scale)} />)}
      {guessesOf(wall).map((values, n) => stretches(values, plain).map((points) => <path key={n} class="guess" d={path(points)} />))}
      {stretches(medianOf(wall), plain).map((points) => (
        <path class="guess-median" d={path(points)} />
      ))}
      {world.twins && <Marked values={world.twins} scale={scale} name={isByActs ? "twins-of-acts" : "twins"} stretchesOf={parts} />}
      {!isGuessing && <Marked values={world.shares} scale={scale} name={isByActs ? "class-of-acts" : "class"} stretchesOf={parts} />}
    </svg>
  );
}

/** Return about how wide a text of the chart is, in its own units: strong, 20 high. */
function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? HAN_WIDTH : LETTER_WIDTH), 0);
}

function Axes({ wall, world, scale }: { readonly wall: WallState; readonly world: WallWorld; readonly scale: RoundScale }) {
  const { t, said } = useWords();
  const changes = changesOf(world.acts);
  /** The rule's letter and title, or the letter alone where the title is too long for its stretch. */
  const markOf = (round: number, act: number): string => {
    const next = changes.find((change) => change.round > round)?.round ?? wall.rounds + 1;
    const whole = t("room.rule_titled", { letter: letterOf(act), title: said(wall.acts[act]?.["title"]) });
    const isRoomy = widthOf(whole) + MARK_RIM <= (next - round) * (scale.x(2) - scale.x(1));
    return isRoomy ? whole : t("room.rule_mark", { letter: letterOf(act) });
  };
  const rounds = Array.from({ length: wall.rounds }, (_, n) => n + 1);
  return (
    <g class="axes">
      {TICKS.map((share) => (
        <g key={share}>
          <line x1={RIM.left} x2={scale.width - RIM.right} y1={scale.y(share)} y2={scale.y(share)} />
          <text x={RIM.left - 12} y={scale.y(share) + 7} text-anchor="end">
            {Math.round(100 * share)}%
          </text>
        </g>
      ))}
      {rounds.map((round) => (
        <text key={round} x={scale.x(round)} y={HEIGHT - RIM.bottom + 28} text-anchor="middle">
          {round}
        </text>
      ))}
      <text x={(scale.width + RIM.left) / 2} y={HEIGHT - 8} text-anchor="middle">
        {t("room.axis_quarter")}
      </text>
      {[{ round: 1, act: world.acts[0] ?? 0 }, ...changes].map(({ round, act }) => {
        const x = round === 1 ? RIM.left : (scale.x(round) + scale.x(round - 1)) / 2;
        return (
          <g key={round} class="rule-mark">
            {round > 1 && <line x1={x} x2={x} y1={RIM.top - 20} y2={HEIGHT - RIM.bottom} />}
            <text x={x + 8} y={RIM.top - 12}>
              {markOf(round, act)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function FanOf({ band, scale }: { readonly band: Band; readonly scale: RoundScale }) {
  return (
    <g class="fan-of-model">
      <path class="fan-90" d={bandPath(band.low90, band.high90, scale)} />
      <path class="fan-50" d={bandPath(band.low50, band.high50, scale)} />
      {stretches(band.median, scale).map((points) => (
        <path class="fan-median" d={path(points)} />
      ))}
    </g>
  );
}

/** Return a band in one part for each stretch, so that what is told of one is not joined to the next. */
function inParts(band: Band, stretchesOf: readonly number[] | null): Band[] {
  if (!stretchesOf) return [band];
  const only = (values: readonly number[], one: number): number[] => values.map((value, place) => (stretchesOf[place] === one ? value : MISSING));
  return [...new Set(stretchesOf)].map((one) => ({
    median: only(band.median, one),
    low50: only(band.low50, one),
    high50: only(band.high50, one),
    low90: only(band.low90, one),
    high90: only(band.high90, one),
  }));
}

/** Return where marks stand: at each quarter; of a stretch that is told by its mean, in its middle. */
function marked(points: readonly RoundPoint[], isByStretches: boolean): readonly RoundPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  return isByStretches && first && last ? [[(first[0] + last[0]) / 2, first[1]]] : points;
}

interface MarkedProps {
  readonly values: readonly (number | null)[];
  readonly scale: RoundScale;
  readonly name: "class" | "class-of-acts" | "twins" | "twins-of-acts";
  /** The stretch of each quarter, where stretches are told by their means. */
  readonly stretchesOf: readonly number[] | null;
}

/** A line with a mark at each quarter; where means of acts are shown, it breaks where the rule changes. */
function Marked({ values, scale, name, stretchesOf }: MarkedProps) {
  const isTwin = name.startsWith("twins");
  const isByStretches = stretchesOf !== null;
  const parts = stretchesOf ? [...new Set(stretchesOf)].map((one) => values.map((value, place) => (stretchesOf[place] === one ? value : null))) : [values];
  return (
    <g class={`line-of-${name}`}>
      {parts.flatMap((part, n) =>
        stretches(part, scale).map((points) => (
          <g key={n}>
            <path d={path(points)} />
            {marked(points, isByStretches).map(([x, y]) => <Mark key={x} x={x} y={y} isTwin={isTwin} />)}
          </g>
        )),
      )}
    </g>
  );
}

function Mark({ x, y, isTwin }: { readonly x: number; readonly y: number; readonly isTwin: boolean }) {
  return isTwin ? <path class="mark" d={`M${x} ${y - 9}l9 9l-9 9l-9 -9Z`} /> : <circle class="mark" cx={x} cy={y} r="8" />;
}

/** What the drawing's lines mean, each with its own shape. */
export function Key({ wall, world }: { readonly wall: WallState; readonly world: WallWorld }) {
  const { t } = useWords();
  const isByActs = wall.shows === "acts";
  const entries: readonly [boolean, string, preact.JSX.Element][] = [
    [wall.reveal !== 1, isByActs ? "room.key_class_acts" : "room.key_class", <ClassSign isByActs={isByActs} />],
    [guessesOf(wall).length > 0, "room.key_guess", <path class="guess" d="M2 10H46" />],
    [medianOf(wall).length > 0, "room.key_guess_median", <path class="guess-median" d="M2 10H46" />],
    [world.fan !== null, isByActs ? "room.key_fan_acts" : "room.key_fan", <FanSign />],
    [world.twins !== null, isByActs ? "room.key_twins_acts" : "room.key_twins", <TwinSign />],
    [world.shoes !== null, "room.key_shoes", <rect class="shoes" x="3" y="3" width="42" height="14" />],
  ];
  return (
    <ul class="chart-key">
      {entries
        .filter(([isShown]) => isShown)
        .map(([, key, sign]) => (
          <li key={key}>
            <svg viewBox="0 0 48 20" aria-hidden="true">
              {sign}
            </svg>
            {t(key)}
          </li>
        ))}
    </ul>
  );
}

function ClassSign({ isByActs }: { readonly isByActs: boolean }) {
  return (
    <g class={isByActs ? "line-of-class-of-acts" : "line-of-class"}>
      <path d="M2 10H46" />
      {!isByActs && <circle class="mark" cx="24" cy="10" r="6" />}
    </g>
  );
}

function FanSign() {
  return (
    <g>
      <rect class="fan-90" x="2" y="1" width="44" height="18" />
      <rect class="fan-50" x="2" y="6" width="44" height="8" />
      <path class="fan-median" d="M2 10H46" />
    </g>
  );
}

function TwinSign() {
  return (
    <g class="line-of-twins">
      <path d="M2 10H46" />
      <path class="mark" d="M24 3l7 7l-7 7l-7 -7Z" />
    </g>
  );
}
