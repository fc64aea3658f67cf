/** The headline measures: means over the last five years, with the difference from the pinned policy. */

import type { PairedEffect } from "../../kernel/types";
import { unitOfMeasure } from "../../model/model";
import type { Headline } from "../../runs/readings";
import { useSpeech } from "../../text/context";
import { mannerOf, type Manner } from "../../text/numbers";

export function Headlines({ headlines }: { readonly headlines: readonly Headline[] }) {
  const { t } = useSpeech();
  const isCompared = headlines.some(({ effect }) => effect !== null);
  return (
    <section class="headlines" aria-label={t(isCompared ? "explore.headlines_pinned" : "explore.headlines")}>
      <p class="headlines-title">{t(isCompared ? "explore.headlines_pinned" : "explore.headlines")}</p>
      <dl>
        {headlines.map((headline) => (
          <One key={headline.measure} headline={headline} />
        ))}
      </dl>
    </section>
  );
}

function One({ headline }: { readonly headline: Headline }) {
  const { t, word, numbers, language } = useSpeech();
  const { measure, value, effect } = headline;
  const manner = mannerOf(measure, unitOfMeasure(measure), numbers, language, t("explore.points"));
  return (
    <div data-measure={measure}>
      <dt title={word("measures", measure, "meaning") ?? undefined}>{word("measures", measure, "short")}</dt>
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
