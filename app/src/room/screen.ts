/** Freezing and blacking out the wall: by its own keys, or from the desk, which is another window of the same browser. */

import { useEffect, useState } from "preact/hooks";

export interface Screen {
  readonly isFrozen: boolean;
  readonly isBlack: boolean;
}

const CHANNEL = "room-wall";
const KEPT: Screen = { isFrozen: false, isBlack: false };

/** Return what is done to the wall, and how to change it, for all windows. */
export function useScreen(): readonly [Screen, (more: Partial<Screen>) => void] {
  const [screen, setScreen] = useState(KEPT);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => setScreen(data as Screen);
    return () => channel.close();
  }, []);
  const change = (more: Partial<Screen>): void => {
    const next = { ...screen, ...more };
    setScreen(next);
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(next);
    channel.close();
  };
  return [screen, change];
}

/** Call what belongs to a key, unless a field or another key needs it. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (target instanceof Element && target.closest("input, select, textarea, dialog")) return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  });
}
