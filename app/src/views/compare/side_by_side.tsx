/** Two grids in the same month: those who do something else stand out, and a sentence says how many and what. */

import { useMemo, useRef } from "preact/hooks";
import { ChartFrame } from "../../charts/frame";
import { PoliciesDrawnProvider } from "../../charts/rules_shown";
import { actionSaid, countsIn, countsSaid, deedsOf, placeNamesOf } from "../../follow/deeds";
import { FiguresKey, keyNamesIn } from "../../follow/figures_key";
import type { Film } from "../../follow/messages";
import { PeopleGrid } from "../../follow/people_grid";
import { usePlayback } from "../../follow/playback";
import { Player } from "../../follow/player";
import { ACTIONS } from "../../../generated/names";
import { Changed } from "../../levers/changed";
import { shortTitleOfPolicy } from "../../levers/said";
import { scenarioNamed } from "../../model/model";
import { useDispatch, useSession } from "../../store/context";
import { isByAnotherRule } from "../../store/policy";
import type { Policy } from "../../store/types";
import type { Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";
import { mindsIn, type Minds } from "../../follow/minds";
import { Twins } from "./twins";

interface Props {
  readonly pinned: Policy;
  readonly policy: Policy;
  /** The runs under the pinned policy and under the one in the panel. */
  readonly before: Film;
  readonly now: Film;
}

export function SideBySide({ pinned, policy, before, now }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const dispatch = useDispatch();
  const playback = usePlayback();
  const drawings = {
    before: useRef<(() => SVGSVGElement) | null>(null),
    now: useRef<(() => SVGSVGElement) | null>(null),
  };
  const selected = useSession((session) => session.state.selected);
  const month = Math.min(playback.month, before.months - 1, now.months - 1);
  const minds = useMemo(() => mindsIn(before, now, month), [before, now, month]);
  const onSelect = (official: number): void =>
    dispatch({ type: "select", official: official === selected ? null : official });
  const grid = (name: "before" | "now", film: Film, of: Policy) => {
    const places = placeNamesOf(scenarioNamed(of.scenario), 1 + Math.max(...film.jurisdiction), speech);
    const summary = t("people.summary", { month: month + 1, parts: countsSaid(film, month, speech) });
    return (
      // Both tell their rule or neither does, so that officials stand in the same places.
      <PoliciesDrawnProvider value={{ policy: of, pinned: null, isBesideAnother: [pinned, policy].some(isByAnotherRule) }}>
      <ChartFrame
        title={t(`compare.${name}`, { title: shortTitleOfPolicy(of, speech) })}
        summary={summary}
        entries={[]}
        table={() => tableOf(film, month, speech)}
        data={() => deedsOf(film, month, places, speech)}
        drawing={drawings[name]}
      >
        <PeopleGrid
          name={name}
          film={film}
          month={month}
          placeNames={places}
          summary={summary}
          selected={selected}
          lit={minds.lit}
          drawing={drawings[name]}
          keyNames={keyNamesIn(speech, t("compare.lit"))}
          onSelect={onSelect}
        />
      </ChartFrame>
      </PoliciesDrawnProvider>
    );
  };
  return (
    <>
      <Player playback={playback} />
      <p class="compare-said" role={playback.isPlaying ? undefined : "status"}>
        {mindsSaid(minds, now, month, speech)}
      </p>
      {[pinned, policy].some(({ settings }) => Object.keys(settings).length > 0) && (
        <div class="compare-changed">
          <Changed policy={pinned} heading="compare.changed_before" />
          <Changed policy={policy} heading="compare.changed_now" />
        </div>
      )}
      <FiguresKey also={t("compare.lit")} />
      {selected === null && <p class="compare-hint">{t("compare.hint")}</p>}
      <div class="compare-grids">
        {grid("before", before, pinned)}
        {grid("now", now, policy)}
      </div>
      {selected !== null && selected < now.officials && (
        <Twins pinned={pinned} policy={policy} official={selected} month={month} />
      )}
    </>
  );
}

const TURNS_SAID = 3;

/** Return the sentence of a month: how many do something else, and what most of them do instead. */
export function mindsSaid(minds: Minds, film: Film, month: number, speech: Speech): string {
  const { t, numbers } = speech;
  const parts = [
    t(minds.changed === 0 ? "compare.nobody" : "compare.changed", {
      month: month + 1,
      n: numbers.whole(minds.changed),
      of: numbers.whole(film.officials),
      share: numbers.percent(minds.changed / film.officials),
    }),
  ];
  const turns = minds.turns.slice(0, TURNS_SAID).map(({ from, to, n }) =>
    t("compare.turn", { from: actionSaid(from, speech), to: actionSaid(to, speech), n: numbers.whole(n) }),
  );
  if (turns.length > 0) parts.push(t("compare.turns", { turns: turns.join(t("compare.semicolon")) }));
  if (minds.otherHolders > 0) parts.push(t("compare.other_holders", { n: numbers.whole(minds.otherHolders) }));
  return parts.join(speech.language === "en" ? " " : "");
}

function tableOf(film: Film, month: number, speech: Speech): Table {
  return {
    head: [speech.t("people.action_head"), speech.t("explore.officials_count")],
    rows: countsIn(film, month).map((count, action) => [
      actionSaid(ACTIONS[action] ?? "", speech),
      speech.numbers.whole(count),
    ]),
  };
}
