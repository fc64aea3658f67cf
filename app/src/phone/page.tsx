/** The phone's page: a bar, what is wrong with the connection or the clock, and the screen of the moment. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { setLanguage } from "../play/look";
import { WordsProvider, useWords, wordsIn } from "../play/words";
import type { Language } from "../store/types";
import { Answer } from "./answer";
import { Believe } from "./believe";
import { Coins } from "./coins";
import { ShownProvider, useShown, type ScreenProps } from "./context";
import { Decide } from "./decide";
import { End } from "./end";
import { Guess } from "./guess";
import { Join } from "./join";
import { Menu } from "./menu";
import { Closed, Left, Moved, Wait } from "./notices";
import type { Phone } from "./phone";
import { Result } from "./result";
import { TEXTS } from "./texts";

interface Props {
  readonly phone: Phone;
  readonly code: string;
  readonly first: Language;
}

export function Page({ phone, code, first }: Props) {
  const [, again] = useState(0);
  const [language, setChosen] = useState(first);
  const months = phone.view.state?.months;
  const words = useMemo(() => wordsIn(language, TEXTS, months), [language, months]);
  // At once: what comes before anybody listens would be missed.
  useLayoutEffect(() => phone.listen(() => again((n) => n + 1)), [phone]);
  useEffect(() => {
    setLanguage(document.documentElement, language, words.t("phone.title"));
    phone.speak(language);
  }, [language]);
  return (
    <WordsProvider value={words}>
      <ShownProvider value={{ phone, view: phone.view }}>
        <Bar onLanguage={() => setChosen(language === "en" ? "zh-CN" : "en")} />
        <Banner />
        <main>
          <Screen code={code} />
        </main>
      </ShownProvider>
    </WordsProvider>
  );
}

function Bar({ onLanguage }: { readonly onLanguage: () => void }) {
  const { t, language } = useWords();
  const { view } = useShown();
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <header class="phone-bar">
      <h1>{view.seat ? t("phone.seat", { seat: view.seat.seat }) : t("phone.title")}</h1>
      <button type="button" class="quiet" lang={other} aria-label={`${t("phone.language")}: ${t("phone.language_meaning")}`} onClick={onLanguage}>
        {t("phone.language")}
      </button>
      {view.seat && <Menu />}
    </header>
  );
}

function Banner() {
  const { t } = useWords();
  const { view } = useShown();
  // Once the room is closed its server may be gone, and nobody is waiting for it.
  const isOver = view.state?.phase === "closed";
  const isOffline = !isOver && (view.link === "offline" || (view.link === "connecting" && view.state !== null));
  return (
    <div role="status" class="banners">
      {isOffline && <p class="banner is-warning">{t(view.link === "offline" ? "phone.offline" : "phone.connecting")}</p>}
      {view.state?.held && view.link === "online" && <p class="banner">{t("phone.held")}</p>}
    </div>
  );
}

function Screen({ code }: { readonly code: string }) {
  const { t } = useWords();
  const { view } = useShown();
  const { state } = view;
  const place = useRef<HTMLDivElement>(null);
  const name = state ? `${state.step}` : view.link;
  useEffect(() => scrollTo(0, 0), [name]);
  if (view.link === "moved") return <Moved />;
  if (view.link === "left") return <Left />;
  if (!view.seat && view.link !== "none") return <p class="notice">{t("phone.connecting")}</p>;
  if (!state) return <Join code={code} />;
  return (
    <div ref={place} key={name} class="screen" data-phase={state.phase}>
      <Phase state={state} />
    </div>
  );
}

function Phase({ state }: ScreenProps) {
  if (state.asked?.guess) return <Guess key={state.asked.guess} state={state} />;
  switch (state.phase) {
    case "coins":
      return <Coins state={state} />;
    case "believe":
      return <Believe state={state} />;
    case "questions":
      return <Answer state={state} />;
    case "practice":
    case "decide":
      return state.you && state.open ? <Decide state={state} /> : <Wait state={state} />;
    case "practised":
    case "result":
      return state.last ? <Result state={state} /> : <Wait state={state} />;
    case "end":
    case "reveal":
    case "debrief":
      return <End state={state} />;
    case "closed":
      return <Closed state={state} />;
    default:
      return <Wait state={state} />;
  }
}
