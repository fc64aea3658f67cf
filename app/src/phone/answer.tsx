/** The debrief's questions: one after the other, an answer to choose and to send. */

import { useState } from "preact/hooks";
import type { DebriefAsked } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { useShown, type ScreenProps } from "./context";
import { isSaid } from "./view";

export function Answer({ state }: ScreenProps) {
  const { t } = useWords();
  const { view } = useShown();
  const { debrief, debriefed = 0, debriefs = 0 } = state.asked ?? {};
  const isOnItsWay = Boolean(debrief) && isSaid(view, `answer ${debrief?.n}`);
  return (
    <section class="card" aria-live="polite">
      <h2>{t("phone.answer_heading")}</h2>
      {debrief && !isOnItsWay ? (
        <>
          <p class="quiet-text">{t("phone.believe_count", { n: debriefed + 1, all: debriefs })}</p>
          <Choice key={debrief.n} asked={debrief} />
        </>
      ) : (
        <p role="status">{t(isOnItsWay ? "phone.sending" : "phone.believe_done")}</p>
      )}
    </section>
  );
}

function Choice({ asked }: { readonly asked: DebriefAsked }) {
  const { t, said } = useWords();
  const { phone } = useShown();
  const [choice, setChoice] = useState<number | null>(null);
  return (
    <>
      <fieldset class="choices-of-action">
        <legend class="question">{said(asked.text)}</legend>
        {asked.answers.map((answer, place) => (
          <label key={place} class={`choice ${choice === place ? "is-chosen" : ""}`}>
            <input type="radio" name="answer" checked={choice === place} onChange={() => setChoice(place)} />
            <span class="choice-name">{said(answer)}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        class="primary wide"
        disabled={choice === null}
        onClick={() => choice !== null && phone.say({ t: "answer", n: asked.n, choice })}
      >
        {t("phone.answer_send")}
      </button>
    </>
  );
}
