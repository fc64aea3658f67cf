/** What officials did in a month, counted and in words. */

import { ACTIONS, LEAVES, OUTCOMES } from "../../generated/names";
import type { Speech } from "../text/context";
import { said } from "../text/text";
import type { Scenario } from "../model/model";
import type { Data } from "../take/csv";
import type { Film } from "./messages";

/** Return how many officials did each action in a month, of all or of one jurisdiction. */
export function countsIn(film: Film, month: number, jurisdiction?: number): number[] {
  const counts = ACTIONS.map(() => 0);
  for (let official = 0; official < film.officials; official++) {
    if (jurisdiction !== undefined && film.jurisdiction[official] !== jurisdiction) continue;
    const action = film.action[month * film.officials + official] ?? 0;
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

export function actionSaid(action: string, { word }: Speech): string {
  return word("actions", action, "label") ?? action;
}

/** Return the sentence of a month: each action with the share of officials who did it. */
export function countsSaid(film: Film, month: number, speech: Speech): string {
  return countsIn(film, month)
    .map((count, action) =>
      speech.t("explore.mix_part", {
        action: actionSaid(ACTIONS[action] ?? "", speech),
        share: speech.numbers.percent(count / film.officials),
      }),
    )
    .join(speech.t("levers.between"));
}

/** Return what one official did in a month and how it turned out. */
export function deedSaid(film: Film, official: number, month: number, speech: Speech): string {
  const at = month * film.officials + official;
  const outcome = OUTCOMES[film.outcome[at] ?? 0] ?? "nothing";
  const leaves = LEAVES[film.leaves[at] ?? 0] ?? "stays";
  const parts = [
    speech.t("people.deed", { n: official + 1, action: actionSaid(ACTIONS[film.action[at] ?? 0] ?? "", speech) }),
    ...(outcome === "nothing" ? [] : [speech.word("outcomes", outcome) ?? outcome]),
    ...(leaves === "stays" ? [] : [speech.t(`people.${leaves}`)]),
  ];
  return parts.join(speech.t("levers.between"));
}

/** Return what every official did in a month, to be saved: a row each. */
export function deedsOf(film: Film, month: number, places: readonly string[], speech: Speech): Data {
  const { t, word } = speech;
  const head = ["people.month_head", "people.official_head", "people.place_head", "people.action_head", "people.outcome_head", "people.leaves_head"];
  return {
    head: head.map((key) => t(key)),
    rows: Array.from({ length: film.officials }, (_, official) => {
      const at = month * film.officials + official;
      const outcome = OUTCOMES[film.outcome[at] ?? 0] ?? "nothing";
      const leaves = LEAVES[film.leaves[at] ?? 0] ?? "stays";
      const place = places[film.jurisdiction[official] ?? 0] ?? "";
      const action = actionSaid(ACTIONS[film.action[at] ?? 0] ?? "", speech);
      const turned = outcome === "nothing" ? "" : (word("outcomes", outcome) ?? outcome);
      return [month + 1, official + 1, place, action, turned, leaves === "stays" ? "" : t(`people.${leaves}`)];
    }),
  };
}

/** Return the names of all jurisdictions: those that a scenario gives, or numbers. */
export function placeNamesOf(scenario: Scenario, jurisdictions: number, speech: Speech): string[] {
  const named = scenario.listed.map((place) => said(place.name, speech.language));
  if (named.length > 0) return named;
  return Array.from({ length: jurisdictions }, (_, place) => speech.t("people.place", { n: place + 1 }));
}
