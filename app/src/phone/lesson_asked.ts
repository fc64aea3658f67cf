/** What a lesson asks a class to predict, as its file says; of the lessons, phones carry no more than this. */

import type { Language } from "../store/types";

interface TwoTexts {
  readonly en: string;
  readonly zh: string;
}

interface AskedPrediction {
  readonly form: "points" | "curve" | "jurisdictions";
  readonly title: TwoTexts;
  readonly task: TwoTexts;
  readonly domain: readonly [number, number];
  readonly places?: readonly TwoTexts[];
  readonly from_year?: number;
}

export interface LessonAsked {
  readonly title: string;
  readonly task: string;
  readonly domain: readonly [number, number];
  /** The name of each place that has one of its own; years and jurisdictions are counted from `first`. */
  readonly names: readonly string[] | null;
  readonly first: number;
  readonly form: AskedPrediction["form"];
  /** Whether the places are steps of one scale, so that a line joins them. */
  readonly isJoined: boolean;
}

const FILES: Readonly<Record<string, unknown>> = import.meta.glob("../../lessons/*/lesson.toml", {
  eager: true,
  import: "default",
  query: "?prediction",
});

const PREDICTIONS: ReadonlyMap<string, AskedPrediction> = new Map(
  Object.entries(FILES).map(([path, content]) => [path.split("/").at(-2) ?? "", content as AskedPrediction]),
);

/** Return what a lesson asks, or null if this page knows no lesson of that name. */
export function lessonAsked(name: string, language: Language): LessonAsked | null {
  const found = PREDICTIONS.get(name);
  if (!found) return null;
  const said = (text: TwoTexts): string => text[language === "en" ? "en" : "zh"];
  const { form, domain, places = [], from_year: first = 1 } = found;
  return {
    title: said(found.title),
    task: said(found.task),
    domain,
    names: form === "points" ? places.map(said) : null,
    first,
    form,
    isJoined: form !== "points" || places.every(({ en }) => Number.isFinite(Number(en))),
  };
}
