/** The map: severity of accountability against the exemption rate, worked out in the background; click to go there. */

import { useMemo, useState } from "preact/hooks";
import { ChartFrame } from "../../charts/frame";
import { WithoutPinned } from "../../charts/rules_shown";
import { scenarioNamed, unitOfMeasure } from "../../model/model";
import { shownPolicy, useDispatch, useSession } from "../../store/context";
import { differingPaths, valueIn } from "../../store/policy";
import type { Policy } from "../../store/types";
import type { Data } from "../../take/csv";
import type { KeyEntry, Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";
import { mannerOf } from "../../text/numbers";
import { sentences } from "../../text/text";
import { useMapRuns } from "./field";
import {
  EXEMPTION,
  EXEMPTIONS,
  MAP_MEASURES,
  MAP_RUNS,
  N_SQUARES,
  SEVERITIES,
  SEVERITY,
  domainOf,
  heatAt,
  middleOf,
  placeIn,
  squareAt,
  zeroLine,
  type Field,
  type MapMeasure,
  type Square,
} from "./grid";
import { HeatMap, type Named } from "./heat_map";
import "./map.css";

function squareOf(policy: Policy): Square {
  return { severity: valueIn(policy, SEVERITY), exemption: valueIn(policy, EXEMPTION) };
}

/** Tell whether another policy differs in the map's two levers only, and so lies on the same map. */
function isOnMapOf(policy: Policy, other: Policy): boolean {
  const isPlain = (name: string): boolean => {
    const { changes, listed } = scenarioNamed(name);
    return changes.length === 0 && listed.length === 0;
  };
  const isSameOtherwise =
    policy.scenario === other.scenario || (isPlain(policy.scenario) && isPlain(other.scenario));
  return isSameOtherwise && differingPaths(policy, other).every((path) => path === SEVERITY || path === EXEMPTION);
}

function nearestPlace({ severity, exemption }: Square): number {
  return Math.round(placeIn(EXEMPTIONS, exemption)) * SEVERITIES.length + Math.round(placeIn(SEVERITIES, severity));
}

export function MapView() {
  const { t } = useSpeech();
  const policy = useSession(shownPolicy);
  const { field, done, total, failure, isOfBefore } = useMapRuns(policy);
  const squares = Math.min(done, N_SQUARES);
  return (
    <div class="view map" data-before={isOfBefore} data-runs={isOfBefore ? 0 : (field?.runs ?? 0)}>
      <div class="map-head">
        <h2>{t("map.title")}</h2>
        <p class="map-count" role="status">
          {isOfBefore && t("map.of_before", { n: squares, all: N_SQUARES })}
          {!isOfBefore && !field && t("map.computing", { n: squares, all: N_SQUARES })}
          {!isOfBefore && field && done < total && t("map.refining", { n: field.runs, all: MAP_RUNS })}
        </p>
      </div>
      {failure && <p role="alert">{t("page.failed", { reason: failure })}</p>}
      {field ? <WithoutPinned><Mapped field={field} policy={policy} /></WithoutPinned> : <p class="waiting">{t("page.starting")}</p>}
    </div>
  );
}

function Mapped({ field, policy }: { readonly field: Field; readonly policy: Policy }) {
  const speech = useSpeech();
  const { t, word, numbers, language } = speech;
  const dispatch = useDispatch();
  const chosen = useSession((session) => session.state.pinned);
  const pinned = chosen && isOnMapOf(policy, chosen) ? chosen : null;
  const [measure, setMeasure] = useState<MapMeasure>("innovation_rate");
  const [cursor, setCursor] = useState(() => nearestPlace(squareOf(policy)));
  const values = field.values[measure];
  const unit = unitOfMeasure(measure);
  const manner = mannerOf(measure, unit, numbers, language, t("explore.points"));
  const domain = domainOf(values, unit === "share");
  const lead = useMemo(() => leadOf(field), [field]);
  const line = useMemo(() => zeroLine(lead), [lead]);
  const summary = summaryOf(field, lead, line.length > 0, speech);
  const go = (place: number): void => {
    const { severity, exemption } = squareAt(place);
    setCursor(place);
    dispatch({ type: "set", values: { [SEVERITY]: severity, [EXEMPTION]: exemption } });
  };
  const entries: KeyEntry[] = [
    ...(line.length > 0 ? [{ name: t("map.tipping"), colour: "var(--ink)", form: "solid" as const }] : []),
    { name: t("map.here"), colour: "var(--ink)", form: "ring" },
    ...(pinned ? [{ name: t("map.pinned_here"), colour: "var(--ink)", form: "diamond" as const }] : []),
  ];
  return (
    <div class="map-body">
      <ChartFrame
        title={word("measures", measure, "label") ?? measure}
        meaning={word("measures", measure, "meaning")}
        summary={summary}
        isTitleHidden
        entries={entries}
        table={() => tableOf(field, measure, speech)}
        data={() => dataOf(field, measure, speech)}
        ramp={{ low: manner.value(domain[0]), high: manner.value(domain[1]), colours: RAMP.map(heatAt) }}
        tools={<Choice measure={measure} onChange={setMeasure} />}
      >
        <HeatMap
          values={values}
          domain={domain}
          line={line}
          names={line.length > 0 ? namesOf(lead, speech) : []}
          own={squareOf(policy)}
          pinned={pinned && squareOf(pinned)}
          cursor={cursor}
          summary={summary}
          help={t("map.keys")}
          severityLabel={word("parameters", SEVERITY, "label") ?? ""}
          exemptionLabel={word("parameters", EXEMPTION, "label") ?? ""}
          shown={numbers.setting}
          onCursor={setCursor}
          onGo={go}
        />
        <Colours low={manner.value(domain[0])} high={manner.value(domain[1])} />
      </ChartFrame>
      <aside class="map-side">
        <Reading field={field} place={cursor} speech={speech} />
        <p class="map-note">{t("map.reading", { n: field.runs, all: MAP_RUNS })}</p>
        <p class="map-note map-keys">{t("map.keys")}</p>
      </aside>
      <div class="map-next next-step">
        <button type="button" onClick={() => go(cursor)}>
          {t("map.go")}
        </button>
        <button type="button" class="primary" onClick={() => dispatch({ type: "go", view: "explore" })}>
          {t("map.explore_here")}
        </button>
      </div>
    </div>
  );
}

/** Return by how much innovation leads over doing nothing, for every square. */
function leadOf(field: Field): Float64Array {
  const inaction = field.values.inaction_rate;
  return field.values.innovation_rate.map((innovation, place) => innovation - (inaction[place] ?? Number.NaN));
}

/** Return what stands on either side of the tipping line. */
function namesOf(lead: Float64Array, { t }: Speech): Named[] {
  const sides = [
    { text: t("map.side_innovation"), at: middleOf(lead, (value) => value > 0) },
    { text: t("map.side_inaction"), at: middleOf(lead, (value) => value <= 0) },
  ];
  return sides.flatMap(({ text, at }) => (at ? [{ text, at }] : []));
}

function summaryOf(field: Field, lead: Float64Array, hasLine: boolean, { t, numbers, language }: Speech): string {
  const values = field.values.innovation_rate;
  const [least, most] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  const [low, high] = [squareAt(least), squareAt(most)];
  const said = t("map.summary", {
    low: numbers.percent(values[least] ?? Number.NaN),
    low_severity: numbers.setting(low.severity),
    low_exemption: numbers.setting(low.exemption),
    high: numbers.percent(values[most] ?? Number.NaN),
    high_severity: numbers.setting(high.severity),
    high_exemption: numbers.setting(high.exemption),
  });
  if (hasLine) return said;
  const which = t((lead[0] ?? 0) > 0 ? "map.more_innovate" : "map.more_inaction");
  return sentences(language, said, t("map.tipping_none", { which }));
}

function Choice(props: { readonly measure: MapMeasure; readonly onChange: (measure: MapMeasure) => void }) {
  const { t, word } = useSpeech();
  return (
    <select
      class="map-choice"
      aria-label={t("map.measure")}
      value={props.measure}
      onChange={(event) => {
        const found = MAP_MEASURES.find((measure) => measure === event.currentTarget.value);
        if (found) props.onChange(found);
      }}
    >
      {MAP_MEASURES.map((measure) => (
        <option key={measure} value={measure}>
          {word("measures", measure, "label")}
        </option>
      ))}
    </select>
  );
}

/** So many that the colours between them are those of the map. */
const RAMP = Array.from({ length: 17 }, (_, place) => place / 16);

function Colours({ low, high }: { readonly low: string; readonly high: string }) {
  const stops = RAMP.map(heatAt).join(", ");
  return (
    <div class="map-colours" aria-hidden="true">
      <span>{low}</span>
      <span class="map-ramp" style={{ background: `linear-gradient(to right, ${stops})` }} />
      <span>{high}</span>
    </div>
  );
}

interface ReadingProps {
  readonly field: Field;
  readonly place: number;
  readonly speech: Speech;
}

function Reading({ field, place, speech }: ReadingProps) {
  const { t, word, numbers, language } = speech;
  const { severity, exemption } = squareAt(place);
  return (
    <div class="map-reading" role="status">
      <p class="map-square">
        {t("map.square", { severity: numbers.setting(severity), exemption: numbers.setting(exemption) })}
      </p>
      <dl>
        {MAP_MEASURES.map((measure) => (
          <div key={measure}>
            <dt>{word("measures", measure, "label")}</dt>
            <dd>
              {mannerOf(measure, unitOfMeasure(measure), numbers, language, t("explore.points")).value(
                field.values[measure][place] ?? Number.NaN,
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function tableOf(field: Field, measure: MapMeasure, { t, word, numbers, language }: Speech): Table {
  const manner = mannerOf(measure, unitOfMeasure(measure), numbers, language, t("explore.points"));
  const corner = `${word("parameters", EXEMPTION, "label")} / ${word("parameters", SEVERITY, "label")}`;
  return {
    head: [corner, ...SEVERITIES.map(numbers.setting)],
    rows: EXEMPTIONS.map((exemption, row) => [
      numbers.setting(exemption),
      ...SEVERITIES.map((_, column) => manner.value(field.values[measure][row * SEVERITIES.length + column] ?? Number.NaN)),
    ]),
  };
}

function dataOf(field: Field, measure: MapMeasure, { word }: Speech): Data {
  const head = [word("parameters", SEVERITY, "label"), word("parameters", EXEMPTION, "label"), word("measures", measure, "label")];
  return {
    head: head.map((name) => name ?? ""),
    rows: Array.from(field.values[measure], (value, place) => {
      const { severity, exemption } = squareAt(place);
      return [severity, exemption, value];
    }),
  };
}
