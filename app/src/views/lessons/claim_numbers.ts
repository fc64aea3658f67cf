/** What stands behind a claim, in numbers with their units: two values, their difference, its interval. */

import { unitOfMeasure } from "../../model/model";
import type { Speech } from "../../text/context";
import { mannerOfLine } from "./lesson_chart";
import type { Claim, LineAsked } from "./lesson";
import { namesIn, type ClaimRead, type LessonRuns } from "./reading";

/** Keys of the page's texts for the units in which claims are counted. */
const UNITS: Readonly<Record<string, string>> = {
  "count per month": "count",
  "per 100 officials and year": "per_100",
  "value per official and month": "value",
};

/** Return a claim's two values and their difference with its interval. */
export function claimNumbers({ claim, effect }: ClaimRead, { officials }: Pick<LessonRuns, "officials">, speech: Speech): string {
  const manner = mannerOfLine(lineOfClaim(claim), speech);
  const isDifference = claim.quantity.less !== undefined;
  const value = (number: number): string => {
    if (isDifference) return manner.difference(number);
    return manner.unit ? `${manner.value(number)} ${manner.unit}` : manner.value(number);
  };
  const unit = unitOfClaim(claim);
  const [low, high] = manner.differenceEnds(effect.low, effect.high);
  return speech.t("lessons.claim_numbers", {
    own: value(effect.mean),
    other: value(effect.reference_mean),
    unit: unit ? speech.t(`lessons.unit_${unit}`, { n: speech.numbers.whole(officials) }) : "",
    difference: manner.difference(effect.difference),
    low,
    high,
  });
}

/** Return the key of a claim's unit, or null where its numbers are shares. */
function unitOfClaim({ quantity: { measure, per } }: Claim): string | null {
  const [first = "innovation_rate" as const] = namesIn(measure);
  return per === undefined ? (UNITS[unitOfMeasure(first)] ?? null) : null;
}

function lineOfClaim({ quantity, text }: Claim): LineAsked {
  const { arm, measure, per } = quantity;
  return { title: text, arms: [arm], measures: [measure], ...(per && { per: [per] }) };
}
