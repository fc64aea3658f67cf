/** One lever would have changed this: which, to what, and what the official would have done instead. */

import { useFlips } from "./context";
import { actionSaid } from "./deeds";
import type { OfficialExplanation } from "../kernel/types";
import type { Policy } from "../store/types";
import { useSpeech } from "../text/context";
import "./flips.css";

interface Props {
  readonly lane: string;
  readonly policy: Policy;
  readonly explanation: OfficialExplanation;
}

export function Flips({ lane, policy, explanation }: Props) {
  const speech = useSpeech();
  const { t, word, numbers } = speech;
  const flips = useFlips(lane, policy, explanation.official, explanation.month);
  return (
    <section class="flips" data-flips={flips?.length}>
      <h4>{t("people.flips")}</h4>
      {flips === null ? (
        <p class="flips-note">{t("people.flips_working")}</p>
      ) : (
        <>
          <p class="flips-note">{t(flips.length > 0 ? "people.flips_meaning" : "people.flips_none")}</p>
          <ul>
            {flips.map(({ path, value, action }) => (
              <li key={`${path} ${value}`}>
                {t("people.flip", {
                  lever: word("parameters", path, "label") ?? path,
                  after: numbers.setting(value),
                  action: actionSaid(action, speech),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
