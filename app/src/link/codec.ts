/**
 * The link: what is not the default, as "key=value" pairs after the "#", and the seed always.
 *
 *   #v=2&n=7&l=zh-CN&w=map&s=crackdown&ac.severity=0.4&pin=baseline&pin.ex.probability=0.8
 *
 * A parameter is named by the first two letters of its table and its own name; one that is set by a word, by that word. A link that cannot be read in full is not
 * read at all: the page opens its default and says why. Nothing of a link is ever shown but as plain text.
 */

import { BASELINE, DEFAULT_POLICY, LARGEST_SEED, SIZE_LIMITS, defaultState } from "../store/defaults";
import { withValues } from "../store/policy";
import { LANGUAGES, VIEWS, type Language, type Notice, type PageState, type Policy, type Size } from "../store/types";
import {
  aboutParameter,
  boundsOf,
  NETWORK,
  parameterPaths,
  parametersOfTable,
  scenarioNamed,
  scenarioNames,
  valueAsSet,
  wordsOf,
} from "../model/model";
import type { LessonBounds } from "../model/lesson_bounds";
import { BadLink, numberIn, oneOf, shortened, wholeIn } from "./fields";

/** Raised where old links would mean something else: those of version 1 are of the model's first edition. */
export const VERSION = "2";
const FIRST_EDITION = "1";
export const LONGEST_LINK = 4000;
const SHARE_DIGITS = 4;
const LESSON = /^[a-z0-9_-]{1,40}$/;
const LANGUAGE_OF_LINKS: Language = "en";

/** Return the short name of a parameter in links. */
export function codeOf(path: string): string {
  const [table = "", name = ""] = path.split(".");
  return `${table.slice(0, 2)}.${name}`;
}

const PATH_OF = new Map(parameterPaths().map((path) => [codeOf(path), path]));

// --- Writing ---

type Pair = readonly [string, string];

function policyPairs(policy: Policy, prefix: "" | "pin"): Pair[] {
  const scenario: Pair[] = prefix ? [[prefix, policy.scenario]] : policy.scenario === BASELINE ? [] : [["s", policy.scenario]];
  const dot = prefix ? `${prefix}.` : "";
  return [...scenario, ...Object.entries(policy.settings).map(([path, value]): Pair => [dot + codeOf(path), valueAsSet(path, value)])];
}

function sizePairs(size: Size, standard: Size): Pair[] {
  const pairs: Pair[] = [
    ["officials", String(size.officials)],
    ["jurisdictions", String(size.jurisdictions)],
    ["months", String(size.months)],
  ];
  return pairs.filter(([key]) => size[key as keyof Size] !== standard[key as keyof Size]);
}

/** Return the link of a state, without the "#". The theme is the reader's own and stays out. */
export function linkOf(state: PageState): string {
  const standard = defaultState(LANGUAGE_OF_LINKS);
  const pairs: Pair[] = [
    ["v", VERSION],
    ["n", String(state.seed)],
  ];
  if (state.language !== standard.language) pairs.push(["l", state.language]);
  if (state.view !== standard.view) pairs.push(["w", state.view]);
  pairs.push(...policyPairs(state.policy, ""));
  if (state.pinned) pairs.push(...policyPairs(state.pinned, "pin"));
  pairs.push(...sizePairs(state.size, standard.size));
  if (state.month !== 0) pairs.push(["month", String(state.month + 1)]);
  if (state.selected !== null) pairs.push(["official", String(state.selected + 1)]);
  if (state.presenter) pairs.push(["present", "1"]);
  if (state.lesson) {
    pairs.push(["lesson", `${state.lesson.id}.${state.lesson.step}`]);
    if (state.lesson.isShort) pairs.push(["short", "1"]);
    if (state.lesson.shown) pairs.push(["shown", String(state.lesson.shown)]);
    if (state.lesson.prediction) pairs.push(["predicted", state.lesson.prediction.map(rounded).join("_")]);
  }
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
}

function rounded(value: number): string {
  return String(Number(value.toFixed(SHARE_DIGITS)));
}

// --- Reading ---

export interface OpenedLink {
  readonly state: PageState;
  readonly notices: readonly Notice[];
}

/** Return what a link (with or without "#") opens. `language` is the reader's, for where the link says nothing. */
export function opened(link: string, language: Language, lessons: readonly LessonBounds[]): OpenedLink {
  const text = link.replace(/^#/, "");
  if (text === "") return { state: defaultState(language), notices: [] };
  let spoken = language;
  try {
    const pairs = pairsOf(text);
    spoken = languageIn(pairs) ?? language;
    checkVersion(pairs.get("v"));
    return { state: stateOf(pairs, lessons), notices: [] };
  } catch (error) {
    if (!(error instanceof BadLink)) throw error;
    return { state: defaultState(spoken), notices: [{ key: `link.${error.reason}`, values: error.values }] };
  }
}

function pairsOf(text: string): Map<string, string> {
  if (text.length > LONGEST_LINK) throw new BadLink("too_long", { length: String(text.length), limit: String(LONGEST_LINK) });
  const pairs = new Map<string, string>();
  for (const part of text.split("&")) {
    const sign = part.indexOf("=");
    if (sign < 1) throw new BadLink("broken", { found: shortened(part) });
    const key = part.slice(0, sign);
    if (pairs.has(key)) throw new BadLink("twice", { key: shortened(key) });
    pairs.set(key, decoded(part.slice(sign + 1)));
  }
  return pairs;
}

function checkVersion(version: string | undefined): void {
  if (version === undefined) throw new BadLink("no_version");
  if (version === FIRST_EDITION) throw new BadLink("first_edition");
  if (version !== VERSION) throw new BadLink("other_version", { found: shortened(version), version: VERSION });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadLink("broken", { found: shortened(text) });
  }
}

function languageIn(pairs: ReadonlyMap<string, string>): Language | undefined {
  return LANGUAGES.find((language) => language === pairs.get("l"));
}

function stateOf(pairs: ReadonlyMap<string, string>, lessons: readonly LessonBounds[]): PageState {
  const left = new Map(pairs);
  left.delete("v");
  const taken = <Value>(key: string, read: (found: string) => Value, otherwise: Value): Value => {
    const found = left.get(key);
    left.delete(key);
    return found === undefined ? otherwise : read(found);
  };
  const standard = defaultState(LANGUAGE_OF_LINKS);
  if (!left.has("n")) throw new BadLink("no_seed");
  const seed = taken("n", (found) => wholeIn("n", found, [0, LARGEST_SEED]), standard.seed);
  const language = taken("l", (found) => oneOf("l", found, LANGUAGES), standard.language);
  const view = taken("w", (found) => oneOf("w", found, VIEWS), standard.view);
  const presenter = taken("present", (found) => oneOf("present", found, ["1"]) === "1", false);
  const size = sizeIn(taken, standard.size);
  // Months and officials count from 1 where people read or write them, and from 0 inside.
  const month = taken("month", (found) => wholeIn("month", found, [1, size.months]) - 1, 0);
  const selected = taken<number | null>("official", (found) => wholeIn("official", found, [1, size.officials]) - 1, null);
  const policy = policyIn(left, "") ?? DEFAULT_POLICY;
  const pinned = policyIn(left, "pin");
  const more: OfLesson = {
    predicted: taken("predicted", asFound, null),
    shown: taken("shown", asFound, null),
    short: taken("short", (found) => oneOf("short", found, ["1"]), null),
  };
  const lesson = taken<PageState["lesson"]>("lesson", (found) => lessonIn(found, more, lessons), null);
  if (!lesson && (more.predicted ?? more.shown ?? more.short) !== null) throw new BadLink("lesson_missing");
  for (const key of left.keys()) throw new BadLink("unknown_key", { key: shortened(key) });
  return { ...standard, seed, language, view, presenter, size, month, selected, policy, pinned, lesson };
}

type Taken = <Value>(key: string, read: (found: string) => Value, otherwise: Value) => Value;

function sizeIn(taken: Taken, standard: Size): Size {
  const part = (key: keyof Size): number => taken(key, (found) => wholeIn(key, found, SIZE_LIMITS[key]), standard[key]);
  const size = { officials: part("officials"), jurisdictions: part("jurisdictions"), months: part("months") };
  if (size.jurisdictions > size.officials) {
    const [found, high] = [String(size.jurisdictions), String(size.officials)];
    throw new BadLink("out_of_bounds", { key: "jurisdictions", found, low: "1", high });
  }
  return size;
}

/** Take the pairs of a policy out of those left: "s" and plain codes, or "pin" and codes after "pin.". */
function policyIn(left: Map<string, string>, prefix: "" | "pin"): Policy | null {
  const key = prefix || "s";
  const named = left.get(key);
  left.delete(key);
  const dot = prefix ? `${prefix}.` : "";
  const values: Record<string, number> = {};
  for (const [code, found] of [...left]) {
    const path = code.startsWith(dot) ? PATH_OF.get(code.slice(dot.length)) : undefined;
    if (path === undefined) continue;
    values[path] = settingIn(path, code, found);
    left.delete(code);
  }
  if (named === undefined && Object.keys(values).length === 0) return null;
  if (named === undefined && prefix) throw new BadLink("pin_without_policy");
  const scenario = named === undefined ? BASELINE : oneOf(key, named, scenarioNames());
  checkAges(scenario, values);
  return withValues({ scenario, settings: {} }, values);
}

const NETWORK_PATHS: ReadonlySet<string> = new Set(parametersOfTable("network"));

function settingIn(path: string, code: string, found: string): number {
  const words = wordsOf(path);
  const value = words.length > 0 ? words.indexOf(oneOf(code, found, words)) : numberOf(path, code, found);
  // The page's compiled rules know the first network only: what asks for another is not left out in silence.
  if (NETWORK_PATHS.has(path) && !(path === NETWORK && value === 0)) throw new BadLink("other_network", { key: code, found: shortened(found) });
  return value;
}

function numberOf(path: string, code: string, found: string): number {
  return (aboutParameter(path).unit === "switch" ? wholeIn : numberIn)(code, found, boundsOf(path));
}

/** The hope of promotion cannot fade after retirement: the one rule of the library that binds two parameters. */
function checkAges(scenario: string, values: Readonly<Record<string, number>>): void {
  const own = scenarioNamed(scenario).parameters;
  const [ceiling, retirement] = ["career.ceiling_age", "career.retirement_age"].map((path) => values[path] ?? own[path] ?? 0);
  if ((ceiling ?? 0) > (retirement ?? 0)) throw new BadLink("ages", { found: String(ceiling), high: String(retirement) });
}

/** What a link says of a lesson beside its name and step, as it stands there. */
interface OfLesson {
  readonly predicted: string | null;
  readonly shown: string | null;
  readonly short: string | null;
}

const asFound = (found: string): string | null => found;

function lessonIn(found: string, more: OfLesson, lessons: readonly LessonBounds[]): PageState["lesson"] {
  const [id = "", step = "", ...rest] = found.split(".");
  if (rest.length > 0 || !LESSON.test(id)) throw new BadLink("broken", { found: shortened(found) });
  const bounds = lessons.find((lesson) => lesson.id === id);
  if (!bounds) throw new BadLink("unknown_value", { key: "lesson", found: shortened(id) });
  const shown = more.shown === null ? 0 : wholeIn("shown", more.shown, [0, more.short ? bounds.short : bounds.claims]);
  const prediction = more.predicted === null ? null : predictionIn(more.predicted, bounds);
  return { id, step: wholeIn("lesson", step, [0, 99]), prediction, ...(shown > 0 && { shown }), ...(more.short && { isShort: true }) };
}

/** A prediction is drawn on the lesson's own axis, a value for each place of it. */
function predictionIn(found: string, { places, domain }: LessonBounds): readonly number[] {
  const parts = found.split("_");
  if (parts.length !== places) throw new BadLink("prediction_length", { found: String(parts.length), needed: String(places) });
  return parts.map((part) => numberIn("predicted", part, domain));
}
