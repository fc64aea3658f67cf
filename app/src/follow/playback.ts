/** Playing a run: months pass with the clock; whoever moves the month by hand goes on from there. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useDispatch, useSession, useStore } from "../store/context";

/** Months a second. */
export const SPEEDS = [1, 2, 4, 8, 16] as const;
export type Speed = (typeof SPEEDS)[number];
const USUAL_SPEED: Speed = 4;
/** A page that was hidden does not race through the months that it missed. */
const LONGEST_FRAME_MS = 250;

export interface Playback {
  readonly month: number;
  readonly months: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly play: () => void;
  readonly pause: () => void;
  readonly goTo: (month: number) => void;
  readonly setSpeed: (speed: Speed) => void;
}

/** Return the month after some time, and what is left of the time; null at the end of the run. */
export function afterTime(month: number, months: number, owed: number): { month: number; owed: number } | null {
  if (month >= months - 1) return null;
  const passed = Math.floor(owed);
  return { month: Math.min(month + passed, months - 1), owed: owed - passed };
}

export function usePlayback(): Playback {
  const store = useStore();
  const dispatch = useDispatch();
  const month = useSession((session) => session.state.month);
  const months = useSession((session) => session.state.size.months);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(USUAL_SPEED);
  const pace = useRef<number>(speed);
  pace.current = speed;
  // Effects end a moment late; a pause holds at once.
  const isHeld = useRef(false);
  const pause = (): void => {
    isHeld.current = true;
    setPlaying(false);
  };

  useEffect(() => {
    if (!isPlaying) return;
    isHeld.current = false;
    let owed = 0;
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now: number) {
      if (isHeld.current) return;
      const { month: at, size } = store.session().state;
      owed += (Math.min(now - last, LONGEST_FRAME_MS) / 1000) * pace.current;
      last = now;
      const next = afterTime(at, size.months, owed);
      if (!next) return setPlaying(false);
      owed = next.owed;
      if (next.month !== at) dispatch({ type: "month", month: next.month });
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, store]);

  return {
    month,
    months,
    isPlaying,
    speed,
    play() {
      if (month >= months - 1) dispatch({ type: "month", month: 0 });
      setPlaying(true);
    },
    pause,
    goTo(to) {
      pause();
      dispatch({ type: "month", month: to });
    },
    setSpeed,
  };
}
