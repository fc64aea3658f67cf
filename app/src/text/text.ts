/** The words of the page in one language: its own texts, and the catalogue that it shares with the library. */

import catalogueEn from "../../generated/catalogue.en.json";
import catalogueZh from "../../generated/catalogue.zh-CN.json";
import type { Text } from "../kernel/types";
import type { Language } from "../store/types";
import pageEn from "../../texts/en.toml";
import pageZh from "../../texts/zh-CN.toml";

export interface Tree {
  readonly [key: string]: string | Tree;
}

export type Values = Readonly<Record<string, string | number>>;

export interface PageText {
  readonly language: Language;
  /** Return the page's text at a key, "{name}" replaced by values. */
  readonly t: (key: string, values?: Values) => string;
  /** Return the catalogue's text at a path, or null where it has none. */
  readonly word: (...path: readonly string[]) => string | null;
}

const TEXTS: Readonly<Record<Language, readonly [Tree, Tree]>> = {
  en: [pageEn, catalogueEn],
  "zh-CN": [pageZh, catalogueZh],
};

function at(tree: Tree, path: readonly string[]): string | null {
  let found: string | Tree | undefined = tree;
  for (const key of path) {
    if (typeof found !== "object" || !Object.hasOwn(found, key)) return null;
    found = found[key];
  }
  return typeof found === "string" ? found : null;
}

/** Return a text with "{name}" replaced, and "{name|one|several}" by the word that goes with the number; a name without a value stays as it is. */
export function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)(?:\|([^{}|]+)\|([^{}|]+))?\}/g, (place, name: string, one?: string, several?: string) => {
    if (!Object.hasOwn(values, name)) return place;
    if (one === undefined || several === undefined) return String(values[name]);
    return String(values[name]) === "1" ? one : several;
  });
}

export function textIn(language: Language): PageText {
  const [page, catalogue] = TEXTS[language];
  return {
    language,
    t(key, values = {}) {
      const text = at(page, key.split("."));
      if (text === null) throw new Error(`the page has no text "${key}" in ${language}`);
      return filled(text, values);
    },
    word: (...path) => at(catalogue, path),
  };
}

/** Return sentences one after the other: parted by a space where the script has spaces. */
export function sentences(language: Language, ...said: readonly string[]): string {
  return said.join(language === "en" ? " " : "");
}

/** Return the text in a language out of the pair that scenarios carry. */
export function said(text: Text, language: Language): string {
  return language === "en" ? text.en : text.zh;
}
