/** The desk's or the wall's page: its language, and what it says while there is no room to show. */

import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { setLanguage } from "../play/look";
import { WordsProvider, wordsIn } from "../play/words";
import type { Language } from "../store/types";
import { DeskView } from "./desk";
import { LessonsPage } from "./lessons_page";
import { TEXTS } from "./texts";
import { WallView } from "./wall";
import type { Watch } from "./watch";

interface Props {
  readonly watch: Watch;
  readonly first: Language;
}

export function Page({ watch, first }: Props) {
  const [, again] = useState(0);
  const [language, setChosen] = useState(first);
  const { told, view } = watch;
  const months = (told.desk ?? told.wall)?.months;
  const words = useMemo(() => wordsIn(language, TEXTS, months), [language, months]);
  const name = words.t(`room.${view}`);
  // At once: what comes before anybody listens would be missed.
  useLayoutEffect(() => watch.listen(() => again((n) => n + 1)), [watch]);
  useEffect(() => setLanguage(document.documentElement, language, name), [language]);
  const switchLanguage = (): void => setChosen(language === "en" ? "zh-CN" : "en");
  const isEmpty = !told[view] || !told.hasToken || told.isErased;
  const instead = told.isErased ? "room.erased" : !told.hasToken ? "room.no_token" : told.isLost ? "room.lost" : "room.connecting";
  return (
    <WordsProvider value={words}>
      {isEmpty ? (
        <main class="empty">
          <h1>{name}</h1>
          <p role="status">{words.t(instead)}</p>
        </main>
      ) : view === "desk" ? (
        <DeskView watch={watch} onLanguage={switchLanguage} />
      ) : view === "lessons" ? (
        <LessonsPage watch={watch} onLanguage={switchLanguage} />
      ) : (
        <WallView told={told} onLanguage={switchLanguage} />
      )}
    </WordsProvider>
  );
}
