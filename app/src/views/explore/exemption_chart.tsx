/** What officials believe of exemption, against what happens: two medians with the middle half of the runs. */

import { monthSaid } from "../../charts/fan_chart";
import { ChartFrame } from "../../charts/frame";
import { TimeChart, type Mark } from "../../charts/time_chart";
import { atYearEnd, yearsOf, type Fan } from "../../runs/readings";
import { monthly, type Columns } from "../../take/csv";
import type { Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";

interface Props {
  readonly perceived: Fan;
  readonly actual: Fan;
  readonly marks: readonly Mark[];
}

const BAND_OPACITY = 0.22;
const [PERCEIVED, ACTUAL] = ["var(--line-perceived)", "var(--line-actual)"];

interface Names {
  readonly perceived: string;
  readonly actual: string;
}

export function ExemptionChart({ perceived, actual, marks }: Props) {
  const speech = useSpeech();
  const { t, word, numbers } = speech;
  const names: Names = {
    perceived: t("explore.year_mean", { name: word("measures", "perceived_exemption", "label") ?? "" }),
    actual: t("explore.year_mean", { name: word("measures", "actual_exemption", "label") ?? "" }),
  };
  const summary = exemptionSummary(perceived, actual, speech);
  const row = (name: string, values: Float64Array, month: number) => ({
    name,
    value: numbers.percent(values[month] ?? Number.NaN),
  });
  return (
    <ChartFrame
      title={t("explore.exemption_title")}
      meaning={word("measures", "trust_gap", "meaning")}
      summary={summary}
      entries={[
        { name: names.perceived, colour: PERCEIVED, form: "solid" },
        { name: names.actual, colour: ACTUAL, form: "dashed" },
        { name: t("explore.middle_half"), colour: "var(--ink-quiet)", form: "band" },
      ]}
      table={() => exemptionTable(perceived, actual, names, speech)}
      data={() => monthly(t("table.month"), exemptionColumns(perceived, actual, names, speech))}
    >
      <TimeChart
        name="exemption"
        summary={`${t("explore.exemption_title")}. ${summary}`}
        months={perceived.median.length}
        top={1}
        firstYear={t("table.year_zero")}
        shown={numbers.wholePercent}
        bands={[
          { low: actual.low50, high: actual.high50, colour: ACTUAL, opacity: BAND_OPACITY },
          { low: perceived.low50, high: perceived.high50, colour: PERCEIVED, opacity: BAND_OPACITY },
        ]}
        lines={[
          { values: actual.median, colour: ACTUAL, form: "dashed" },
          { values: perceived.median, colour: PERCEIVED, form: "solid" },
        ]}
        marks={marks}
        tip={(month) => ({
          heading: monthSaid(month, speech),
          rows: [row(names.actual, actual.median, month), row(names.perceived, perceived.median, month)],
        })}
      />
    </ChartFrame>
  );
}

function exemptionSummary(perceived: Fan, actual: Fan, { t, numbers }: Speech): string {
  const [believed, real] = [atYearEnd(perceived.median, -1), atYearEnd(actual.median, -1)];
  return t("explore.exemption_summary", {
    believed: numbers.percent(believed),
    actual: numbers.percent(real),
    gap: `${numbers.points(real - believed)} ${t("explore.points")}`,
  });
}

function exemptionColumns(perceived: Fan, actual: Fan, names: Names, { t }: Speech): Columns {
  return [
    [names.perceived, perceived.median],
    [`${names.perceived} ${t("table.low_50")}`, perceived.low50],
    [`${names.perceived} ${t("table.high_50")}`, perceived.high50],
    [names.actual, actual.median],
    [`${names.actual} ${t("table.low_50")}`, actual.low50],
    [`${names.actual} ${t("table.high_50")}`, actual.high50],
  ];
}

function exemptionTable(perceived: Fan, actual: Fan, names: Names, speech: Speech): Table {
  const { t, numbers } = speech;
  const columns = exemptionColumns(perceived, actual, names, speech);
  return {
    head: [t("table.year_end"), ...columns.map(([name]) => name)],
    rows: yearsOf(perceived.median).map((year) => [
      String(year + 1),
      ...columns.map(([, values]) => numbers.percent(atYearEnd(values, year))),
    ]),
  };
}
