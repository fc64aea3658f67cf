/** People: one run, played month by month, and everything about the official that one points at. */

import { useMemo, useRef } from "preact/hooks";
import { ChartFrame } from "../../charts/frame";
import { WithoutPinned } from "../../charts/rules_shown";
import { useBiography, useFilm } from "../../follow/context";
import { actionSaid, countsIn, countsSaid, deedsOf, placeNamesOf } from "../../follow/deeds";
import { FiguresKey, keyNamesIn } from "../../follow/figures_key";
import type { Film } from "../../follow/messages";
import { PeopleGrid } from "../../follow/people_grid";
import { usePlayback } from "../../follow/playback";
import { Player } from "../../follow/player";
import { ACTIONS } from "../../../generated/names";
import { scenarioNamed } from "../../model/model";
import { useDispatch, useSession } from "../../store/context";
import type { Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";
import { OfficialCard } from "./official_card";
import "./people.css";

export function PeopleView() {
  const { t } = useSpeech();
  const policy = useSession((session) => session.state.policy);
  const film = useFilm("own", policy);
  return (
    <div class="view people" data-film={film.key}>
      <h2 class="hidden">{t("views.people")}</h2>
      {film.failure && <p role="alert">{t("page.failed", { reason: film.failure })}</p>}
      {film.value ? (
        <WithoutPinned>
          <Played film={film.value} />
        </WithoutPinned>
      ) : (
        <p class="waiting" role="status">
          {t("page.starting")}
        </p>
      )}
    </div>
  );
}

function Played({ film }: { readonly film: Film }) {
  const speech = useSpeech();
  const { t } = speech;
  const dispatch = useDispatch();
  const playback = usePlayback();
  const drawing = useRef<(() => SVGSVGElement) | null>(null);
  const policy = useSession((session) => session.state.policy);
  const selected = useSession((session) => session.state.selected);
  const biography = useBiography("own", policy, selected);
  const month = Math.min(playback.month, film.months - 1);
  const places = useMemo(
    () => placeNamesOf(scenarioNamed(policy.scenario), 1 + Math.max(...film.jurisdiction), speech),
    [policy.scenario, film, speech],
  );
  const summary = t("people.summary", { month: month + 1, parts: countsSaid(film, month, speech) });
  return (
    <>
      <Player playback={playback} />
      <div class="people-body" data-open={selected !== null}>
        <ChartFrame
          title={t("people.title")}
          meaning={t("people.meaning")}
          summary={summary}
          entries={[]}
          table={() => tableOf(film, month, places, speech)}
          data={() => deedsOf(film, month, places, speech)}
          drawing={drawing}
        >
          <FiguresKey />
          {selected === null && <p class="people-hint">{t("people.hint")}</p>}
          <PeopleGrid
            name="own"
            film={film}
            month={month}
            placeNames={places}
            summary={summary}
            selected={selected}
            drawing={drawing}
            keyNames={keyNamesIn(speech, null)}
            onSelect={(official) => dispatch({ type: "select", official: official === selected ? null : official })}
          />
        </ChartFrame>
        {selected !== null && (
          <aside class="people-side" aria-label={t("people.official_label")}>
            <OfficialCard
              film={film}
              biography={biography}
              official={selected}
              month={month}
              places={places}
              onMonth={playback.goTo}
              onClose={() => dispatch({ type: "select", official: null })}
            />
          </aside>
        )}
      </div>
    </>
  );
}

function tableOf(film: Film, month: number, places: readonly string[], speech: Speech): Table {
  const row = (name: string, counts: readonly number[]): string[] => [name, ...counts.map(speech.numbers.whole)];
  return {
    head: [speech.t("people.place_head"), ...ACTIONS.map((action) => actionSaid(action, speech))],
    rows: [
      ...places.map((name, jurisdiction) => row(name, countsIn(film, month, jurisdiction))),
      row(speech.t("people.all"), countsIn(film, month)),
    ],
  };
}
