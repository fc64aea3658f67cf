/** A hundred officials of the model in one month: what they do, and who does something else once the rule is another. */

import { useRef } from "preact/hooks";
import { ACTIONS, type ActionName } from "../../generated/names";
import { useFilm } from "../follow/context";
import { actionSaid, countsIn, placeNamesOf } from "../follow/deeds";
import { FiguresKey, keyNamesIn } from "../follow/figures_key";
import type { Film } from "../follow/messages";
import { mindsIn } from "../follow/minds";
import { PeopleGrid } from "../follow/people_grid";
import { scenarioNamed } from "../model/model";
import { DEFAULT_POLICY } from "../store/defaults";
import type { Policy } from "../store/types";
import { useSpeech, type Speech } from "../text/context";
import { sentences } from "../text/text";
import { HUNDRED, MONTH_SHOWN, OTHER_RULE } from "./plan";

interface Props {
  readonly choice: ActionName | null;
  /** Whether the other rule is in force. */
  readonly isChanged: boolean;
  readonly onNext: () => void;
}

export function Decide({ choice, isChanged, onNext }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const before = useFilm("own", DEFAULT_POLICY, HUNDRED).value;
  const now = useFilm("pinned", OTHER_RULE, HUNDRED).value;
  if (!before || !now) {
    return (
      <p class="waiting" role="status">
        {t("page.starting")}
      </p>
    );
  }
  return (
    <>
      {isChanged ? <Changed before={before} now={now} speech={speech} /> : <Decided film={before} choice={choice} speech={speech} />}
      <Grid film={isChanged ? now : before} policy={isChanged ? OTHER_RULE : DEFAULT_POLICY} lit={isChanged ? mindsIn(before, now, MONTH_SHOWN).lit : null} speech={speech} />
      <FiguresKey canChoose={false} {...(isChanged && { also: t("compare.lit") })} />
      <button type="button" class="primary" data-tool="next-stage" onClick={onNext}>
        {t(isChanged ? "start.onward" : "start.change")}
      </button>
    </>
  );
}

interface ToldProps {
  readonly film: Film;
  readonly choice: ActionName | null;
  readonly speech: Speech;
}

/** How many of the hundred did as the reader did, in one big number. */
function Decided({ film, choice, speech }: ToldProps) {
  const { t, numbers, language } = speech;
  const counts = countsIn(film, MONTH_SHOWN);
  const alike = likeChoice(counts, choice);
  return (
    <>
      <h2>{t("start.decided")}</h2>
      <p class="start-number" data-number={alike}>
        <strong>{numbers.whole(alike)}</strong> {t("start.alike", { all: numbers.whole(film.officials) })}
      </p>
      <p class="start-said">{sentences(language, monthSaid(film, speech), ...(choice === "innovation" ? [t("start.all_kinds")] : []))}</p>
    </>
  );
}

/** Return the sentence of the month shown in officials, not shares: the big number is to be found in it. */
function monthSaid(film: Film, speech: Speech): string {
  const parts = countsIn(film, MONTH_SHOWN).map((count, action) =>
    speech.t("people.past_part", { action: actionSaid(ACTIONS[action] ?? "", speech), n: speech.numbers.whole(count) }),
  );
  return speech.t("people.summary", { month: MONTH_SHOWN + 1, parts: parts.join(speech.t("levers.between")) });
}

/** All three kinds of innovating count as trying something new. */
function likeChoice(counts: readonly number[], choice: ActionName | null): number {
  const countOf = (action: ActionName): number => counts[ACTIONS.indexOf(action)] ?? 0;
  if (choice !== "innovation") return choice ? countOf(choice) : 0;
  return counts.reduce((sum, count) => sum + count, 0) - countOf("inaction") - countOf("routine");
}

function Changed({ before, now, speech }: { readonly before: Film; readonly now: Film; readonly speech: Speech }) {
  const { t, numbers, language } = speech;
  const minds = mindsIn(before, now, MONTH_SHOWN);
  const tries = (film: Film): string => numbers.whole(likeChoice(countsIn(film, MONTH_SHOWN), "innovation"));
  return (
    <>
      <h2>{t("start.changed")}</h2>
      <p class="start-number" data-number={minds.changed}>
        <strong>{numbers.whole(minds.changed)}</strong> {t("start.else", { all: numbers.whole(now.officials) })}
      </p>
      <p class="start-said">
        {sentences(
          language,
          t("start.tries", { before: tries(before), now: tries(now) }),
          ...(minds.otherHolders > 0 ? [t("compare.other_holders", { n: numbers.whole(minds.otherHolders) })] : []),
        )}
      </p>
    </>
  );
}

interface GridProps {
  readonly film: Film;
  readonly policy: Policy;
  readonly lit: Uint8Array | null;
  readonly speech: Speech;
}

function Grid({ film, policy, lit, speech }: GridProps) {
  const drawing = useRef<(() => SVGSVGElement) | null>(null);
  return (
    <PeopleGrid
      name="hundred"
      film={film}
      month={MONTH_SHOWN}
      placeNames={placeNamesOf(scenarioNamed(policy.scenario), 1 + Math.max(...film.jurisdiction), speech)}
      summary={monthSaid(film, speech)}
      selected={null}
      lit={lit}
      drawing={drawing}
      keyNames={keyNamesIn(speech, lit ? speech.t("compare.lit") : null)}
    />
  );
}
