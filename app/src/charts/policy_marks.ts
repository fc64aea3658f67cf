/** Where a policy changes over time: marks on the axis of months. */

import { scenarioNamed } from "../model/model";
import type { Mark } from "./time_chart";

/** Return the months at which a scenario's changes begin and end. */
export function marksOf(scenario: string): Mark[] {
  const months = scenarioNamed(scenario).changes.flatMap(({ month, until }) => (until === null ? [month] : [month, until]));
  return [...new Set(months)].map((month) => ({ month }));
}
