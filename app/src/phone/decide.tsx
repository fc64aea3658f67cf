/** Deciding: the rule, one's own situation, what is known in the office, and the choices in an order that never changes. */

import type { Office, State, You } from "../../generated/room_messages";
import { useSecondsLeft } from "../play/clock";
import { RuleText } from "../play/rule";
import { useWords } from "../play/words";
import { useShown, type ScreenProps } from "./context";
import type { Sent } from "./view";

const LAST_SECONDS = 10;
const FILED = 3;
const TRIES = [2, 3];

export function Decide({ state }: ScreenProps) {
  const { t } = useWords();
  const { you, office, wall } = state;
  if (!you) return null;
  return (
    <>
      <div class="head">
        <h2>{state.phase === "practice" ? t("phone.practice") : t("phone.quarter", { n: state.round, all: state.rounds })}</h2>
        <Clock />
      </div>
      {wall && (
        <details class="card slim">
          <summary>
            {state.changed && <strong class="changed">! {t("phone.changed")} </strong>}
            {t("phone.rule_read")}
          </summary>
          <RuleText rule={wall} />
          <p class="quiet-text">{t("rule.care")}</p>
        </details>
      )}
      <section class="card slim situation">
        <Chance you={you} />
        {office && <Heard office={office} />}
      </section>
      <Choices state={state} you={you} />
    </>
  );
}

function Clock() {
  const { t } = useWords();
  const { view } = useShown();
  const seconds = useSecondsLeft(view.deadline);
  if (seconds === null) return null;
  const isShort = seconds <= LAST_SECONDS;
  return (
    <span class={`clock ${isShort ? "is-short" : ""}`}>
      <span aria-hidden="true">◔ {t("phone.clock", { n: seconds })}</span>
      <span class="hidden" role="status">
        {isShort && seconds > 0 ? t("phone.clock_spoken", { n: LAST_SECONDS }) : ""}
      </span>
    </span>
  );
}

function Chance({ you }: { readonly you: You }) {
  const { t, signed, sentences } = useWords();
  const worth =
    you.barred_rounds > 0
      ? t("phone.you_barred", { n: you.barred_rounds, points: signed(you.worth), unbarred: signed(you.worth_unbarred) })
      : t("phone.you_worth", { points: signed(you.worth) });
  return (
    <>
      {you.is_successor && <p>{t("phone.you_successor")}</p>}
      <p class="chance">
        <span class="dots" aria-hidden="true">
          {"●".repeat(you.chance_tenths)}
          {"○".repeat(Math.max(10 - you.chance_tenths, 0))}
        </span>
        {sentences(t("phone.you_age", { n: you.age }), t("phone.you_chance", { n: you.chance_tenths }), worth)}
      </p>
    </>
  );
}

const OFFICE_SIGNS = ["○", "◐", "●"];

function Heard({ office }: { readonly office: Office }) {
  const { t } = useWords();
  const { sanctions, exemptions, unpursued } = office;
  return (
    <>
      <p>{t("phone.heard", { sanctions, exemptions, unpursued })}</p>
      <p class="office">
        {t("phone.office")}{" "}
        {office.shares.map((n, place) => (
          <span key={place} class="office-part">
            <span aria-hidden="true">{(OFFICE_SIGNS[place] ?? "").repeat(n)}</span> {n} {t(`phone.office_${place}`)}
          </span>
        ))}
      </p>
    </>
  );
}

function Choices({ state, you }: { readonly state: State; readonly you: You }) {
  const { t } = useWords();
  const { phone, view } = useShown();
  const sent = view.sent[`choose ${state.round}`];
  const said = sent?.message.t === "choose" && sent.status !== "no" ? sent.message.action : null;
  const chosen = said ?? state.choice ?? null;
  const isLate = sent?.status === "no";
  return (
    <fieldset class="choices-of-action">
      <legend>{t(state.phase === "practice" ? "phone.choose_practice" : state.months === 1 ? "phone.choose_month" : "phone.choose", { months: state.months })}</legend>
      {you.actions.map((action) => (
        <label key={action} class={`choice ${chosen === action ? "is-chosen" : ""}`}>
          <input
            type="radio"
            name="action"
            checked={chosen === action}
            onChange={() => phone.say({ t: "choose", round: state.round, action })}
          />
          <span class="choice-name">{t(`phone.action_${action}`)}</span>
          <Worth action={action} you={you} />
          {chosen === action && <Standing sent={sent} isOnline={view.link === "online"} />}
        </label>
      ))}
      {!you.may_file && !you.actions.includes(FILED) && <p class="quiet-text">{t("phone.urgent")}</p>}
      <p class="quiet-text" role="status">
        {isLate ? t("phone.refused", { why: t(`phone.why_${sent.why ?? "form"}`) }) : t("phone.change_until")}
      </p>
    </fieldset>
  );
}

function Worth({ action, you }: { readonly action: number; readonly you: You }) {
  const { t, signed } = useWords();
  const points = signed(you.sure[action] ?? 0);
  const text = TRIES.includes(action) ? t("phone.sure_try", { points, worth: signed(you.worth) }) : t("phone.sure", { points });
  return <span class="choice-worth">{text}</span>;
}

/** Whether the choice is stored: "chosen" is said only when the room has answered. */
function Standing({ sent, isOnline }: { readonly sent: Sent | undefined; readonly isOnline: boolean }) {
  const { t } = useWords();
  const isWaiting = sent?.status === "waiting";
  const text = !isWaiting ? t("phone.chosen") : t(isOnline ? "phone.sending" : "phone.unsent");
  return (
    <strong class="choice-standing" role="status" data-standing={isWaiting ? "waiting" : "ok"}>
      {text}
    </strong>
  );
}
