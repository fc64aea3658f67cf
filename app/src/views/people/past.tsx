/** The past of a post: what was done in every month, on a line of its own for every action, and what was believed. */

import { useMemo } from "preact/hooks";
import { monthSaid } from "../../charts/fan_chart";
import { ChartFrame } from "../../charts/frame";
import { scaleOf } from "../../charts/geometry";
import { useSize } from "../../charts/size";
import { TimeChart } from "../../charts/time_chart";
import { actionSaid } from "../../follow/deeds";
import { tokenOf } from "../../follow/figures";
import { FigureSign } from "../../follow/figures_key";
import type { Biography, Film } from "../../follow/messages";
import { sanctionSaid } from "../../follow/official_words";
import { ACTIONS } from "../../../generated/names";
import type { OfficialExplanation } from "../../kernel/types";
import type { Data } from "../../take/csv";
import type { Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";

interface Props {
  readonly biography: Biography;
  readonly film: Film;
  readonly official: number;
  readonly month: number;
  readonly onMonth: (month: number) => void;
}

export function Past(props: Props) {
  const speech = useSpeech();
  const { t, word, numbers } = speech;
  const { biography, month } = props;
  const series = useMemo(
    () => ({
      accountability: Float64Array.from(biography, ({ outlook }) => outlook.perceived_accountability),
      unfiled: Float64Array.from(biography, ({ outlook }) => outlook.perceived_exemption_unfiled),
      filed: Float64Array.from(biography, ({ outlook }) => outlook.perceived_exemption_filed),
    }),
    [biography],
  );
  const names = {
    accountability: word("outlook", "perceived_accountability") ?? "",
    unfiled: word("outlook", "perceived_exemption_unfiled") ?? "",
    filed: word("outlook", "perceived_exemption_filed") ?? "",
  };
  const summary = pastSaid(biography, month, speech);
  return (
    <ChartFrame
      title={t("people.past")}
      summary={summary}
      entries={[
        { name: names.accountability, colour: "var(--line-lazy)", form: "dashed" },
        { name: names.unfiled, colour: "var(--line-innovation)", form: "solid" },
        { name: names.filed, colour: "var(--line-innovation)", form: "dotted" },
      ]}
      table={() => pastTable(biography, speech)}
      data={() => pastData(biography, series, names, speech)}
    >
      <Deeds {...props} />
      <TimeChart
        name="beliefs"
        summary={`${t("people.believes")}. ${summary}`}
        months={biography.length}
        top={1}
        firstYear={t("table.year_zero")}
        shown={numbers.wholePercent}
        lines={[
          { values: series.accountability, colour: "var(--line-lazy)", form: "dashed" },
          { values: series.unfiled, colour: "var(--line-innovation)", form: "solid" },
          { values: series.filed, colour: "var(--line-innovation)", form: "dotted" },
        ]}
        marks={[{ month: month + 1 }]}
        tip={(at) => ({
          heading: monthSaid(at, speech),
          rows: [
            { name: names.accountability, value: numbers.wholePercent(series.accountability[at] ?? Number.NaN) },
            { name: names.unfiled, value: numbers.wholePercent(series.unfiled[at] ?? Number.NaN) },
            { name: names.filed, value: numbers.wholePercent(series.filed[at] ?? Number.NaN) },
          ],
        })}
      />
    </ChartFrame>
  );
}

/** Return how often each action was taken up to a month, by whoever held the post. */
function pastSaid(biography: Biography, month: number, speech: Speech): string {
  const { t } = speech;
  const past = biography.slice(0, month + 1);
  const parts = ACTIONS.map((action) => ({ action, n: past.filter((one) => one.action === action).length }))
    .filter(({ n }) => n > 0)
    .map(({ action, n }) => t("people.past_part", { action: actionSaid(action, speech), n }));
  const sanctions = past.filter(isSanctioned).length;
  const holders = 1 + (past.at(-1)?.generation ?? 0);
  return t("people.past_summary", { month: month + 1, parts: parts.join(t("levers.between")), sanctions, holders });
}

/** Tell whether a month ended in a sanction: on one of the ladders, or for inaction. */
function isSanctioned({ outcome, consequence }: OfficialExplanation): boolean {
  return consequence.rung !== null || outcome === "called_to_account";
}

function pastTable(biography: Biography, speech: Speech): Table {
  const { t, word, numbers } = speech;
  return {
    head: [t("people.month_head"), t("people.action_head"), t("people.outcome_head"), t("people.sanction_head")],
    rows: biography.map(({ month, action, outcome, consequence }) => [
      numbers.whole(month + 1),
      actionSaid(action, speech),
      word("outcomes", outcome) ?? outcome,
      sanctionSaid(consequence, speech) ?? "–",
    ]),
  };
}

interface BeliefsOf<Each> {
  readonly accountability: Each;
  readonly unfiled: Each;
  readonly filed: Each;
}

/** Return the table's months with what the official believed, in full. */
function pastData(biography: Biography, series: BeliefsOf<Float64Array>, names: BeliefsOf<string>, speech: Speech): Data {
  const { head, rows } = pastTable(biography, speech);
  const beliefs = ["accountability", "unfiled", "filed"] as const;
  return {
    head: [...head, ...beliefs.map((belief) => names[belief])],
    rows: rows.map(([, ...cells], month) => [month + 1, ...cells, ...beliefs.map((belief) => series[belief][month] ?? Number.NaN)]),
  };
}

const LINE_EM = 1.25;
/** In pixels, and as a share of a line. */
const LEAST_RADIUS = 1.7;
const MOST_RADIUS = 0.28;

/** A dot for every month, on the line of its action; below it a stroke where there was a sanction. */
function Deeds({ biography, month, onMonth }: Props) {
  const speech = useSpeech();
  const [host, size] = useSize<HTMLDivElement>();
  const height = (ACTIONS.length + 0.7) * LINE_EM * (size?.em ?? 13);
  const line = LINE_EM * (size?.em ?? 13);
  const left = 1.7 * (size?.em ?? 13);
  const x = scaleOf([0, biography.length], [left, Math.max(left + 1, (size?.width ?? 300) - 0.9 * (size?.em ?? 13))]);
  const radius = Math.min(MOST_RADIUS * line, Math.max(LEAST_RADIUS, (x.at(1) - x.at(0)) / 2));
  return (
    <div
      ref={host}
      class="deeds"
      style={{ height: `${height}px` }}
      onClick={(event) => {
        const box = host.current?.getBoundingClientRect();
        if (!box) return;
        const at = Math.floor((event.clientX - box.left - x.at(0)) / (x.at(1) - x.at(0)));
        onMonth(Math.min(Math.max(0, at), biography.length - 1));
      }}
    >
      {ACTIONS.map((action, number) => (
        <span key={action} class="deeds-sign" style={{ top: `${number * line}px` }} title={actionSaid(action, speech)}>
          <FigureSign action={number} />
        </span>
      ))}
      {size && (
        <svg aria-hidden="true" width={size.width} height={height}>
          {biography.map((one) => {
            const [cx, cy] = [x.at(one.month + 0.5), (ACTIONS.indexOf(one.action) + 0.5) * line];
            return (
              <g key={one.month}>
                <circle cx={cx} cy={cy} r={radius} style={{ fill: `var(${tokenOf(one.action)})` }} />
                {isSanctioned(one) && (
                  <line class="deeds-sanction" x1={cx} x2={cx} y1={ACTIONS.length * line} y2={(ACTIONS.length + 0.5) * line} />
                )}
                {one.month > 0 && one.generation !== biography[one.month - 1]?.generation && (
                  <line class="deeds-holder" x1={x.at(one.month)} x2={x.at(one.month)} y1={0} y2={ACTIONS.length * line} />
                )}
              </g>
            );
          })}
          <line class="pointer" x1={x.at(month + 0.5)} x2={x.at(month + 0.5)} y1={0} y2={height} />
        </svg>
      )}
    </div>
  );
}
