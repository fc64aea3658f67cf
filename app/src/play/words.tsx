/** The words of a room's pages: their own texts by key, the play's texts by language, points with their sign. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../store/types";
import { filled, type Tree, type Values } from "../text/text";

const MINUS = "−";

export interface Words {
  readonly language: Language;
  readonly t: (key: string, values?: Values) => string;
  /** Return what the server says in both languages. */
  readonly said: (texts: Readonly<Record<string, string>> | undefined) => string;
  /** Return sentences one after the other: parted by a space where the script has spaces. */
  readonly sentences: (...said: readonly string[]) => string;
  /** Return points with their sign. */
  readonly signed: (points: number) => string;
}

export type Texts = Readonly<Record<Language, Tree>>;

/** Return the language that a reader prefers, of those the pages have. */
export function languageOf(preferred: readonly string[]): Language {
  const found = preferred.find((language) => /^(zh|en)\b/i.test(language));
  return found?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

const MONTHS_OF_A_QUARTER = 3;

/** Say rounds instead of quarters, for plays whose rounds are none. */
export function inRounds(text: string): string {
  return text.replaceAll("个季度", "轮").replaceAll("季度", "轮").replaceAll("quarter", "round").replaceAll("Quarter", "Round");
}

/** Return the words in a language, for a play whose rounds have so many months. */
export function wordsIn(language: Language, texts: Texts, months = MONTHS_OF_A_QUARTER): Words {
  return {
    language,
    t(key, values = {}) {
      const [section = "", name = ""] = key.split(".");
      const found = texts[language][section];
      const text = typeof found === "object" ? found[name] : undefined;
      if (typeof text !== "string") throw new Error(`there is no text "${key}" in ${language}`);
      return filled(months === MONTHS_OF_A_QUARTER ? text : inRounds(text), values);
    },
    said: (both) => both?.[language === "en" ? "en" : "zh"] ?? "",
    sentences: (...told) => told.filter(Boolean).join(language === "en" ? " " : ""),
    signed,
  };
}

export function signed(points: number): string {
  const rounded = Math.round(points);
  if (rounded === 0) return "0";
  return rounded > 0 ? `+${rounded}` : `${MINUS}${-rounded}`;
}

const WordsContext = createContext<Words | null>(null);
export const WordsProvider = WordsContext.Provider;

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("no language above this component");
  return words;
}
