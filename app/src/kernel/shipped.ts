/** The shipped scenarios and the default policy, as exported from Python. */

import model from "../../generated/model.json";
import { PARAMETER_PATHS, type ParameterPath } from "../../generated/names";
import scenarios from "../../generated/scenarios.json";
import type { Change, Jurisdiction, ParameterValues, ScenarioSpec, Settings, Text } from "./types";

const DEFAULTS = new Map(model.parameters.map(({ path, default: value }) => [path, value ?? Number.NaN]));

type ExportedSettings = Readonly<Record<string, number | undefined>>;

/** A scenario as Python exports it: of its parameters those that differ from the defaults. */
export interface ExportedScenario {
  readonly name: string;
  readonly title: Text;
  readonly question: Text;
  readonly references: readonly string[];
  readonly officials: number;
  readonly jurisdictions: number;
  readonly months: number;
  readonly settings: ExportedSettings;
  readonly listed: readonly { readonly name: Text; readonly officials: number; readonly settings: ExportedSettings }[];
  readonly changes: readonly (Omit<Change, "settings"> & { readonly settings: ExportedSettings })[];
}

/** Return the policy with every parameter at its default. */
export function defaultPolicy(): ParameterValues {
  const values = PARAMETER_PATHS.map((path): [ParameterPath, number] => [path, DEFAULTS.get(path) ?? Number.NaN]);
  return Object.fromEntries(values) as ParameterValues;
}

/** Return the scenario that was exported. */
export function scenarioOf(exported: ExportedScenario): ScenarioSpec {
  const { settings, listed, changes, ...same } = exported;
  return {
    ...same,
    parameters: { ...defaultPolicy(), ...(settings as Settings) },
    listed: listed.map((one): Jurisdiction => ({ ...one, settings: one.settings as Settings })),
    changes: changes.map((one): Change => ({ ...one, settings: one.settings as Settings })),
  };
}

/** Return the shipped scenarios, the baseline first. */
export function shippedScenarios(): readonly ScenarioSpec[] {
  return scenarios.map((scenario) => scenarioOf(scenario));
}
