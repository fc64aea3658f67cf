/** The first minute: one decision, a hundred officials who decide too, another rule, and where to go on from there. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ActionName } from "../../generated/names";
import { useDispatch } from "../store/context";
import { useSpeech } from "../text/context";
import { Ask } from "./ask";
import { Decide } from "./hundred";
import { Onward } from "./onward";
import "./start.css";

const STAGES = ["ask", "decide", "change", "onward"] as const;

export function FirstMinute() {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const [stage, setStage] = useState<(typeof STAGES)[number]>("ask");
  const [choice, setChoice] = useState<ActionName | null>(null);
  const leave = (): void => dispatch({ type: "start", isOpen: false });
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // Read from here on; what stands above stays in sight.
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [stage]);
  useEscape(leave);
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <div class="first-minute" data-stage={stage}>
      <header class="start-bar">
        <h1>{t("page.short_title")}</h1>
        <button type="button" lang={other} title={t("page.language_meaning")} onClick={() => dispatch({ type: "speak", language: other })}>
          {t("page.language")}
        </button>
        <button type="button" data-tool="skip-start" aria-keyshortcuts="Escape" onClick={leave}>
          {t("start.skip")}
        </button>
      </header>
      <main ref={main} tabIndex={-1} class="start-stage" aria-label={t("start.place", { n: STAGES.indexOf(stage) + 1, all: STAGES.length })}>
        {stage === "ask" && (
          <Ask
            onChoose={(action) => {
              setChoice(action);
              setStage("decide");
            }}
          />
        )}
        {(stage === "decide" || stage === "change") && (
          <Decide
            choice={choice}
            isChanged={stage === "change"}
            onNext={() => setStage(stage === "decide" ? "change" : "onward")}
          />
        )}
        {stage === "onward" && <Onward />}
      </main>
      <p class="start-note">{t("start.note")}</p>
    </div>
  );
}

function useEscape(act: () => void): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "Escape") newest.current();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}
