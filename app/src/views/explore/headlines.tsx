/** One big number in front, the other headline measures behind it: means over the last five years with their intervals, or against the pinned policy. */

import { useRulesSaid } from "../../charts/rules_shown";
import type { PairedEffect } from "../../kernel/types";
import { unitOfMeasure } from "../../model/model";
import type { Headline } from "../../runs/readings";
import { RuleBadge } from "../../take/rule_badge";
import { useSpeech, type Speech } from "../../text/context";
import { mannerOf, type Manner } from "../../text/numbers";

/** What the page is about; all other measures qualify it. */
const IN_FRONT = "innovation_rate";

export function Headlines({ headlines }: { readonly headlines: readonly Headline[] }) {
  const speech = useSpeech();
  const { t } = speech;
  const rules = useRulesSaid();
  const isCompared = headlines.some(({ effect }) => effect !== null);
  const front = headlines.find(({ measure }) => measure === IN_FRONT);
  const behind = headlines.filter((headline) => headline !== front);
  const ofFront = front ? t("explore.headlines_interval", intervalOf(front, speech)) : t("explore.headlines");
  const title = isCompared ? t("explore.headlines_pinned") : ofFront;
  return (
    <section class="headlines" data-compared={isCompared} aria-label={t("explore.headlines")}>
      <p class="headlines-title">{title}</p>
      <RuleBadge said={rules} />
      {front && (
        <dl class="headline-front">
          <One headline={front} label={t("explore.front")} />
        </dl>
      )}
      <details class="headlines-behind" data-paper="open">
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

/** Return the interval of a mean as it is said: in front it stands above the number, whose line is full. */
function intervalOf({ measure, value }: Headline, { t, numbers, language }: Speech): Readonly<Record<"low" | "high", string>> {
  const manner = mannerOf(measure, unitOfMeasure(measure), numbers, language, t("explore.points"));
  const [low, high] = manner.valueEnds(value.low, value.high);
  return { low, high };
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
      {!effect && !label && <dd class="headline-interval">{intervalSaid(manner.valueEnds(value.low, value.high), t)}</dd>}
    </div>
  );
}

function intervalSaid([low, high]: readonly [string, string], t: Speech["t"]): string {
  return t("explore.interval", { low, high });
}

function Difference({ effect, manner }: { readonly effect: PairedEffect; readonly manner: Manner }) {
  const { t } = useSpeech();
  const { difference, low, high } = effect;
  if (difference === 0 && low === high) return <dd class="difference">{t("explore.no_difference")}</dd>;
  const isSeen = /[1-9]/.test(manner.difference(difference));
  const isClear = isSeen && (low > 0 || high < 0);
  const arrow = !isSeen ? "" : difference > 0 ? "▲ " : "▼ ";
  return (
    <>
      <dd class="difference" data-clear={isClear}>
        <span aria-hidden="true">{arrow}</span>
        {manner.difference(difference)}
      </dd>
      <dd class="difference-interval">{intervalSaid(manner.differenceEnds(low, high), t)}</dd>
    </>
  );
}
