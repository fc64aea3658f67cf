/** The lessons as their files say: a folder each under app/lessons, checked by `python -m app.teaching.commands --check`. */

import type { Text } from "../../kernel/types";
import { drawnPlaces } from "../../model/lesson_bounds";
import type { ValuesByPath } from "../../model/model";
import type { LessonState, PageState, Policy } from "../../store/types";

export const STEPS = ["predict", "lock", "reveal", "discuss"] as const;
export type StepName = (typeof STEPS)[number];

/** A measure, or several added up and taken off: "cases - exemptions". */
export type MeasureSum = string;

/** A policy that a lesson compares. */
export interface Arm {
  readonly name: string;
  readonly scenario: string;
  readonly settings?: ValuesByPath;
  readonly title: Text;
}

/** Values of a chart, a place each; a list of one stands for all places. */
export interface LineAsked {
  readonly title: Text;
  readonly arms: readonly string[];
  readonly measures: readonly MeasureSum[];
  /** For counts: divided by how many officials spent the month so. */
  readonly per?: readonly MeasureSum[];
  /** Other policies, whose values are taken off run by run. */
  readonly less?: readonly string[];
}

export interface ChartAsked {
  readonly form: "points" | "curve" | "jurisdictions";
  readonly title: Text;
  /** The names of the places, for points. */
  readonly places?: readonly Text[];
  /** Months in which the policy changes, for curves. */
  readonly marks?: readonly number[];
}

export interface Prediction extends ChartAsked {
  readonly task: Text;
  readonly domain: readonly [number, number];
  /** The first year to be drawn, for curves; 1 if not given. */
  readonly from_year?: number;
  readonly given?: LineAsked;
  readonly asked: LineAsked;
}

export interface Reveal extends ChartAsked {
  readonly reading: Text;
  readonly line: readonly LineAsked[];
}

export interface Quantity {
  readonly arm: string;
  readonly measure: MeasureSum;
  readonly per?: MeasureSum;
  /** Another policy, whose value is taken off. */
  readonly less?: string;
  /** First and last year of the mean; the last five if not given. */
  readonly years?: readonly [number, number];
  /** One jurisdiction, from 1; all if not given. */
  readonly jurisdiction?: number;
}

/** How a claim's quantity lies to what it is compared with; also what a room may guess. */
export const OUTCOMES_OF_CLAIMS = ["above", "same", "below"] as const;
export type OutcomeOfClaim = (typeof OUTCOMES_OF_CLAIMS)[number];

export interface Claim {
  /** Its place among all claims of the lesson, from 0; a short lesson keeps some. */
  readonly number: number;
  readonly text: Text;
  /** What the room is asked before it reads the claim. */
  readonly ask: Text;
  readonly is: OutcomeOfClaim;
  /** The further chart that shows it, from 1; the one before it if not given. */
  readonly chart?: number;
  readonly within?: number;
  readonly quantity: Quantity;
  readonly than: Quantity;
}

export interface Step {
  readonly minutes: number;
  readonly does: Text;
  readonly questions: readonly Text[];
}

export interface Lesson {
  readonly id: string;
  readonly number: number;
  readonly references: readonly string[];
  readonly title: Text;
  readonly question: Text;
  readonly story: Text;
  readonly arm: readonly Arm[];
  readonly prediction: Prediction;
  readonly reveal: readonly Reveal[];
  readonly claim: readonly Claim[];
  readonly step: Readonly<Record<StepName, Step>>;
  readonly cannot_tell: readonly Text[];
  /** The claims that a short lesson keeps, from 1. */
  readonly short: readonly number[];
  /** Whether it is the short one, of fifteen minutes. */
  readonly isShort: boolean;
}

type WrittenLesson = Omit<Lesson, "id" | "claim" | "isShort"> & { readonly claim: readonly Omit<Claim, "number">[] };

function lessonIn(id: string, file: WrittenLesson): Lesson {
  return { ...file, id, isShort: false, claim: file.claim.map((claim, number) => ({ ...claim, number })) };
}

const FILES: Readonly<Record<string, unknown>> = import.meta.glob("../../../lessons/*/lesson.toml", {
  eager: true,
  import: "default",
});

const LESSONS: readonly Lesson[] = Object.entries(FILES)
  .map(([path, content]) => lessonIn(path.split("/").at(-2) ?? "", content as WrittenLesson))
  .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));

/** Return all lessons in the order of their numbers. */
export function lessons(): readonly Lesson[] {
  return LESSONS;
}

/** As in the script of the class kit. */
export const SHORT_MINUTES: Readonly<Record<StepName, number>> = { predict: 3, lock: 1, reveal: 7, discuss: 4 };

/** Return a lesson in fifteen minutes: the same prediction, the few claims that its file names, one question to discuss. */
function shortOf(lesson: Lesson): Lesson {
  let chart: number | undefined;
  const claim = lesson.claim.flatMap((one) => {
    // A claim without a chart of its own is shown by the one before it, which may be left out.
    chart = one.chart ?? chart;
    return lesson.short.includes(one.number + 1) ? [chart === undefined ? one : { ...one, chart }] : [];
  });
  const inMinutes = (step: StepName): Lesson["step"][StepName] => ({
    ...lesson.step[step],
    minutes: SHORT_MINUTES[step],
    questions: step === "discuss" ? lesson.step[step].questions.slice(0, 1) : [],
  });
  const step = { predict: inMinutes("predict"), lock: inMinutes("lock"), reveal: inMinutes("reveal"), discuss: inMinutes("discuss") };
  return { ...lesson, claim, step, isShort: true };
}

const SHORT: ReadonlyMap<string, Lesson> = new Map(LESSONS.map((lesson) => [lesson.id, shortOf(lesson)]));

/** Return the lesson that a class is in, whole or short; undefined if there is none of that name. */
export function lessonAt(at: Pick<LessonState, "id" | "isShort">): Lesson | undefined {
  return at.isShort ? SHORT.get(at.id) : LESSONS.find(({ id }) => id === at.id);
}

export function policyOf(arm: Arm): Policy {
  return { scenario: arm.scenario, settings: arm.settings ?? {} };
}

export function minutesOf(lesson: Lesson): number {
  return STEPS.reduce((sum, step) => sum + lesson.step[step].minutes, 0);
}

/** Return how many values the class draws. */
export function placesDrawn({ prediction }: Lesson): number {
  return drawnPlaces(prediction);
}

/** Return the lesson under way, if the view of lessons shows one. */
export function lessonOf({ view, lesson }: PageState): Lesson | undefined {
  return view === "lessons" && lesson ? lessonAt(lesson) : undefined;
}

/** Return the step a lesson is at; numbers beyond the last stand for it. */
export function stepOf({ step }: LessonState): StepName {
  return STEPS[Math.min(step, STEPS.length - 1)] ?? "predict";
}
