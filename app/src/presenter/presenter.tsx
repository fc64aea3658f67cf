/** The presenter's strip: next, back, freeze, blackout, by keys or buttons; everything else on the page stands back. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useHeightAs } from "../design/measured";
import { useSession, useStore } from "../store/context";
import { VIEWS, type Language, type Offered, type PageState } from "../store/types";
import { useSpeech, type Speech } from "../text/context";
import { lessonOf, lessons, stepOf } from "../views/lessons/lesson";
import { said } from "../text/text";
import { frozenCopy } from "./frozen";
import { useTrainerLink } from "./trainer_link";
import { commandOf, stepFrom, type Command, type Direction } from "./steps";
import "./presenter.css";

interface Props {
  /** What is frozen. */
  readonly content: RefObject<HTMLElement | null>;
  readonly areLeversShown: boolean;
  /** Null where the view has no levers. */
  readonly onLevers: (() => void) | null;
}

/** How much of the window is scrolled at once: some lines stay in sight. */
const SCROLLED = 0.6;
const PIXELS_OF_ROUNDING = 4;

/** Keys that a control needs for itself. */
const KEEPS_KEYS = "input, select, textarea, [contenteditable]";

export function Presenter({ content, areLeversShown, onLevers }: Props) {
  const { t } = useSpeech();
  const store = useStore();
  const session = useSession((now) => now);
  const strip = useHeightAs<HTMLElement>("--strip-height");
  const [isBlack, setBlack] = useState(false);
  const freezing = useFreezing(content);
  const go = (direction: Direction): void => {
    const action = stepFrom(store.session(), direction);
    if (action && !(direction === 1 && isUnread(store.session().state))) store.dispatch(action);
    // Where nothing follows a remote control's next shows what lies below: it has no key to scroll by.
    else scrollBy({ top: direction * SCROLLED * innerHeight });
  };
  const commands: Readonly<Record<Command, () => void>> = {
    next: () => go(1),
    back: () => go(-1),
    freeze: freezing.toggle,
    black: () => setBlack(!isBlack),
    levers: () => onLevers?.(),
    notes: () => openNotes(),
    leave: () => (isBlack ? setBlack(false) : store.dispatch({ type: "present", presenter: false })),
  };
  const openNotes = useTrainerLink({ isFrozen: freezing.isFrozen, isBlack }, (command) => commands[command]());
  useKeys((command) => {
    // Nothing moves on unseen: a remote control's next and back give the picture back first.
    if (isBlack && (command === "next" || command === "back")) setBlack(false);
    else commands[command]();
  });
  return (
    <>
      <div ref={freezing.host} class="frozen" hidden={!freezing.isFrozen} />
      <footer ref={strip} class="strip" aria-label={t("presenter.label")}>
        <span class="strip-place" role="status">
          <Place />
        </span>
        {freezing.isFrozen && <strong class="strip-frozen">{t("presenter.frozen")}</strong>}
        <span class="hidden" role="status">
          {freezing.isFrozen ? t("presenter.frozen") : ""}
        </span>
        <div class="strip-buttons">
          <Key command="back" isOn={stepFrom(session, -1) !== null} keyName="PgUp" onClick={commands.back} />
          <Key command="next" isOn={stepFrom(session, 1) !== null} keyName="PgDn" onClick={commands.next} />
          <Key command="freeze" keyName="F" isPressed={freezing.isFrozen} onClick={commands.freeze} />
          <Key command="black" keyName="B" onClick={commands.black} />
          {onLevers && <Key command="levers" keyName="L" isPressed={areLeversShown} onClick={commands.levers} />}
          <Key command="notes" keyName="N" onClick={commands.notes} />
          <Key command="leave" keyName="Esc" onClick={commands.leave} />
        </div>
      </footer>
      {isBlack && <Blackout onEnd={() => setBlack(false)} />}
    </>
  );
}

/** Tell whether a discussion goes on below the window: it is read to its end before another lesson begins. */
function isUnread({ view, lesson }: PageState): boolean {
  if (view !== "lessons" || !lesson || stepOf(lesson) !== "discuss") return false;
  return document.documentElement.scrollHeight - innerHeight - scrollY > PIXELS_OF_ROUNDING;
}

/** Return where one is: the step of the lesson, the lesson that next would open, or the view. */
function Place() {
  const { t, language } = useSpeech();
  const state = useSession((session) => session.state);
  const { view, lesson } = state;
  const shown = lessonOf(state);
  if (view === "lessons" && state.offered) return <>{offeredSaid(state.offered, language, t)}</>;
  if (shown && lesson) {
    return <>{t("presenter.step", { name: said(shown.title, language), step: t(`lessons.step_${stepOf(lesson)}`) })}</>;
  }
  return <>{t("presenter.place", { name: t(`views.${view}`), n: VIEWS.indexOf(view) + 1, all: VIEWS.length })}</>;
}

/** Return what a remote control's two keys would do in the list of lessons. */
function offeredSaid({ place }: Offered, language: Language, t: Speech["t"]): string {
  const lesson = lessons()[place];
  return lesson ? t("presenter.offered", { title: said(lesson.title, language) }) : t("presenter.offered_none", { view: t("views.report") });
}

interface KeyProps {
  readonly command: Command;
  readonly keyName: string;
  readonly isOn?: boolean;
  readonly isPressed?: boolean;
  readonly onClick: () => void;
}

function Key({ command, keyName, isOn = true, isPressed, onClick }: KeyProps) {
  const { t } = useSpeech();
  return (
    <button
      type="button"
      class="quiet small"
      disabled={!isOn}
      aria-pressed={isPressed}
      data-pressed={isPressed}
      data-command={command}
      aria-keyshortcuts={keyName}
      onClick={onClick}
    >
      {t(`presenter.${command}`)} <kbd aria-hidden="true">{keyName}</kbd>
    </button>
  );
}

function Blackout({ onEnd }: { readonly onEnd: () => void }) {
  const { t } = useSpeech();
  const button = useRef<HTMLButtonElement>(null);
  // At once, so that Enter ends it from the moment it is seen.
  useLayoutEffect(() => {
    const before = document.activeElement;
    button.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return <button ref={button} type="button" class="blackout" aria-label={t("presenter.light")} onClick={onEnd} />;
}

function useKeys(act: (command: Command) => void): void {
  const newest = useRef(act);
  newest.current = act;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (document.querySelector("dialog[open]")) return;
      const command = commandOf(event.key);
      const keeps = target instanceof Element && target.closest(KEEPS_KEYS) !== null;
      if (!command || (keeps && !event.key.startsWith("Page"))) return;
      event.preventDefault();
      newest.current(command);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

/** Hold the picture as it is, while underneath everything goes on. */
function useFreezing(content: RefObject<HTMLElement | null>) {
  const host = useRef<HTMLDivElement>(null);
  const [isFrozen, setFrozen] = useState(false);
  const toggle = (): void => {
    if (!isFrozen && content.current) host.current?.replaceChildren(frozenCopy(content.current));
    else host.current?.replaceChildren();
    setFrozen(!isFrozen);
  };
  return { host, isFrozen, toggle };
}
