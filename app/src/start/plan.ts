/** What the first minute shows: how many officials, which month, and the rule that comes instead of the baseline. */

import type { Policy, Size } from "../store/types";

export const HUNDRED: Size = { officials: 100, jurisdictions: 2, months: 120 };
/** Three years on, so that officials have learnt which rule they live under; counted from 0. */
export const MONTH_SHOWN = 35;
export const OTHER_RULE: Policy = { scenario: "tolerance_seen", settings: {} };
