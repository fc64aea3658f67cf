/** What the page knows of the model: exported from Python at build time, nothing typed twice. */

import data from "../../generated/model.json";
import { PARAMETER_PATHS, TABLES } from "../../generated/names";
import sources from "../../generated/sources.json";
import { shippedScenarios } from "../kernel/shipped";
import type { Change, ScenarioSpec } from "../kernel/types";

/** Values by "table.name", of whatever path: what levers and links ask for and set. */
export type ValuesByPath = Readonly<Record<string, number>>;

export type Range = readonly [number, number];

export interface AboutParameter {
  readonly unit: string;
  readonly plausible: Range | null;
  readonly standard: number;
  readonly source: string;
}

/** A change over time; its settings by any path, as levers ask for them. */
export type ChangeByPath = Omit<Change, "settings"> & { readonly settings: ValuesByPath };

/** A shipped scenario, with a value for every parameter before any change over time. */
export type Scenario = Omit<ScenarioSpec, "parameters" | "changes"> & {
  readonly parameters: ValuesByPath;
  readonly changes: readonly ChangeByPath[];
};

export interface Source {
  readonly author: string;
  readonly year: number;
  readonly title?: string;
  readonly published?: string;
  readonly doi?: string;
  readonly found_at?: string;
  readonly checked: string;
  readonly note: string;
}

const PARAMETERS = new Map(data.parameters.map((parameter) => [parameter.path, parameter]));
const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  shippedScenarios().map((scenario) => [scenario.name, scenario as Scenario]),
);
const WORDS: Readonly<Record<string, readonly string[] | undefined>> = data.words;
const NUMBERS_OF_RULES: Readonly<Record<string, readonly string[] | undefined>> = data.numbers_of_rules;
const UNITS = new Map(data.measures.map(({ name, unit }) => [name, unit]));

export const MODEL_VERSION = data.version;
export const MODEL_HASH = data.model_hash;
export const WINDOW_MONTHS = data.window_months;
/** Of how many months inaction makes a habit. */
export const HABIT_MONTHS = data.constants.habit_months;
export const HEADLINES: readonly string[] = data.measures.filter((measure) => measure.is_headline).map(({ name }) => name);
export const ACTIONS: readonly string[] = data.actions.map(({ name }) => name);

/** The parameter that opens an action, for those that can be closed. */
export const SWITCHES: ReadonlyMap<string, string> = new Map(
  data.actions.flatMap((action) => (action.switch === null ? [] : [[action.name, action.switch]])),
);

export function parameterPaths(): readonly string[] {
  return PARAMETER_PATHS;
}

export function tables(): readonly string[] {
  return TABLES;
}

export function parametersOfTable(table: string): string[] {
  return PARAMETER_PATHS.filter((path) => path.startsWith(`${table}.`));
}

function parameterAt(path: string): (typeof data.parameters)[number] {
  const found = PARAMETERS.get(path);
  if (!found) throw new Error(`there is no parameter ${path}`);
  return found;
}

export function aboutParameter(path: string): AboutParameter {
  const { unit, plausible, source, default: standard } = parameterAt(path);
  return { unit, source, plausible: plausible ? asRange(plausible) : null, standard: standard ?? Number.NaN };
}

/** Return what is possible for a parameter. */
export function boundsOf(path: string): Range {
  return asRange(parameterAt(path).bounds);
}

/** Return the words that a parameter can be set by, each with the number of its place; none if it is set by a number. */
export function wordsOf(path: string): readonly string[] {
  return WORDS[path] ?? [];
}

/** Return the word that a value of a parameter stands for, or undefined if it is a number. */
export function wordAt(path: string, value: number): string | undefined {
  return wordsOf(path)[value];
}

/** Return a value as the library is given it, and as links hold it: by its word, if it has one. */
export function valueAsSet(path: string, value: number): string {
  return wordAt(path, value) ?? String(value);
}

/** By which rule officials decide, and how far it takes the place of the default. */
export const RULE = "decision.rule";
export const RULE_WEIGHT = "decision.weight";
/** Whom officials see; the page's compiled rules know the first of the networks only. */
export const NETWORK = "network.kind";

/** Return the numbers that act under a decision rule and nowhere else. */
export function numbersOfRule(rule: string): readonly string[] {
  return NUMBERS_OF_RULES[rule] ?? [];
}

function asRange(pair: readonly number[]): Range {
  return [pair[0] ?? Number.NaN, pair[1] ?? Number.NaN];
}

/** Return the names of the shipped scenarios, the baseline first. */
export function scenarioNames(): string[] {
  return [...SCENARIOS.keys()];
}

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.get(name);
  if (!found) throw new Error(`there is no scenario ${name}`);
  return found;
}

export function unitOfMeasure(measure: string): string {
  const unit = UNITS.get(measure);
  if (unit === undefined) throw new Error(`there is no measure ${measure}`);
  return unit;
}

export function sourceNamed(key: string): Source | null {
  return Object.hasOwn(sources, key) ? (sources as unknown as Record<string, Source>)[key] ?? null : null;
}

/** Return a source as it is cited: who, when, what, where, and by which address it was found; what is not known is left out. */
export function referenceOf({ author, year, title, published, doi, found_at }: Source): string {
  const known = [author, year, title, published, doi && `https://doi.org/${doi}`, !title && !doi ? found_at : undefined];
  return known.filter((part) => part !== undefined && part !== "").join(", ");
}
