/** One big number in front, the other headline measures behind it: means over the last five years, against the pinned policy. */

import { useRulesSaid } from "../../charts/rules_shown";
import type { PairedEffect } from "../../kernel/types";
import { unitOfMeasure } from "../../model/model";
import type { Headline } from "../../runs/readings";
import { RuleBadge } from "../../take/rule_badge";
import { useSpeech } from "../../text/context";
import { mannerOf, type Manner } from "../../text/numbers";

/** What the page is about; all other measures qualify it. */
const IN_FRONT = "innovation_rate";

export function Headlines({ headlines }: { readonly headlines: readonly Headline[] }) {
  const { t } = useSpeech();
  const rules = useRulesSaid();
  const isCompared = headlines.some(({ effect }) => effect !== null);
  const front = headlines.find(({ measure }) => measure === IN_FRONT);
  const behind = headlines.filter((headline) => headline !== front);
  return (
    <section class="headlines" data-compared={isCompared} aria-label={t(isCompared ? "explore.headlines_pinned" : "explore.headlines")}>
      <p class="headlines-title">{t(isCompared ? "explore.headlines_pinned" : "explore.headlines")}</p>
      <RuleBadge said={rules} />
      {front && (
        <dl class="headline-front">
          <One headline={front} label={t("explore.front")} />
        </dl>
      )}
      <details class="headlines-behind">
        <summary>{t("explore.behind", { n: behind.length })}</summary>
        <dl>
          {behind.map((headline) => (
            <One key={headline.measure} headline={headline} />
          ))}
        </dl>
      </details>
    </section>
  );
}

function One({ headline, label }: { readonly headline: Headline; readonly label?: string }) {
  const { t, word, numbers, language } = useSpeech();
  const { measure, value, effect } = headline;
  const manner = mannerOf(measure, unitOfMeasure(measure), numbers, language, t("explore.points"));
  return (
    <div data-measure={measure}>
      <dt title={word("measures", measure, "meaning") ?? undefined}>{label ?? word("measures", measure, "short")}</dt>
      <dd class="figure">
        {manner.value(value.mean)}
        {manner.unit && <small> {manner.unit}</small>}
      </dd>
      {effect && <Difference effect={effect} manner={manner} />}
    </div>
  );
}

function Difference({ effect, manner }: { readonly effect: PairedEffect; readonly manner: Manner }) {
  const { t } = useSpeech();
  const { difference, low, high } = effect;
  if (difference === 0 && low === high) return <dd class="difference">{t("explore.no_difference")}</dd>;
  const isSeen = /[1-9]/.test(manner.end(difference));
  const isClear = isSeen && (low > 0 || high < 0);
  const arrow = !isSeen ? "" : difference > 0 ? "▲ " : "▼ ";
  return (
    <>
      <dd class="difference" data-clear={isClear}>
        <span aria-hidden="true">{arrow}</span>
        {manner.difference(difference)}
      </dd>
      <dd class="difference-interval">{t("explore.interval", { low: manner.end(low), high: manner.end(high) })}</dd>
    </>
  );
}
