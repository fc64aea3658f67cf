/** The one decision that everybody takes first. */

import type { ActionName } from "../../generated/names";
import { useSpeech } from "../text/context";

/** What can be chosen: a way to act of the model, and how it is put to somebody who has never seen it. */
const CHOICES = [
  ["innovation", "try"],
  ["routine", "routine"],
  ["inaction", "nothing"],
] as const satisfies readonly (readonly [ActionName, string])[];

export function Ask({ onChoose }: { readonly onChoose: (action: ActionName) => void }) {
  const { t } = useSpeech();
  return (
    <>
      <h2>{t("start.question")}</h2>
      <p class="start-said">{t("start.situation")}</p>
      <div class="start-choices">
        {CHOICES.map(([action, key]) => (
          <button key={action} type="button" data-choice={action} onClick={() => onChoose(action)}>
            <strong>{t(`start.choose_${key}`)}</strong>
            <span>{t(`start.means_${key}`)}</span>
          </button>
        ))}
      </div>
    </>
  );
}
