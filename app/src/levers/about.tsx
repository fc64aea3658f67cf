/** What a parameter means, where it may lie, and where its default comes from. */

import { aboutParameter, boundsOf, referenceOf, sourceNamed, wordsOf } from "../model/model";
import { useSpeech } from "../text/context";
import { settingSaid } from "./rule_said";

export function About({ path }: { readonly path: string }) {
  const speech = useSpeech();
  const { t, word, numbers } = speech;
  const { unit, plausible, standard, source } = aboutParameter(path);
  const words = wordsOf(path);
  const range = ([low, high]: readonly [number, number]): string => `${numbers.setting(low)}–${numbers.setting(high)}`;
  return (
    <>
      <p>{word("parameters", path, "meaning")}</p>
      <dl class="facts">
        <dt>{t("levers.unit")}</dt>
        <dd>{word("units", unit) ?? unit}</dd>
        <dt>{t("levers.default")}</dt>
        <dd>{settingSaid(path, standard, speech)}</dd>
        {plausible && <dt>{t("levers.plausible")}</dt>}
        {plausible && <dd>{range(plausible)}</dd>}
        <dt>{t("levers.bounds")}</dt>
        <dd>{words.length > 0 ? words.map((_, value) => settingSaid(path, value, speech)).join(t("levers.between")) : range(boundsOf(path))}</dd>
        <dt>{t("levers.source")}</dt>
        <dd>
          <SourceOf source={source} />
        </dd>
      </dl>
    </>
  );
}

function SourceOf({ source }: { readonly source: string }) {
  const { t } = useSpeech();
  if (source === "assumption") return <>{t("levers.assumption")}</>;
  if (source === "judgement") return <>{t("levers.judgement")}</>;
  const found = sourceNamed(source);
  if (!found) return <>{source}</>;
  return (
    <>
      {referenceOf(found)}. <span lang="en">{found.note}</span>
    </>
  );
}
