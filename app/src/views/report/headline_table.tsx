/** The headline measures with their intervals and, where a policy is pinned, the differences from it. */

import { unitOfMeasure } from "../../model/model";
import type { Headline } from "../../runs/readings";
import { useSpeech } from "../../text/context";
import { mannerOf } from "../../text/numbers";
import { Figure, told } from "./told";

export function HeadlineTable({ headlines }: { readonly headlines: readonly Headline[] }) {
  const { t, word, numbers, language } = useSpeech();
  const isCompared = headlines.some(({ effect }) => effect !== null);
  return (
    <section>
      <h3>{t("explore.headlines")}</h3>
      <div class="table-scroll sheet-headlines" tabIndex={0} role="region" aria-label={t("explore.headlines")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("report.measure")}</th>
              <th scope="col">{t("report.mean")}</th>
              <th scope="col">{t("report.interval")}</th>
              {isCompared && <th scope="col">{t("report.difference")}</th>}
              {isCompared && <th scope="col">{t("report.interval")}</th>}
            </tr>
          </thead>
          <tbody>
            {headlines.map(({ measure, value, effect }) => {
              const manner = mannerOf(measure, unitOfMeasure(measure), numbers, language, t("explore.points"));
              const [low, high] = manner.valueEnds(value.low, value.high);
              const [least, most] = effect ? manner.differenceEnds(effect.low, effect.high) : ["", ""];
              return (
                <tr key={measure}>
                  <th scope="row">{word("measures", measure, "label")}</th>
                  <td class="strong">
                    <Figure name={`${measure} mean`} value={value.mean}>
                      {`${manner.value(value.mean)}${manner.unit && ` ${manner.unit}`}`}
                    </Figure>
                  </td>
                  <td>
                    {told(t("explore.interval"), {
                      low: <Figure name={`${measure} low`} value={value.low}>{low}</Figure>,
                      high: <Figure name={`${measure} high`} value={value.high}>{high}</Figure>,
                    })}
                  </td>
                  {effect && (
                    <td class="strong">
                      <Figure name={`${measure} difference`} value={effect.difference}>
                        {manner.difference(effect.difference)}
                      </Figure>
                    </td>
                  )}
                  {effect && (
                    <td>
                      {told(t("explore.interval"), {
                        low: <Figure name={`${measure} difference low`} value={effect.low}>{least}</Figure>,
                        high: <Figure name={`${measure} difference high`} value={effect.high}>{most}</Figure>,
                      })}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
