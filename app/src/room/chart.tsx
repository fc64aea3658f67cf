/** The wall's drawing: guesses, the class's line, the model's fan, the twins, and what the model expects in its shoes. */

import type { Band, WallState, WallWorld } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { changesOf, isThere, letterOf, medianOf } from "./readings";

const HEIGHT = 560;
/** Beside the rule, and alone on the wall. */
const [WIDTH_BESIDE, WIDTH_ALONE] = [1200, 1560];
const RIM = { left: 84, right: 24, top: 34, bottom: 62 };
const CLASS = 2;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

type RoundPoint = readonly [x: number, y: number];

interface RoundScale {
  readonly width: number;
  readonly x: (round: number) => number;
  readonly y: (share: number) => number;
}

function scaleOf(rounds: number, width: number): RoundScale {
  const step = (width - RIM.left - RIM.right) / Math.max(rounds, 1);
  return {
    width,
    x: (round) => RIM.left + step * (round - 0.5),
    y: (share) => RIM.top + (1 - share) * (HEIGHT - RIM.top - RIM.bottom),
  };
}

/** Return the stretches of a line in which every value is there. */
function stretches(values: readonly (number | null)[], { x, y }: RoundScale): RoundPoint[][] {
  const found: RoundPoint[][] = [[]];
  values.forEach((value, place) => {
    if (isThere(value)) found.at(-1)?.push([x(place + 1), y(value)]);
    else if (found.at(-1)?.length) found.push([]);
  });
  return found.filter((points) => points.length > 0);
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

interface Props {
  readonly wall: WallState;
  readonly world: WallWorld;
  readonly label: string;
}

export function Chart({ wall, world, label }: Props) {
  const isAlone = wall.phase === "reveal" && wall.worlds.length === 1;
  const scale = scaleOf(wall.rounds, isAlone ? WIDTH_ALONE : WIDTH_BESIDE);
  const isByActs = wall.shows === "acts";
  const isGuessing = wall.reveal === 1;
  return (
    <svg class="wall-chart" viewBox={`0 0 ${scale.width} ${HEIGHT}`} role="img" aria-label={label} data-reveal={wall.reveal}>
      <Axes wall={wall} world={world} scale={scale} />
      {world.fan && <FanOf band={world.fan} scale={scale} />}
      {world.shoes && <path class="shoes" d={bandPath(world.shoes.low90, world.shoes.high90, scale)} />}
      {guessesOf(wall).map((values, n) => stretches(values, scale).map((points) => <path key={n} class="guess" d={path(points)} />))}
      {stretches(medianOf(wall), scale).map((points) => (
        <path class="guess-median" d={path(points)} />
      ))}
      {world.twins && <Marked values={world.twins} scale={scale} name="twins" />}
      {!isGuessing && <Marked values={world.shares} scale={scale} name={isByActs ? "class-of-acts" : "class"} acts={isByActs ? world.acts : null} />}
    </svg>
  );
}

function Axes({ wall, world, scale }: { readonly wall: WallState; readonly world: WallWorld; readonly scale: RoundScale }) {
  const { t } = useWords();
  const changes = changesOf(world.acts);
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
              {t("room.rule_mark", { letter: letterOf(act) })}
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

interface MarkedProps {
  readonly values: readonly (number | null)[];
  readonly scale: RoundScale;
  readonly name: "class" | "class-of-acts" | "twins";
  readonly acts?: readonly number[] | null;
}

/** A line with a mark at each quarter; where means of acts are shown, it breaks where the rule changes. */
function Marked({ values, scale, name, acts = null }: MarkedProps) {
  const parts = acts
    ? [...new Set(acts)].map((act) => values.map((value, place) => (acts[place] === act ? value : null)))
    : [values];
  return (
    <g class={`line-of-${name}`}>
      {parts.flatMap((part, n) =>
        stretches(part, scale).map((points) => (
          <g key={n}>
            <path d={path(points)} />
            {(name !== "class-of-acts" || points.length === 1) && points.map(([x, y]) => <Mark key={x} x={x} y={y} isTwin={name === "twins"} />)}
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
    [world.fan !== null, "room.key_fan", <FanSign />],
    [world.twins !== null, "room.key_twins", <TwinSign />],
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
