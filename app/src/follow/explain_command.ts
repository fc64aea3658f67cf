/** The command that explains the same official in the same month outside the page. */

import { ACTIONS, SWITCHES, scenarioNamed, valueAsSet } from "../model/model";
import { valueIn } from "../store/policy";
import type { Policy, Size } from "../store/types";

interface OfficialAsked {
  readonly policy: Policy;
  readonly size: Size;
  readonly seed: number;
  /** Both count from 0 here and from 1 in the command. */
  readonly official: number;
  readonly month: number;
}

export function explainCommand({ policy, size, seed, official, month }: OfficialAsked): string {
  const scenario = scenarioNamed(policy.scenario);
  const parts = [
    `python run.py explain ${policy.scenario}`,
    `--official ${official + 1} --month ${month + 1}`,
    `--seed ${seed} --officials ${size.officials} --months ${size.months}`,
    ...(scenario.listed.length > 0 ? [] : [`--from-start size.jurisdictions=${size.jurisdictions}`]),
    ...settingsOf(policy).map((setting) => `--from-start ${setting}`),
  ];
  return parts.join(" ");
}

/** Actions that are open are one setting of the library's. */
function settingsOf(policy: Policy): string[] {
  const switches = new Set(SWITCHES.values());
  const paths = Object.keys(policy.settings);
  const plain = paths.filter((path) => !switches.has(path)).map((path) => `${path}=${valueAsSet(path, policy.settings[path] ?? Number.NaN)}`);
  if (plain.length === paths.length) return plain;
  const isOpen = (action: string): boolean => {
    const path = SWITCHES.get(action);
    return path === undefined || valueIn(policy, path) !== 0;
  };
  return [...plain, `behaviour.actions=${ACTIONS.filter(isOpen).join(",")}`];
}
