/** The trainer's own window: what the class sees in words, what to do now and how long, what comes next; it drives the first. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useThemeOnRoot } from "../design/theme";
import { commandOf, stepFrom, type Command } from "../presenter/steps";
import { opensLine, type FromTrainer, type ShownToClass, type TrainerLine, type ToTrainer } from "../presenter/trainer_line";
import { StoreProvider, useSession, useStore } from "../store/context";
import type { Store } from "../store/store";
import { SpeechProvider, speechIn, useSpeech } from "../text/context";
import { Now } from "./now";
import { Timer } from "./timer";
import "./trainer.css";

export function TrainerPage({ store, line }: { readonly store: Store; readonly line: string }) {
  return (
    <StoreProvider value={store}>
      <Spoken line={line} />
    </StoreProvider>
  );
}

function Spoken({ line }: { readonly line: string }) {
  const language = useSession((session) => session.state.language);
  const speech = useMemo(() => speechIn(language), [language]);
  useThemeOnRoot();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = speech.t("trainer.title");
  }, [language, speech]);
  return (
    <SpeechProvider value={speech}>
      <Desk line={line} />
    </SpeechProvider>
  );
}

const COMMANDS = ["back", "next", "freeze", "black"] as const satisfies readonly Command[];

function Desk({ line }: { readonly line: string }) {
  const { t } = useSpeech();
  const { shown, hasEnded, send } = useShown(line);
  const session = useSession((now) => now);
  const leadsOn = (command: Command): boolean => {
    if (command !== "next" && command !== "back") return true;
    return stepFrom(session, command === "next" ? 1 : -1) !== null;
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const command = COMMANDS.find((one) => one === commandOf(event.key));
      if (!command) return;
      event.preventDefault();
      send(command);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [send]);
  return (
    <main class="trainer" data-shown={shown !== null}>
      <h1>{t("trainer.title")}</h1>
      {(!shown || hasEnded) && <p role="status">{t(hasEnded ? "trainer.ended" : "trainer.waiting")}</p>}
      {shown && (
        <>
          <p class="trainer-seen" role="status">
            {shown.isBlack ? t("trainer.is_black") : shown.isFrozen ? t("presenter.frozen") : t("trainer.is_seen")}
          </p>
          <Now />
          <Timer />
          <div class="buttons">
            {COMMANDS.map((command) => (
              <button
                key={command}
                type="button"
                class={command === "next" ? "primary" : ""}
                data-command={command}
                disabled={hasEnded || !leadsOn(command)}
                onClick={() => send(command)}
              >
                {t(`presenter.${command}`)}
              </button>
            ))}
          </div>
        </>
      )}
    </main>
  );
}

function useShown(name: string) {
  const store = useStore();
  const [shown, setShown] = useState<ShownToClass | null>(null);
  const [hasEnded, setEnded] = useState(false);
  const line = useRef<TrainerLine<FromTrainer> | null>(null);
  useEffect(() => {
    const made = opensLine<FromTrainer, ToTrainer>(name, window.opener as Window | null, (message) => {
      if (message.type === "ended") return setEnded(true);
      store.dispatch({ type: "open", state: message.shown.state, notices: [] });
      setShown(message.shown);
      setEnded(false);
    });
    line.current = made;
    made.send({ type: "hello" });
    return made.close;
  }, [name]);
  const send = useMemo(() => (command: Command): void => line.current?.send({ type: "command", command }), []);
  return { shown, hasEnded, send };
}
