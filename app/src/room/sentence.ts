/** The sentence below the wall's drawing. */

import type { WallState, WallWorld } from "../../generated/room_messages";
import type { Words } from "../play/words";
import { hasLine, isThere, letterOf, meanOf, medianOf, meansOfActs, within } from "./readings";

const [CLASS, FAN, TWINS, SHOES] = [2, 3, 4, 5];

export function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function actsTold(shares: readonly (number | null)[], world: WallWorld, { t, language }: Words): string {
  const told = meansOfActs(shares, world.acts).map(([act, share]) => t("room.sentence_act", { share: percent(share), letter: letterOf(act) }));
  return told.join(language === "en" ? ", " : "，");
}

/** Return what the drawing of the first world says. */
export function sentenceOf(wall: WallState, words: Words): string {
  const { t } = words;
  const world = wall.worlds[0];
  if (wall.reveal === 1) return guessesTold(wall, words);
  if (wall.shows === "nothing" && wall.round > 1) return t("room.too_few");
  if (!world || !hasLine(wall)) return t("room.sentence_none");
  if (wall.reveal >= SHOES && world.shoes) return t("room.sentence_shoes", within(world, world.shoes));
  if (wall.reveal >= TWINS && world.twins) {
    return t("room.sentence_twins", { twins: percent(meanOf(world.twins)), own: percent(meanOf(world.shares)) });
  }
  if (wall.reveal >= FAN && world.fan) {
    return t("room.sentence_fan", { acts: actsTold(world.fan.median, world, words), ...within(world, world.fan) });
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
