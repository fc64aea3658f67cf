/** The runs of a lesson, worked out in the background while the class predicts. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { useFollower } from "../../follow/context";
import type { MeansByJurisdiction } from "../../follow/messages";
import type { MeasureName, ScenarioSpec } from "../../kernel/types";
import { scenarioNamed, WINDOW_MONTHS } from "../../model/model";
import { useEngine } from "../../runs/context";
import { useSession } from "../../store/context";
import { BASELINE } from "../../store/defaults";
import { specOf } from "../../store/spec";
import type { Size } from "../../store/types";
import type { RunResult } from "../../worker/messages";
import { policyOf, type Arm, type Lesson } from "./lesson";
import { jurisdictionsAsked, LESSON_RUNS, measuresOf, type ByJurisdictionAsked, type LessonRuns } from "./reading";

/** Lessons are run at the library's own size, so that the commands in the scripts give the same numbers. */
export function lessonSize(): Size {
  const { officials, jurisdictions, months } = scenarioNamed(BASELINE);
  return { officials, jurisdictions, months };
}

function specOfArm(arm: Arm): ScenarioSpec {
  return specOf(policyOf(arm), lessonSize());
}

/** So many runs of every policy are enough to draw what is given, while the others go on. */
const EARLY_RUNS = 5;

export interface Answered {
  readonly runs: LessonRuns | null;
  /** Runs for the line that is given while the class draws: the first few, then all. */
  readonly early: LessonRuns | null;
  readonly done: number;
  readonly total: number;
  readonly failure: string | null;
}

type MeansByArm = ReadonlyMap<string, MeansByJurisdiction>;

export function useAnswer(lesson: Lesson): Answered {
  const { pool } = useEngine();
  const follower = useFollower();
  const seed = useSession((session) => session.state.seed);
  const [results, setResults] = useState<readonly RunResult[] | null>(null);
  const [first, setFirst] = useState<readonly RunResult[] | null>(null);
  const [places, setPlaces] = useState<MeansByArm | null>(null);
  const [done, setDone] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const total = lesson.arm.length * LESSON_RUNS;

  useEffect(() => {
    setResults(null);
    setFirst(null);
    setDone(0);
    const enough = EARLY_RUNS * lesson.arm.length;
    const found: RunResult[] = [];
    return pool.request(
      { spec: lesson.arm.map(specOfArm), seed, replications: LESSON_RUNS, measures: measuresOf(lesson) },
      {
        onResults(some, nDone) {
          found.push(...some);
          if (found.length >= enough && found.length - some.length < enough) setFirst([...found]);
          setDone(nDone);
        },
        onFinished: () => setResults(found),
        onFailed: setFailure,
      },
      { lane: "lesson" },
    );
  }, [pool, lesson, seed]);

  useEffect(() => {
    if (!follower) return;
    setPlaces(null);
    const asked = jurisdictionsAsked(lesson);
    const found = new Map<string, MeansByJurisdiction>();
    if (asked.length === 0) setPlaces(found);
    const drops = asked.map(({ arm, measure }) => {
      const spec = specOfArm(armNamed(lesson, arm));
      return follower.ask<"jurisdictions">(
        `jurisdictions ${arm} ${measure}`,
        { type: "jurisdictions", spec, seed, replications: LESSON_RUNS, measure, windowMonths: WINDOW_MONTHS },
        (means) => {
          found.set(keyOf({ arm, measure }), means);
          if (found.size === asked.length) setPlaces(new Map(found));
        },
        setFailure,
      );
    });
    return () => drops.forEach((drop) => drop());
  }, [follower, lesson, seed]);

  const runs = useMemo(() => (results && places ? runsOf(lesson, results, places) : null), [lesson, results, places]);
  const few = useMemo(
    () => (first && lesson.prediction.form !== "jurisdictions" ? runsOf(lesson, first, new Map()) : null),
    [lesson, first],
  );
  return { runs, early: runs ?? few, done, total, failure };
}

function armNamed(lesson: Lesson, name: string): Arm {
  const found = lesson.arm.find((arm) => arm.name === name);
  if (!found) throw new Error(`the lesson has no policy ${name}`);
  return found;
}

function keyOf({ arm, measure }: ByJurisdictionAsked): string {
  return `${arm} ${measure}`;
}

/** Return the runs by policy and measure, in the order of their numbers. */
export function runsOf(lesson: Lesson, results: readonly RunResult[], places: MeansByArm): LessonRuns {
  const inOrder = [...results].sort((a, b) => a.run - b.run);
  const numberOf = new Map(lesson.arm.map((arm, number) => [arm.name, number]));
  return {
    ...lessonSize(),
    series(arm, measure: MeasureName) {
      const point = numberOf.get(arm);
      return inOrder.flatMap((result) => {
        const one = result.point === point ? result.series?.[measure] : undefined;
        return one ? [one] : [];
      });
    },
    byJurisdiction: (arm, measure) => places.get(keyOf({ arm, measure })) ?? [],
  };
}
