/** All views of the page, in every state that looks another. */

export interface Place {
  readonly link: string;
  /** What is there once the view stands. */
  readonly shown: string;
}

const LONG_NAMES = "s=amnesty_on_paper&pin=inaction_punished";
/** One setting of the policy, told in its name; four of the pinned one, in a list. */
const CHANGED = `${LONG_NAMES}&ac.misconduct_severity=0.35&pin.ac.severity=0.2&pin.ac.misconduct_severity=0.4&pin.ex.disclosure=0.3&pin.gu.flexibility=0.2`;

export const PLACES: Readonly<Record<string, Place>> = {
  explore: { link: "", shown: ".explore [data-chart]" },
  "explore, pinned": { link: `${LONG_NAMES}&ac.severity=0.2`, shown: ".explore .difference" },
  "explore, pinned with changes": { link: `${CHANGED}`, shown: ".explore .difference" },
  people: { link: "w=people&month=37", shown: ".people[data-film]" },
  "people, one chosen": { link: "w=people&month=37&official=18", shown: ".official .reasons" },
  "compare, nothing pinned": { link: "w=compare", shown: ".compare-start" },
  compare: { link: `w=compare&${LONG_NAMES}&month=31&official=4`, shown: ".compare:has(.twins .reasons) [data-chart=difference]" },
  "compare, with changes": { link: `w=compare&${CHANGED}&month=31&official=4`, shown: ".compare:has(.twins .reasons) [data-chart=difference]" },
  map: { link: "w=map", shown: ".map-reading" },
  lessons: { link: "w=lessons", shown: ".lesson-card" },
  "a lesson, predicting": { link: "w=lessons&lesson=campaign_and_fear.0", shown: ".draw-handle" },
  "a lesson, locked": { link: "w=lessons&lesson=do_more_err_more.1&predicted=0.1_0.05_0.2", shown: "[data-ready='true'] .prediction" },
  "a lesson, revealed": { link: "w=lessons&lesson=one_size_fits_all.2", shown: ".lesson[data-step='reveal'] [data-chart]" },
  "a lesson, discussed": { link: "w=lessons&lesson=do_more_err_more.3", shown: ".lesson-cannot" },
  "a short lesson, revealed": { link: "w=lessons&lesson=campaign_and_fear.2&short=1&shown=1", shown: ".lesson-claims li" },
  report: { link: LONG_NAMES.replace("s=", "w=report&s="), shown: ".sheet" },
  "explore, presented": { link: `present=1&${LONG_NAMES}`, shown: ".explore .difference" },
  "a lesson, presented, predicting": { link: "present=1&w=lessons&lesson=tolerance_on_paper.0", shown: ".draw-handle" },
  "a lesson, presented, revealed": { link: "present=1&w=lessons&lesson=tolerance_on_paper.2", shown: ".lesson[data-step='reveal'] [data-chart]" },
};
