/** One official under both policies in the same month: what it did, and why. */

import { useBiography } from "../../follow/context";
import { actionSaid } from "../../follow/deeds";
import { consequenceSaid, dutySaid, ruleSaid, whySaid } from "../../follow/official_words";
import { Flips } from "../../follow/flips";
import { Reasons } from "../../follow/reasons_table";
import type { OfficialExplanation } from "../../kernel/types";
import { titleOfPolicy } from "../../levers/said";
import type { Policy } from "../../store/types";
import { RuleBadge } from "../../take/rule_badge";
import { useSpeech } from "../../text/context";

interface Props {
  readonly pinned: Policy;
  readonly policy: Policy;
  readonly official: number;
  readonly month: number;
}

export function Twins({ pinned, policy, official, month }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const [before, now] = [useBiography("pinned", pinned, official), useBiography("own", policy, official)];
  const [then, today] = [before?.[month], now?.[month]];
  const isSameHolder = then?.generation === today?.generation;
  return (
    <section class="twins" aria-label={t("compare.twins", { n: official + 1 })} data-official={official}>
      <h3>{t("compare.twins", { n: official + 1 })}</h3>
      {!isSameHolder && <p class="compare-note">{t("compare.other_holder")}</p>}
      <div class="compare-grids">
        {then && <Twin title={t("compare.before", { title: titleOfPolicy(pinned, speech) })} lane="pinned" policy={pinned} explanation={then} />}
        {today && <Twin title={t("compare.now", { title: titleOfPolicy(policy, speech) })} lane="own" policy={policy} explanation={today} />}
      </div>
    </section>
  );
}

interface TwinProps {
  readonly title: string;
  readonly lane: string;
  readonly policy: Policy;
  readonly explanation: OfficialExplanation;
}

function Twin({ title, lane, policy, explanation }: TwinProps) {
  const speech = useSpeech();
  return (
    <div class="official">
      <h4>{title}</h4>
      <p>
        <strong>{speech.t("people.did", { action: actionSaid(explanation.action, speech) })}</strong> {dutySaid(explanation, speech)}
        {consequenceSaid(explanation, speech)}
      </p>
      <p class="official-why">{whySaid(explanation, speech)}</p>
      <RuleBadge said={ruleSaid(explanation, policy, speech)} />
      <Reasons explanation={explanation} />
      <Flips lane={lane} policy={policy} explanation={explanation} />
    </div>
  );
}
