/** What a policy sets over time and by place, in words. */

import { aboutParameter, scenarioNamed, type ChangeByPath, type Scenario, type ValuesByPath } from "../model/model";
import type { Policy } from "../store/types";
import type { Speech } from "../text/context";
import { said } from "../text/text";
import { LEVER_TABLES } from "./groups";
import { settingSaid } from "./rule_said";

function settingsSaid(settings: ValuesByPath, speech: Speech): string {
  const parts = Object.entries(settings).map(([path, value]) =>
    speech.t("levers.setting", {
      label: speech.word("parameters", path, "label") ?? path,
      value: settingSaid(path, value, speech),
    }),
  );
  return parts.join(speech.t("levers.between"));
}

function changeSaid(change: ChangeByPath, speech: Speech): string {
  const what = settingsSaid(change.settings, speech);
  const { until, phaseInMonths: steps } = change;
  // Months count from 1 wherever people read them; the first that is other is the one numbered `month` from 0.
  const month = change.month + 1;
  const isPhased = steps > 1;
  if (until === null) {
    return speech.t(isPhased ? "levers.change_phased" : "levers.change_once", { month, steps, what });
  }
  const values = { month, last: until, steps, what };
  return speech.t(isPhased ? "levers.change_phased_for_a_time" : "levers.change_for_a_time", values);
}

/** Return a sentence for each change over time and each listed jurisdiction of a scenario. */
export function changesSaid(scenario: Scenario, speech: Speech): string[] {
  const total = scenario.listed.reduce((sum, place) => sum + place.officials, 0);
  const places = scenario.listed.map((place) =>
    speech.t("levers.place", {
      name: said(place.name, speech.language),
      share: speech.numbers.wholePercent(place.officials / total),
      what: settingsSaid(place.settings, speech),
    }),
  );
  return [...scenario.changes.map((change) => changeSaid(change, speech)), ...places];
}

/** Return what a scenario sets from the start that no lever shows, in a sentence; none if there is nothing. */
export function unseenSaid(scenario: Scenario, speech: Speech): string[] {
  const isLever = (path: string): boolean => LEVER_TABLES.some((table) => path.startsWith(`${table}.`));
  const settings = Object.entries(scenario.parameters).filter(
    ([path, value]) => !isLever(path) && !Object.is(value, aboutParameter(path).standard),
  );
  if (settings.length === 0) return [];
  return [speech.t("levers.throughout", { what: settingsSaid(Object.fromEntries(settings), speech) })];
}

/** Return a policy's name: its scenario's title, and what was set otherwise; of several settings the first, and how many more. */
export function titleOfPolicy(policy: Policy, speech: Speech): string {
  const title = said(scenarioNamed(policy.scenario).title, speech.language);
  const [first, ...others] = Object.entries(policy.settings);
  if (!first) return title;
  const what = settingsSaid(Object.fromEntries([first]), speech);
  return speech.t(others.length === 0 ? "levers.title_changed" : "levers.title_changed_more", { title, what, n: others.length });
}

/** Return a policy's name and how many parameters were set otherwise, for where a list beside it says which. */
export function shortTitleOfPolicy(policy: Policy, speech: Speech): string {
  const title = said(scenarioNamed(policy.scenario).title, speech.language);
  const n = Object.keys(policy.settings).length;
  return n === 0 ? title : speech.t("levers.title_counted", { title, n });
}

/** Return a line for each parameter that a policy sets otherwise than its scenario: the value, and the scenario's own. */
export function settingsChangedSaid(policy: Policy, speech: Speech): string[] {
  const own = scenarioNamed(policy.scenario).parameters;
  return Object.entries(policy.settings).map(([path, value]) =>
    speech.t("levers.setting_changed", {
      what: settingsSaid({ [path]: value }, speech),
      own: settingSaid(path, own[path] ?? Number.NaN, speech),
    }),
  );
}
