/** Joining: what is kept and what not, the code, whether for research too; or coming from another phone. */

import { useRef, useState } from "preact/hooks";
import { useWords } from "../play/words";
import { useShown } from "./context";

const SEAT_AND_DIGITS = /^\s*(\d{1,4})\s*[-–—\s]\s*(\d{4})\s*$/;

export function Join({ code: first }: { readonly code: string }) {
  const { t } = useWords();
  const { phone } = useShown();
  const [code, setCode] = useState(first);
  const [isForResearch, setForResearch] = useState(false);
  const [isWrong, setIsWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const start = (event: Event): void => {
    event.preventDefault();
    const digits = code.replace(/\D/g, "");
    setIsWrong(digits.length !== 6);
    if (digits.length === 6) phone.join(digits, isForResearch);
    else field.current?.focus();
  };
  return (
    <section class="card">
      <p class="quiet-text">{t("phone.purpose")}</p>
      <h2>{t("phone.join_heading")}</h2>
      <p>{t("phone.join_text")}</p>
      <form onSubmit={start} noValidate>
        <label class="check">
          <input type="checkbox" checked={isForResearch} onChange={(event) => setForResearch(event.currentTarget.checked)} />
          <span>{t("phone.research")}</span>
        </label>
        <label class="field">
          <span>{t("phone.code")}</span>
          <input
            ref={field}
            class="code"
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
            value={code}
            aria-invalid={isWrong}
            aria-describedby="join-wrong"
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <Wrong id="join-wrong" text={isWrong ? t("phone.code_form") : ""} />
        <button type="submit" class="primary wide">
          {t("phone.start")}
        </button>
      </form>
      <Move />
    </section>
  );
}

/** What was wrong: with what was typed, or what the room said to it. */
function Wrong({ id, text }: { readonly id: string; readonly text: string }) {
  const { t, sentences } = useWords();
  const { refused } = useShown().view;
  const seconds = Math.ceil((refused?.waitMs ?? 0) / 1000);
  const said = refused ? t(`phone.why_${refused.why}`) : "";
  return (
    <p id={id} class="wrong" role="alert">
      {sentences(text || said, !text && seconds > 0 ? t("phone.why_wait", { n: seconds }) : "")}
    </p>
  );
}

function Move() {
  const { t } = useWords();
  const { phone } = useShown();
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const move = (event: Event): void => {
    event.preventDefault();
    const found = SEAT_AND_DIGITS.exec(typed);
    setIsWrong(!found);
    if (found?.[1] && found[2]) phone.move(Number(found[1]), found[2]);
  };
  return (
    <details>
      <summary>{t("phone.move_heading")}</summary>
      <form onSubmit={move} noValidate>
        <label class="field">
          <span>{t("phone.move_label")}</span>
          <input inputMode="text" autoComplete="off" maxLength={12} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <p class="wrong" role="alert">
          {isWrong ? t("phone.move_form") : ""}
        </p>
        <button type="submit" class="wide">
          {t("phone.move")}
        </button>
      </form>
    </details>
  );
}
