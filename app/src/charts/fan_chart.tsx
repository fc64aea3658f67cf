/** One measure as a fan over time: median, middle half and middle nine tenths of the runs, the pinned median beside it. */

import type { MeasureName } from "../kernel/types";
import { atYearEnd, yearsOf, type Fan } from "../runs/readings";
import { monthly, type Columns } from "../take/csv";
import type { KeyEntry, Table } from "../take/marks";
import { useSpeech, type Speech } from "../text/context";
import { sentences } from "../text/text";
import { ChartFrame } from "./frame";
import { TimeChart, type Mark, type Tip } from "./time_chart";

interface Props {
  readonly measure: MeasureName;
  readonly title: string;
  readonly colour: string;
  readonly fan: Fan;
  readonly pinned: Fan | null;
  readonly marks: readonly Mark[];
  readonly top: number;
}

const BAND_OPACITY = { most: 0.16, half: 0.3 } as const;
const PINNED = "var(--line-pinned)";

export function FanChart({ measure, title, colour, fan, pinned, marks, top }: Props) {
  const speech = useSpeech();
  const { t, word, numbers } = speech;
  const summary = fanSummary(fan, pinned, speech);
  const entries: KeyEntry[] = [
    { name: t("explore.median"), colour, form: "solid" },
    { name: t("explore.middle_half"), colour, form: "band" },
    { name: t("explore.middle_most"), colour, form: "pale band" },
    ...(pinned ? [{ name: t("explore.pinned_line"), colour: PINNED, form: "dashed" as const }] : []),
  ];
  return (
    <ChartFrame
      title={title}
      meaning={word("measures", measure, "meaning")}
      summary={summary}
      entries={entries}
      table={() => fanTable(fan, pinned, speech)}
      data={() => monthly(t("table.month"), fanColumns(fan, pinned, speech))}
    >
      <TimeChart
        name={measure}
        summary={`${title}. ${summary}`}
        months={fan.median.length}
        top={top}
        firstYear={t("table.year_zero")}
        shown={numbers.wholePercent}
        bands={[
          { low: fan.low90, high: fan.high90, colour, opacity: BAND_OPACITY.most },
          { low: fan.low50, high: fan.high50, colour, opacity: BAND_OPACITY.half },
        ]}
        lines={[
          ...(pinned ? [{ values: pinned.median, colour: PINNED, form: "dashed" as const, width: 2 }] : []),
          { values: fan.median, colour, form: "solid" },
        ]}
        marks={marks}
        tip={(month) => fanTip(fan, pinned, month, speech)}
      />
    </ChartFrame>
  );
}

/** Return a month's name: its number and its year within the run, both from 1. */
export function monthSaid(month: number, { t }: Speech): string {
  return t("explore.month", { month: month + 1, year: Math.floor(month / 12) + 1 });
}

function fanTip(fan: Fan, pinned: Fan | null, month: number, speech: Speech): Tip {
  const { t, numbers } = speech;
  const value = (values: Float64Array): string => numbers.percent(values[month] ?? Number.NaN);
  const span = (low: Float64Array, high: Float64Array): string =>
    t("explore.interval", { low: value(low), high: value(high) });
  return {
    heading: monthSaid(month, speech),
    rows: [
      { name: t("explore.median"), value: value(fan.median) },
      { name: t("explore.middle_half"), value: span(fan.low50, fan.high50) },
      { name: t("explore.middle_most"), value: span(fan.low90, fan.high90) },
      ...(pinned ? [{ name: t("explore.pinned_line"), value: value(pinned.median) }] : []),
    ],
  };
}

function fanSummary(fan: Fan, pinned: Fan | null, { t, numbers, language }: Speech): string {
  const said = t("explore.fan_summary", {
    start: numbers.percent(atYearEnd(fan.median, 0)),
    end: numbers.percent(atYearEnd(fan.median, -1)),
    low: numbers.percent(atYearEnd(fan.low90, -1)),
    high: numbers.percent(atYearEnd(fan.high90, -1)),
  });
  if (!pinned) return said;
  const end = numbers.percent(atYearEnd(pinned.median, -1));
  return sentences(language, said, t("explore.fan_summary_pinned", { end }));
}

function fanColumns(fan: Fan, pinned: Fan | null, { t }: Speech): Columns {
  return [
    [t("table.median"), fan.median],
    [t("table.low_90"), fan.low90],
    [t("table.low_50"), fan.low50],
    [t("table.high_50"), fan.high50],
    [t("table.high_90"), fan.high90],
    ...(pinned ? [[t("table.pinned"), pinned.median] as const] : []),
  ];
}

function fanTable(fan: Fan, pinned: Fan | null, speech: Speech): Table {
  const { t, numbers } = speech;
  const columns = fanColumns(fan, pinned, speech);
  return {
    head: [t("table.year_end"), ...columns.map(([name]) => name)],
    rows: yearsOf(fan.median).map((year) => [
      String(year + 1),
      ...columns.map(([, values]) => numbers.percent(atYearEnd(values, year))),
    ]),
  };
}
