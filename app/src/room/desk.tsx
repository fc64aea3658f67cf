/** The desk: where the lesson is, how many are in and have answered, what the teacher can do now; nobody's choice. */

import { useState } from "preact/hooks";
import type { Deed, Desk } from "../../generated/room_messages";
import { useSecondsLeft } from "../play/clock";
import { useWords } from "../play/words";
import { QrCode } from "../share/qr_code";
import { Afterwards } from "./afterwards";
import { useKeys, useScreen } from "./screen";
import { spaced } from "./spaced";
import { Strip } from "./strip";
import { Hands, Network, Seats } from "./desk_forms";
import type { Watch } from "./watch";

const MORE_SECONDS = 15;
const [LEAST_PEOPLE, PEOPLE_FOR_ROUNDS] = [5, 15];

interface Props {
  readonly watch: Watch;
  readonly onLanguage: () => void;
}

interface PartProps {
  readonly watch: Watch;
  readonly desk: Desk;
}

export function DeskView({ watch, onLanguage }: Props) {
  const { t, said, language } = useWords();
  const { told } = watch;
  const { desk } = told;
  if (!desk) return null;
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <div class="desk">
      <header class="desk-bar">
        <h1>{said(desk.title)}</h1>
        <span class="desk-code">{t("room.code", { code: spaced(desk.code) })}</span>
        <button type="button" lang={other} aria-label={`${t("room.language")}: ${t("room.language_meaning")}`} onClick={onLanguage}>
          {t("room.language")}
        </button>
      </header>
      <Strip desk={desk} />
      <div role="alert" class="desk-alerts">
        {told.isLost && <p>{t("room.lost_room", { room: desk.room })}</p>}
        {desk.trouble && <p>{t("room.trouble", { why: t(`room.why_${desk.trouble}`, { folder: desk.folder }) })}</p>}
        {told.refused && told.refused !== desk.trouble && <p>{t("room.not_done", { why: t(`room.why_${told.refused}`, { folder: desk.folder }) })}</p>}
      </div>
      <main class="desk-parts">
        <Lead watch={watch} desk={desk} />
        <Notes desk={desk} />
        <WallControls watch={watch} desk={desk} />
        <Afterwards watch={watch} desk={desk} />
        <Network watch={watch} desk={desk} />
        <Seats watch={watch} desk={desk} />
        {desk.may.includes("hands") && <Hands key={desk.round} watch={watch} desk={desk} />}
      </main>
    </div>
  );
}

function Lead({ watch, desk }: PartProps) {
  const { t } = useWords();
  const may = (deed: Deed): boolean => desk.may.includes(deed);
  const onward: Deed = may("begin") ? "begin" : "next";
  const deeds: readonly [Deed, string, (() => void) | null][] = [
    ["back", "ArrowLeft", null],
    [may("go") ? "go" : "hold", "h", null],
    ["close", "c", null],
    ["more_time", "+", () => void watch.do("more_time", { seconds: MORE_SECONDS })],
    ["lock", "l", null],
  ];
  const act = (deed: Deed, own: (() => void) | null) => own ?? (() => void watch.do(deed));
  const keys = Object.fromEntries(deeds.filter(([deed]) => may(deed)).map(([deed, key, own]) => [key.toLowerCase(), act(deed, own)]));
  useKeys({ ...keys, ...(may(onward) && { n: () => void watch.do(onward) }) });
  return (
    <section class="card lead" aria-labelledby="lead-heading">
      <h2 id="lead-heading" class="hidden">
        {t("room.controls")}
      </h2>
      <Place watch={watch} desk={desk} />
      <div class="lead-buttons">
        <button type="button" class="primary" disabled={!may(onward)} onClick={() => void watch.do(onward)}>
          {t(`room.do_${onward}`)} <kbd>N</kbd>
        </button>
        {deeds.map(([deed, key, own]) => (
          <button key={deed} type="button" disabled={!may(deed)} onClick={act(deed, own)}>
            {t(`room.do_${deed}`)} <kbd>{key === "ArrowLeft" ? "←" : key.toUpperCase()}</kbd>
          </button>
        ))}
        <EndButton watch={watch} isOn={may("end")} />
      </div>
    </section>
  );
}

function Place({ watch, desk }: PartProps) {
  const { t } = useWords();
  const seconds = useSecondsLeft(watch.told.deadline);
  const isAsking = desk.open || desk.asked !== null;
  const isInQuarter = desk.phase === "decide" || desk.phase === "result";
  return (
    <>
      <p class="place">
        <strong data-phase={desk.phase} data-step={desk.step}>{t(`room.phase_${desk.phase}`)}</strong>
        {isInQuarter && <span>{t("room.quarter", { n: desk.round, all: desk.rounds })}</span>}
        {seconds !== null && <span class="desk-clock">◔ {t("room.clock", { n: seconds })}</span>}
        {desk.held && <span class="held">❚❚ {t("room.held")}</span>}
      </p>
      <p class="counts" role="status">
        {t(isAsking ? "room.counts" : "room.lessons_in", { seated: desk.seated, awake: desk.awake, answered: desk.answered })}
      </p>
      {isAsking && <meter min="0" max={Math.max(desk.seated, 1)} value={desk.answered} aria-hidden="true" />}
      <p class="quiet-text">{t("room.counts_late", { late: desk.late, deputies: desk.deputies, left: desk.left })}</p>
      {desk.held && desk.may.includes("go") && (
        <p class="held">{t("room.go_question", { answered: desk.answered, seated: desk.seated })}</p>
      )}
    </>
  );
}

function EndButton({ watch, isOn }: { readonly watch: Watch; readonly isOn: boolean }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" class="quiet" disabled={!isOn} onClick={() => setAsked(true)}>
        {t("room.do_end")}
      </button>
    );
  }
  const end = (): void => {
    setAsked(false);
    void watch.do("end");
  };
  return (
    <span class="sure" role="alert">
      {t("room.do_end_sure")}
      <button type="button" onClick={end}>
        {t("room.do_end")}
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        {t("room.do_cancel")}
      </button>
    </span>
  );
}

/** What the teacher does in this step: some steps are otherwise without a clock, or where groups have rules of their own. */
function noteOf(desk: Desk): string {
  if (desk.phase === "announce" && desk.groups > 1) return "room.note_announce_groups";
  if (desk.phase === "result" && desk.left_ms === null) return "room.note_result_still";
  return `room.note_${desk.phase}`;
}

function Notes({ desk }: { readonly desk: Desk }) {
  const { t, said } = useWords();
  const deciding = desk.seated + desk.hands;
  const few = deciding < LEAST_PEOPLE ? "room.note_wall_few" : deciding < PEOPLE_FOR_ROUNDS ? "room.note_wall_acts" : null;
  const isTalking = desk.phase === "debrief" || desk.phase === "questions";
  return (
    <section class="card">
      <h2>{t("room.notes")}</h2>
      <p>{t(noteOf(desk))}</p>
      {isTalking ? (
        <ol>
          {desk.debrief.map(({ text, people }) => (
            <li key={said(text)}>
              {said(text)} {people > 0 && <span class="quiet-text">{t("room.answers", { n: people })}</span>}
            </li>
          ))}
        </ol>
      ) : (
        desk.notes.map((note) => <p key={said(note)}>{said(note)}</p>)
      )}
      {isTalking && desk.filing_never_pays && <p>{t("room.note_filing")}</p>}
      {few && <p class="quiet-text">{t(few)}</p>}
    </section>
  );
}

function WallControls({ watch, desk }: PartProps) {
  const { t } = useWords();
  const [screen, change] = useScreen();
  const freeze = (): void => change({ isFrozen: !screen.isFrozen });
  const black = (): void => change({ isBlack: !screen.isBlack });
  useKeys({ f: freeze, b: black });
  return (
    <section class="card">
      <h2>{t("room.of_wall")}</h2>
      <div class="with-code">
        <QrCode text={`${desk.phones_url}/#${desk.code}`} label={t("room.join")} />
        <div class="stack">
          <button type="button" onClick={() => window.open(desk.wall_url, "room-wall")}>
            {t("room.open_wall")}
          </button>
          <button type="button" onClick={() => window.open(watch.lessonsUrl, "room-lessons")}>
            {t("room.open_lessons")}
          </button>
          <button type="button" aria-pressed={screen.isFrozen} data-pressed={screen.isFrozen} onClick={freeze}>
            {t("room.freeze")} <kbd>F</kbd>
          </button>
          <button type="button" aria-pressed={screen.isBlack} data-pressed={screen.isBlack} onClick={black}>
            {t("room.black")} <kbd>B</kbd>
          </button>
        </div>
      </div>
    </section>
  );
}
