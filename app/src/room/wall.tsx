/** The wall: what the whole class sees. Sums only, nobody's own; a code to come in by in every phase. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { WallState } from "../../generated/room_messages";
import { useSecondsLeft, type Deadline } from "../play/clock";
import { RuleText } from "../play/rule";
import { useWords } from "../play/words";
import { QrCode } from "../share/qr_code";
import { Chart, Key } from "./chart";
import { DebriefQuestions, Questions } from "./questions";
import { FindingsOfClass } from "./findings";
import { useKeys, useScreen } from "./screen";
import { sentenceOf } from "./sentence";
import { spaced } from "./spaced";
import { NumbersTable } from "./table";
import type { RoomTold } from "./watch";

interface Props {
  readonly told: RoomTold;
  readonly onLanguage: () => void;
}

interface WallProps {
  readonly wall: WallState;
}

export function WallView({ told, onLanguage }: Props) {
  const { t, said, language } = useWords();
  const [screen, change] = useScreen();
  const [isTable, setTable] = useState(false);
  const held = useRef<RoomTold>(told);
  if (!screen.isFrozen) held.current = told;
  const { wall, deadline } = held.current;
  useKeys({
    f: () => change({ isFrozen: !screen.isFrozen }),
    b: () => change({ isBlack: !screen.isBlack }),
    t: () => setTable(!isTable),
  });
  if (!wall) return null;
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <div class="wall" data-phase={wall.phase}>
      <header class="wall-bar">
        <h1>{said(wall.title)}</h1>
        {screen.isFrozen && <span class="frozen-mark">❄ {t("room.frozen")}</span>}
        <button type="button" class="quiet small" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t(isTable ? "room.table_hide" : "room.table")} <kbd>T</kbd>
        </button>
        <button type="button" class="quiet small" lang={other} aria-label={`${t("room.language")}: ${t("room.language_meaning")}`} onClick={onLanguage}>
          {t("room.language")}
        </button>
      </header>
      <main>
        <Shown wall={wall} isTable={isTable} />
      </main>
      <Foot wall={wall} deadline={screen.isFrozen ? null : deadline} />
      {screen.isBlack && <Blackout onEnd={() => change({ isBlack: false })} />}
    </div>
  );
}

function Shown({ wall, isTable }: WallProps & { readonly isTable: boolean }) {
  if (wall.asked) return <Heading wall={wall} text="room.asked_text" />;
  switch (wall.phase) {
    case "lobby":
      return <Lobby wall={wall} />;
    case "coins":
    case "guess":
    case "practice":
    case "practised":
    case "believe":
      return <Heading wall={wall} text={`room.text_${wall.phase}`} />;
    case "announce":
      return <Announced wall={wall} />;
    case "end":
      return <Heading wall={wall} text="room.end_text" />;
    case "questions":
      return <Questions wall={wall} />;
    case "debrief":
      return <Debrief wall={wall} />;
    case "closed":
      return <Heading wall={wall} text="room.closed_text" />;
    default:
      return <Lines wall={wall} isTable={isTable} />;
  }
}

function Lobby({ wall }: WallProps) {
  const { t, said } = useWords();
  return (
    <section class="lobby">
      <QrCode text={`${wall.phones_url}/#${wall.code}`} label={t("room.join")} />
      <div class="lobby-text">
        <p class="lobby-join">{t("room.join")}</p>
        <p class="lobby-address">{wall.phones_url}</p>
        <p class="lobby-code">{spaced(wall.code)}</p>
        <p class="lobby-count" role="status">
          {t("room.in_room", { n: wall.seated })}
        </p>
        <p class="lobby-question">{said(wall.question)}</p>
        <p>{said(wall.story)}</p>
        <p class="quiet-text">{t("room.limits")}</p>
      </div>
    </section>
  );
}

function Heading({ wall, text }: WallProps & { readonly text: string }) {
  const { t } = useWords();
  return (
    <section class="wall-heading">
      <h2>{t(`room.phase_${wall.phase}`)}</h2>
      <p class="wall-large">{t(text)}</p>
      {wall.phase === "closed" && <p>{t("room.limits")}</p>}
    </section>
  );
}

function Announced({ wall }: WallProps) {
  const { t, said } = useWords();
  const act = wall.acts[wall.act];
  if (!wall.rule) return <Heading wall={wall} text="room.text_announce" />;
  return (
    <section class="announced">
      <div>
        <h2>{t("room.phase_announce")}</h2>
        <p class="wall-large">{said(act?.["title"])}</p>
        <p class="announced-rule">{said(act?.["rule"])}</p>
      </div>
      <RuleText rule={wall.rule} />
    </section>
  );
}

function Lines({ wall, isTable }: WallProps & { readonly isTable: boolean }) {
  const words = useWords();
  const { t, said } = words;
  const isReveal = wall.phase === "reveal";
  const title = isReveal ? t("room.reveal_step", { n: wall.reveal, name: t(`room.reveal_${wall.reveal}`) }) : t(wall.has_gain ? "room.chart_title_gain" : "room.chart_title");
  const sentences = [...new Set(wall.worlds.map((world) => sentenceOf(wall, world, words)))];
  const isOneForAll = sentences.length === 1;
  const [first] = wall.worlds;
  return (
    <section class={`lines ${wall.worlds.length > 1 ? "has-two" : ""} ${isReveal ? "is-reveal" : ""}`}>
      <h2>{title}</h2>
      <div class="lines-charts">
        {wall.worlds.map((world) => (
          <figure key={world.name}>
            {wall.worlds.length > 1 && <h3>{t("room.chart_world", { name: said(world.title ?? undefined) || world.name })}</h3>}
            {isTable ? <NumbersTable wall={wall} world={world} /> : <Chart wall={wall} world={world} label={sentenceOf(wall, world, words)} />}
            {wall.worlds.length === 1 && <Key wall={wall} world={world} />}
            {!isOneForAll && <figcaption class="sentence">{sentenceOf(wall, world, words)}</figcaption>}
          </figure>
        ))}
        {!isReveal && wall.rule && (
          <aside>
            <h3>{said(wall.acts[wall.act]?.["title"])}</h3>
            <RuleText rule={wall.rule} isShort />
          </aside>
        )}
      </div>
      {first && wall.worlds.length > 1 && <Key wall={wall} world={first} />}
      <p class="sentence" role="status">
        {isOneForAll ? sentences[0] : ""}
      </p>
    </section>
  );
}

function Debrief({ wall }: WallProps) {
  const { t, said } = useWords();
  return (
    <section class="debrief">
      <div>
        <h2>{t("room.debrief")}</h2>
        <DebriefQuestions wall={wall} />
      </div>
      <FindingsOfClass wall={wall} />
      <div class="cannot">
        <h2>{t("room.cannot_tell")}</h2>
        <ol>
          {wall.cannot_tell.map((text) => (
            <li key={said(text)}>{said(text)}</li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Foot({ wall, deadline }: WallProps & { readonly deadline: Deadline | null }) {
  const { t } = useWords();
  const seconds = useSecondsLeft(deadline);
  const isDeciding = wall.phase === "decide" || wall.phase === "practice";
  const isAnswering = isDeciding || ["coins", "guess", "believe", "questions"].includes(wall.phase) || wall.asked !== null;
  return (
    <footer class="wall-foot">
      {(wall.phase === "decide" || wall.phase === "result") && (
        <strong>{t("room.quarter", { n: wall.round, all: wall.rounds })}</strong>
      )}
      {isDeciding && wall.hands > 0 && <span>{t("room.hands_count", { n: wall.hands })}</span>}
      {isAnswering && (wall.seated > 0 || wall.hands === 0) && <span>{t(isDeciding ? "room.decided" : "room.answered", { answered: wall.answered, seated: wall.seated })}</span>}
      {seconds !== null && <span class="wall-clock">◔ {t("room.clock", { n: seconds })}</span>}
      {wall.held && <span class="held">❚❚ {t("room.held")}</span>}
      <span class="foot-note">{wall.phase === "reveal" ? t("room.same") : ""}</span>
      {wall.phase !== "lobby" && wall.phase !== "closed" && (
        <span class="foot-code">
          {spaced(wall.code)}
          <QrCode text={`${wall.phones_url}/#${wall.code}`} label={t("room.join")} />
        </span>
      )}
    </footer>
  );
}

function Blackout({ onEnd }: { readonly onEnd: () => void }) {
  const { t } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return <button ref={button} type="button" class="wall-black" aria-label={t("room.light")} onClick={onEnd} />;
}
