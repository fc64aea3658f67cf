/** The page: bar, levers, the view chosen, and what lies over it. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useOpenOnPaper } from "./design/on_paper";
import { useThemeOnRoot } from "./design/theme";
import { useTopOfPlace } from "./design/top_of_place";
import { LeverPanel } from "./levers/panel";
import { useUndoKeys } from "./levers/undo_keys";
import { LimitsCard } from "./limits/card";
import { Notices } from "./link/notices";
import { Presenter } from "./presenter/presenter";
import { RunsProvider } from "./runs/context";
import { StoreProvider, useSession } from "./store/context";
import type { Store } from "./store/store";
import { SpeechProvider, speechIn, useSpeech } from "./text/context";
import { TopBar } from "./bar/bar";
import { FirstMinute } from "./start/first_minute";
import { VIEWS_SHOWN } from "./views";

export function Page({ store }: { readonly store: Store }) {
  return (
    <StoreProvider value={store}>
      <Spoken />
    </StoreProvider>
  );
}

function Spoken() {
  const language = useSession((session) => session.state.language);
  const speech = useMemo(() => speechIn(language), [language]);
  useThemeOnRoot();
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = speech.t("page.title");
  }, [language, speech]);
  return (
    <SpeechProvider value={speech}>
      <RunsProvider>
        <Laid />
      </RunsProvider>
    </SpeechProvider>
  );
}

/** Where the levers lie below what they move; as in the style sheets. */
const PHONE = "(max-width: 53.75em)";

function Laid() {
  const { t } = useSpeech();
  useUndoKeys();
  useOpenOnPaper();
  const main = useRef<HTMLElement>(null);
  const id = useSession((session) => session.state.view);
  const view = VIEWS_SHOWN.find((candidate) => candidate.id === id) ?? VIEWS_SHOWN[0];
  const isPresenting = useSession((session) => session.state.presenter);
  const [areLeversOpen, setLeversOpen] = useState(false);
  useEffect(() => {
    // On a phone the levers cover the lower half: what they move is brought into the upper one.
    if (areLeversOpen && matchMedia(PHONE).matches) main.current?.querySelector(".chart")?.scrollIntoView({ block: "start" });
  }, [areLeversOpen]);
  useTopOfPlace();
  const isStarting = useSession((session) => session.isStarting);
  if (isStarting) return <FirstMinute />;
  if (!view) return null;
  const Shown = view.component;
  const hasLevers = view.hasLevers && (!isPresenting || areLeversOpen);
  return (
    <div class="page" data-levers={hasLevers} data-levers-open={areLeversOpen}>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t("page.skip")}
      </button>
      {isPresenting ? <h1 class="hidden">{t("page.short_title")}</h1> : <TopBar />}
      <Notices />
      {hasLevers && (
        <aside class="side">
          <button
            type="button"
            class="side-toggle"
            aria-expanded={areLeversOpen}
            onClick={() => setLeversOpen(!areLeversOpen)}
          >
            {t(areLeversOpen ? "levers.close" : "levers.open")}
          </button>
          <LeverPanel />
        </aside>
      )}
      <main ref={main} class="content" tabIndex={-1} key={view.id}>
        <Shown />
      </main>
      {isPresenting && (
        <Presenter
          content={main}
          areLeversShown={areLeversOpen}
          onLevers={view.hasLevers ? () => setLeversOpen(!areLeversOpen) : null}
        />
      )}
      <LimitsCard />
    </div>
  );
}
