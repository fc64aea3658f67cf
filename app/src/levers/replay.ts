/** Shows the last change again: how it was before, then the way to how it is now. */

import { useEffect } from "preact/hooks";
import { useSession, useStore } from "../store/context";

const BEFORE_MS = 900;
const ON_THE_WAY_MS = 1400;

export interface ReplayControl {
  readonly isPlaying: boolean;
  readonly start: () => void;
}

/** Return how far on the way the replay is after some time; who wants less motion sees before and after only. */
export function progressAfter(elapsedMs: number, wantsLessMotion: boolean): number {
  if (elapsedMs < BEFORE_MS) return 0;
  if (wantsLessMotion) return elapsedMs < BEFORE_MS + ON_THE_WAY_MS ? 0 : 1;
  return Math.min(1, (elapsedMs - BEFORE_MS) / ON_THE_WAY_MS);
}

export function useReplay(): ReplayControl {
  const store = useStore();
  const isPlaying = useSession((session) => session.replay !== null);
  useEffect(() => {
    if (!isPlaying) return;
    const began = performance.now();
    const wantsLessMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let frame = requestAnimationFrame(function step(now) {
      const progress = progressAfter(now - began, wantsLessMotion);
      store.dispatch({ type: "replay", progress: progress < 1 ? progress : "end" });
      if (progress < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, store]);
  return { isPlaying, start: () => store.dispatch({ type: "replay", progress: "start" }) };
}
