/** The debrief's questions on the wall: what can be answered while phones are asked, then how many chose what. */

import type { DebriefOf, WallState } from "../../generated/room_messages";
import { useWords } from "../play/words";

interface QuestionsWallProps {
  readonly wall: WallState;
}

/** While phones are asked: the questions and their answers, without a word on what was chosen. */
export function Questions({ wall }: QuestionsWallProps) {
  const { t, said } = useWords();
  return (
    <section class="wall-questions">
      <h2>{t("room.phase_questions")}</h2>
      <p>{t("room.text_questions")}</p>
      <ol>
        {wall.debrief.map(({ text, answers }) => (
          <li key={said(text)}>
            {said(text)}
            <span class="offered">
              {answers.map((answer) => (
                <span key={said(answer)}>{said(answer)}</span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The questions, each with how many chose which answer, from five people on. */
export function DebriefQuestions({ wall }: QuestionsWallProps) {
  const { said } = useWords();
  return (
    <ol class="answered">
      {wall.debrief.map((asked) => (
        <li key={said(asked.text)}>
          {said(asked.text)}
          {asked.counts.length > 0 && <Counts asked={asked} />}
        </li>
      ))}
    </ol>
  );
}

function Counts({ asked: { answers, counts, people } }: { readonly asked: DebriefOf }) {
  const { said } = useWords();
  return (
    <ul class="answer-counts">
      {answers.map((answer, place) => {
        const count = counts[place] ?? 0;
        return (
          <li key={said(answer)}>
            <span>{said(answer)}</span>
            <span class="answer-bar" aria-hidden="true">
              <span style={{ width: `${(100 * count) / Math.max(people, 1)}%` }} />
            </span>
            <strong>{count}</strong>
          </li>
        );
      })}
    </ul>
  );
}
