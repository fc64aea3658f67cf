/** Which lessons there are, and what a link may say of each: a folder each under app/lessons. */

import { scenarioNamed, type Range } from "./model";

export interface LessonBounds {
  readonly id: string;
  /** How many values a class draws, and from where to where they may reach. */
  readonly places: number;
  readonly domain: Range;
  /** How many claims the reveal has. */
  readonly claims: number;
  /** How many of them the short lesson keeps. */
  readonly short: number;
}

interface LessonFile {
  readonly prediction: {
    readonly form: "points" | "curve" | "jurisdictions";
    readonly domain: Range;
    readonly places?: readonly unknown[];
    readonly from_year?: number;
  };
  readonly claim: readonly unknown[];
  readonly short: readonly number[];
}

const FILES: Readonly<Record<string, unknown>> = import.meta.glob("../../lessons/*/lesson.toml", {
  eager: true,
  import: "default",
});

const MONTHS_PER_YEAR = 12;
/** Lessons are run at the size of this scenario. */
const SIZED_AS = "baseline";

/** Return the bounds of every lesson, in the order of their folders. */
export function lessonBounds(): LessonBounds[] {
  return Object.entries(FILES).map(([path, content]) => {
    const { prediction, claim, short } = content as LessonFile;
    const id = path.split("/").at(-2) ?? "";
    return { id, places: drawnPlaces(prediction), domain: prediction.domain, claims: claim.length, short: short.length };
  });
}

/** Return how many values a class draws. */
export function drawnPlaces({ form, places, from_year }: LessonFile["prediction"]): number {
  const { months, jurisdictions } = scenarioNamed(SIZED_AS);
  switch (form) {
    case "points":
      return places?.length ?? 0;
    case "curve":
      return Math.floor(months / MONTHS_PER_YEAR) - (from_year ?? 1) + 1;
    case "jurisdictions":
      return jurisdictions;
  }
}
