/** What the trainer does in a step of a lesson, whole or short. */

import type { Speech } from "../../text/context";
import { said } from "../../text/text";
import type { Lesson, StepName } from "./lesson";

export function doesSaid(lesson: Lesson, step: StepName, { t, language }: Speech): string {
  return lesson.isShort ? t(`lessons.short_${step}`) : said(lesson.step[step].does, language);
}
