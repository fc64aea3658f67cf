/** Beliefs: how many in ten, one question after the other; ten pictograms and two buttons. */

import { useState } from "preact/hooks";
import type { Question } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { useShown, type ScreenProps } from "./context";
import { isSaid } from "./view";

const TENTHS = 10;

export function Believe({ state }: ScreenProps) {
  const { t } = useWords();
  const { phone, view } = useShown();
  const { questions = [], tenths = [] } = state.asked ?? {};
  const about = (question: Question): string => `believe ${state.step} ${question}`;
  const isAnswered = (question: Question, place: number): boolean => (tenths[place] ?? null) !== null || isSaid(view, about(question));
  const n = questions.findIndex((question, place) => !isAnswered(question, place));
  const question = questions[n];
  if (!question) {
    const isWaiting = questions.some((asked) => view.sent[about(asked)]?.status === "waiting");
    return (
      <section class="card notice" role="status">
        <h2>{t("phone.believe_heading")}</h2>
        <p>{t(isWaiting ? "phone.sending" : "phone.believe_done")}</p>
      </section>
    );
  }
  return (
    <section class="card">
      <h2>{t("phone.believe_heading")}</h2>
      <p class="quiet-text">{t("phone.believe_count", { n: n + 1, all: questions.length })}</p>
      <Stepper
        key={question}
        question={question}
        onSend={(value) => phone.say({ t: "believe", round: state.round, question, tenths: value })}
      />
    </section>
  );
}

interface StepperProps {
  readonly question: Question;
  readonly onSend: (tenths: number) => void;
}

function Stepper({ question, onSend }: StepperProps) {
  const { t } = useWords();
  const [value, setValue] = useState<number | null>(null);
  const step = (by: number): void => setValue(Math.min(Math.max((value ?? 5) + (value === null ? 0 : by), 0), TENTHS));
  return (
    <>
      <p class="question">{t(`phone.believe_${question}`)}</p>
      <div class="stepper">
        <button type="button" aria-label={t("phone.believe_less")} disabled={value === 0} onClick={() => step(-1)}>
          −
        </button>
        <div class="stepper-value" role="status">
          <span class="dots" aria-hidden="true">
            {"●".repeat(value ?? 0)}
            {"○".repeat(TENTHS - (value ?? 0))}
          </span>
          <strong>{value === null ? "?" : t("phone.believe_value", { n: value })}</strong>
        </div>
        <button type="button" aria-label={t("phone.believe_more")} disabled={value === TENTHS} onClick={() => step(1)}>
          +
        </button>
      </div>
      <button type="button" class="primary wide" disabled={value === null} onClick={() => value !== null && onSend(value)}>
        {t("phone.believe_send")}
      </button>
    </>
  );
}
