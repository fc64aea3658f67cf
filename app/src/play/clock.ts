/** What is left of a step's time: it runs down from the moment it was told; only the server's clock decides. */

import { useEffect, useState } from "preact/hooks";

export interface Deadline {
  readonly at: number;
  readonly isRunning: boolean;
  readonly leftMs: number;
}

/** Return when a time that is left ends, or null where no clock runs. */
export function deadlineOf(leftMs: number | null | undefined, isHeld: boolean): Deadline | null {
  if (leftMs === null || leftMs === undefined) return null;
  return { at: performance.now() + leftMs, isRunning: !isHeld, leftMs };
}

function secondsLeft(deadline: Deadline | null): number | null {
  if (!deadline) return null;
  const left = deadline.isRunning ? deadline.at - performance.now() : deadline.leftMs;
  return Math.max(Math.ceil(left / 1000), 0);
}

/** Return the whole seconds that are left, or null where no clock runs. */
export function useSecondsLeft(deadline: Deadline | null): number | null {
  const [, again] = useState(0);
  useEffect(() => {
    if (!deadline?.isRunning) return undefined;
    const timer = setInterval(() => again((n) => n + 1), 250);
    return () => clearInterval(timer);
  }, [deadline]);
  return secondsLeft(deadline);
}
