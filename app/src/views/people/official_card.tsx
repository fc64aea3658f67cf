/** One official in one month: who it is, what it believes, why it chose, how it turned out, and its past. */

import { useEffect, useRef } from "preact/hooks";
import { actionSaid } from "../../follow/deeds";
import type { Biography, Film } from "../../follow/messages";
import { consequenceSaid, dutySaid, ruleSaid, whySaid } from "../../follow/official_words";
import { explainCommand } from "../../follow/explain_command";
import { Flips } from "../../follow/flips";
import { Reasons } from "../../follow/reasons_table";
import type { OfficialExplanation } from "../../kernel/types";
import { HABIT_MONTHS } from "../../model/model";
import { CopyButton } from "../../share/copy_button";
import { useSession } from "../../store/context";
import { RuleBadge } from "../../take/rule_badge";
import { useSpeech, type Speech } from "../../text/context";
import { fixed } from "../../text/fixed_numbers";
import { Past } from "./past";

interface Props {
  readonly film: Film;
  readonly biography: Biography | null;
  readonly official: number;
  readonly month: number;
  readonly places: readonly string[];
  readonly onMonth: (month: number) => void;
  readonly onClose: () => void;
}

export function OfficialCard({ film, biography, official, month, places, onMonth, onClose }: Props) {
  const speech = useSpeech();
  const { t, numbers } = speech;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.scrollIntoView({ block: "nearest" }), [official]);
  const policy = useSession((session) => session.state.policy);
  const now = biography?.[month] ?? null;
  const place = places[film.jurisdiction[official] ?? 0] ?? "";
  return (
    <div class="official" data-official={official} data-month={now?.month}>
      <div class="official-head">
        <h3 ref={heading}>{t("people.official", { n: official + 1, place })}</h3>
        <button type="button" class="quiet small" onClick={onClose}>
          {t("page.close")}
        </button>
      </div>
      {now && biography && (
        <>
          <p class="official-who">
            {t("people.who", {
              age: numbers.whole(Math.floor(now.state.age)),
              holder: holderSaid(now.generation, speech),
              idle: numbers.whole(now.outlook.own_inaction * HABIT_MONTHS),
              of: numbers.whole(HABIT_MONTHS),
              frozen: now.state.freeze_months > 0 ? t("people.frozen", { n: numbers.whole(now.state.freeze_months) }) : "",
            })}
          </p>
          <Deed explanation={now} />
          <h4>{t("people.why")}</h4>
          <p class="official-why">{whySaid(now, speech)}</p>
          <RuleBadge said={ruleSaid(now, policy, speech)} />
          <Reasons explanation={now} />
          <Flips lane="own" policy={policy} explanation={now} />
          <h4>{t("people.believes")}</h4>
          <Beliefs explanation={now} />
          <h4>{t("people.is")}</h4>
          <Traits explanation={now} />
          <Past biography={biography} film={film} official={official} month={month} onMonth={onMonth} />
          <SameInPython official={official} month={month} />
        </>
      )}
    </div>
  );
}

/** Return which holder of the post this is, in words. */
function holderSaid(before: number, { t }: Speech): string {
  return before === 0 ? t("people.holder_first") : t("people.holder_later", { n: before, holder: before + 1 });
}

/** The command that prints the same official in the same month. */
function SameInPython({ official, month }: { readonly official: number; readonly month: number }) {
  const { t } = useSpeech();
  const { policy, size, seed } = useSession((session) => session.state);
  const command = explainCommand({ policy, size, seed, official, month });
  return (
    <details class="official-command">
      <summary>{t("people.command")}</summary>
      <p>
        <code>{command}</code>
      </p>
      <CopyButton text={command} label={t("people.copy_command")} className="small" />
    </details>
  );
}

function Deed({ explanation }: { readonly explanation: OfficialExplanation }) {
  const speech = useSpeech();
  return (
    <p class="official-deed">
      <strong>{speech.t("people.did", { action: actionSaid(explanation.action, speech) })}</strong> {dutySaid(explanation, speech)}
      {consequenceSaid(explanation, speech)}
    </p>
  );
}

function Beliefs({ explanation }: { readonly explanation: OfficialExplanation }) {
  const { t, word, numbers } = useSpeech();
  const { outlook, circumstances } = explanation;
  const row = (name: string, value: number, against: string) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd>
        <span class="meter" style={{ "--share": value }} aria-hidden="true" />
        <span>{numbers.wholePercent(value)}</span>
        <small>{against}</small>
      </dd>
    </div>
  );
  return (
    <dl class="meters">
      {row(
        word("outlook", "perceived_accountability") ?? "",
        outlook.perceived_accountability,
        t("people.announced", { share: numbers.wholePercent(circumstances.announced_accountability) }),
      )}
      {row(
        word("outlook", "perceived_exemption_unfiled") ?? "",
        outlook.perceived_exemption_unfiled,
        t("people.announced", { share: numbers.wholePercent(circumstances.announced_exemption_unfiled) }),
      )}
      {row(
        word("outlook", "perceived_exemption_filed") ?? "",
        outlook.perceived_exemption_filed,
        t("people.announced", { share: numbers.wholePercent(circumstances.announced_exemption_filed) }),
      )}
      {row(word("outlook", "sound") ?? "", outlook.sound, "")}
    </dl>
  );
}

const SHARES = ["competence", "integrity"] as const;
const STRENGTHS = ["public_service_motivation", "ambition", "loss_aversion"] as const;

function Traits({ explanation: { state, outlook } }: { readonly explanation: OfficialExplanation }) {
  const { word, language } = useSpeech();
  return (
    <dl class="facts official-facts">
      {[...SHARES, ...STRENGTHS].map((trait) => (
        <div key={trait}>
          <dt>{word("official", trait)}</dt>
          <dd>{fixed(state[trait], language)}</dd>
        </div>
      ))}
      <div>
        <dt>{word("outlook", "drive")}</dt>
        <dd>{fixed(outlook.drive, language)}</dd>
      </div>
    </dl>
  );
}
