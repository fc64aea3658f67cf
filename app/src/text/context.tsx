/** How components read the words and numbers of the language chosen. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../store/types";
import { numbersIn, type Numbers } from "./numbers";
import { textIn, type PageText } from "./text";

export interface Speech extends PageText {
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
