/** How components read the words and numbers of the language chosen. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { numbersIn, type Numbers } from "./numbers";
import { textIn, type Text } from "./text";
import type { Language } from "../store/types";

export interface Speech extends Text {
  readonly numbers: Numbers;
}

export function speechIn(language: Language): Speech {
  return { ...textIn(language), numbers: numbersIn(language) };
}

const SpeechContext = createContext<Speech | null>(null);
export const SpeechProvider = SpeechContext.Provider;

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error("no language above this component");
  return speech;
}
