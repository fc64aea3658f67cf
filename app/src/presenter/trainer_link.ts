/** The presentation's end of the line to the trainer's window: it opens it, tells what is shown, and does what it asks. */

import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../store/context";
import type { Command } from "./steps";
import { newLineName, opensLine, trainerHash, type FromTrainer, type TrainerLine, type ToTrainer } from "./trainer_line";

interface ToldToTrainer {
  readonly isFrozen: boolean;
  readonly isBlack: boolean;
}

const WINDOW = "width=900,height=760";

/** Return how to open the trainer's window; once it is open it is told of everything and may do what keys do. */
export function useTrainerLink({ isFrozen, isBlack }: ToldToTrainer, act: (command: Command) => void): () => void {
  const store = useStore();
  const line = useRef<TrainerLine<ToTrainer> | null>(null);
  const newest = useRef({ isFrozen, isBlack, act });
  newest.current = { isFrozen, isBlack, act };
  const tell = (): void => {
    const { isFrozen: frozen, isBlack: black } = newest.current;
    line.current?.send({ type: "shown", shown: { state: store.session().state, isFrozen: frozen, isBlack: black } });
  };
  useEffect(tell, [isFrozen, isBlack]);
  useEffect(() => {
    const stop = store.subscribe(tell);
    return () => {
      stop();
      line.current?.send({ type: "ended" });
      line.current?.close();
    };
  }, [store]);
  return () => {
    const name = newLineName();
    const opened = window.open(location.href.replace(/#.*$/s, "") + trainerHash(name), "", WINDOW);
    line.current?.close();
    line.current = opensLine<ToTrainer, FromTrainer>(name, opened, (message) => {
      if (message.type === "hello") tell();
      else newest.current.act(message.command);
    });
  };
}
