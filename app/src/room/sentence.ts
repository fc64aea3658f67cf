/** The sentence below the wall's drawing. */

import type { WallState, WallWorld } from "../../generated/room_messages";
import type { Words } from "../play/words";
import { hasLine, isThere, letterOf, meanOf, medianOf, meansOfStretches, within } from "./readings";

const [CLASS, FAN, TWINS, SHOES] = [2, 3, 4, 5];

export function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function actsTold(shares: readonly (number | null)[], world: WallWorld, { t, language }: Words): string {
  const told = meansOfStretches(shares, world).map(([act, share]) => t("room.sentence_act", { share: percent(share), letter: letterOf(act) }));
  return told.join(language === "en" ? ", " : "，");
}

/** Return what the drawing of a world says, and what of it was private gain where that can be chosen. */
export function sentenceOf(wall: WallState, world: WallWorld, words: Words): string {
  return words.sentences(lineTold(wall, world, words), gainTold(wall, world, words));
}

function gainTold(wall: WallState, world: WallWorld, words: Words): string {
  if (wall.reveal === CLASS && world.gain) return words.t("room.sentence_gain", { acts: actsTold(world.gain, world, words) });
  if (wall.reveal === FAN && world.gain_of_model) return words.t("room.sentence_gain_model", { acts: actsTold(world.gain_of_model, world, words) });
  return "";
}

/** Return what the line of a world says; of what is guessed and of what may not be shown, all worlds say the same. */
function lineTold(wall: WallState, world: WallWorld, words: Words): string {
  const { t } = words;
  if (wall.reveal === 1) return guessesTold(wall, words);
  if (wall.shows === "nothing" && wall.round > 1) return t("room.too_few");
  if (!hasLine(world)) return t("room.sentence_none");
  const counted = wall.shows === "acts" ? "_acts" : "";
  if (wall.reveal >= SHOES && world.shoes) return t(`room.sentence_shoes${counted}`, within(world, world.shoes, wall.shows));
  if (wall.reveal >= TWINS && world.twins) {
    return t("room.sentence_twins", { twins: percent(meanOf(world.twins)), own: percent(meanOf(world.shares)) });
  }
  if (wall.reveal >= FAN && world.fan) {
    return t(`room.sentence_fan${counted}`, { acts: actsTold(world.fan.median, world, words), ...within(world, world.fan, wall.shows) });
  }
  if (wall.reveal >= CLASS || wall.shows === "acts") return t("room.sentence_class", { acts: actsTold(world.shares, world, words) });
  const last = world.shares.findLastIndex(isThere);
  return t("room.sentence_line", { n: last + 1, share: percent(world.shares[last] ?? 0) });
}

function guessesTold(wall: WallState, { t }: Words): string {
  const [first, last] = [medianOf(wall)[0], medianOf(wall).at(-1)];
  if (wall.guesses && wall.guesses.n > 0 && first === undefined) return t("room.sentence_guesses_few");
  if (first === undefined || last === undefined) return t("room.sentence_guesses_none");
  return t("room.sentence_guesses", { n: wall.guesses?.n ?? 0, first: percent(first), last: percent(last) });
}
