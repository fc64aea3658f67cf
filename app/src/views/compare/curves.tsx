/** Many runs of both policies: the two curves, and the difference run by run. */

import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { monthSaid } from "../../charts/fan_chart";
import { ChartFrame } from "../../charts/frame";
import { topOf } from "../../charts/geometry";
import { TimeChart } from "../../charts/time_chart";
import { axisOf, spanOf, ValueChart } from "../../charts/value_chart";
import type { Kernel, MeasureName, PairedEffect } from "../../kernel/types";
import { titleOfPolicy } from "../../levers/said";
import type { Bundle } from "../../runs/bundle";
import { useKernel, useRuns } from "../../runs/context";
import { FewerRuns } from "../../runs/fewer_runs";
import { atYearEnd, fanOf, yearsOf, type Fan } from "../../runs/readings";
import type { Policy } from "../../store/types";
import { monthly, type Columns } from "../../take/csv";
import type { KeyEntry, Table } from "../../take/marks";
import { useSpeech, type Speech } from "../../text/context";

/** Shares, so that both charts have an axis in percent and in points. */
export const COMPARE_MEASURES = [
  "innovation_rate",
  "routine_rate",
  "inaction_rate",
  "lazy_prevalence",
  "self_dealing_share",
  "care",
  "perceived_accountability",
] as const satisfies readonly MeasureName[];
type Compared = (typeof COMPARE_MEASURES)[number];

const [BEFORE, NOW] = ["var(--line-lazy)", "var(--line-innovation)"];
const BAND = { most: 0.14, half: 0.24 } as const;

interface Props {
  readonly pinned: Policy;
  readonly policy: Policy;
}

export function Curves({ pinned, policy }: Props) {
  const kernel = useKernel();
  const runs = useRuns({ policy, pinned, measures: COMPARE_MEASURES });
  const [measure, setMeasure] = useState<Compared>("innovation_rate");
  if (!kernel || !runs.own || !runs.pinned) return null;
  return <Drawn {...{ kernel, measure, setMeasure, pinned, policy }} own={runs.own} other={runs.pinned} target={runs.target} />;
}

interface DrawnProps extends Props {
  readonly kernel: Kernel;
  readonly measure: Compared;
  readonly setMeasure: (measure: Compared) => void;
  readonly own: Bundle;
  readonly other: Bundle;
  readonly target: number;
}

function Drawn({ kernel, measure, setMeasure, pinned, policy, own, other, target }: DrawnProps) {
  const speech = useSpeech();
  const { t, word, numbers } = speech;
  const n = Math.min(own.n, other.n);
  const read = useMemo(() => {
    const [now, before] = [own.series(measure).slice(0, n), other.series(measure).slice(0, n)];
    const differences = now.map((series, run) => series.map((value, month) => value - (before[run]?.[month] ?? Number.NaN)));
    const means = (series: readonly Float64Array[]): number[] => series.map((one) => kernel.windowMean(one));
    return {
      now: fanOf(kernel, now),
      before: fanOf(kernel, before),
      difference: fanOf(kernel, differences),
      effect: kernel.pairedEffect(means(now), means(before)),
    };
  }, [kernel, measure, own, other]);
  const label = word("measures", measure, "label") ?? measure;
  const names = {
    before: t("compare.before", { title: titleOfPolicy(pinned, speech) }),
    now: t("compare.now", { title: titleOfPolicy(policy, speech) }),
  };
  const said = effectSaid(read.effect, n, speech);
  const chooser = (
    <select
      class="small"
      aria-label={t("compare.measure")}
      value={measure}
      onChange={(event) => {
        const found = COMPARE_MEASURES.find((one) => one === event.currentTarget.value);
        if (found) setMeasure(found);
      }}
    >
      {COMPARE_MEASURES.map((one) => (
        <option key={one} value={one}>
          {word("measures", one, "label")}
        </option>
      ))}
    </select>
  );
  return (
    <div class="compare-curves" data-runs={n}>
      <Both label={label} names={names} before={read.before} now={read.now} tools={chooser} />
      <Difference label={label} fan={read.difference} summary={said} shown={numbers.points} />
      <FewerRuns target={target} />
    </div>
  );
}

interface BothProps {
  readonly label: string;
  readonly names: { readonly before: string; readonly now: string };
  readonly before: Fan;
  readonly now: Fan;
  readonly tools: ComponentChildren;
}

function Both({ label, names, before, now, tools }: BothProps) {
  const speech = useSpeech();
  const { t, numbers } = speech;
  const summary = t("compare.curves_summary", {
    before: numbers.percent(atYearEnd(before.median, -1)),
    now: numbers.percent(atYearEnd(now.median, -1)),
  });
  const entries: KeyEntry[] = [
    { name: names.before, colour: BEFORE, form: "dashed" },
    { name: names.now, colour: NOW, form: "solid" },
    { name: t("explore.middle_half"), colour: "var(--ink-quiet)", form: "band" },
  ];
  return (
    <ChartFrame title={label} summary={summary} entries={entries} tools={tools} table={() => bothTable(before, now, names, speech)} data={() => monthly(t("table.month"), [...quantilesOf(before, names.before, speech), ...quantilesOf(now, names.now, speech)])}>
      <TimeChart
        name="both"
        summary={`${label}. ${summary}`}
        months={now.median.length}
        top={topOf(before.high90, now.high90)}
        firstYear={t("table.year_zero")}
        shown={numbers.wholePercent}
        bands={[
          { low: before.low50, high: before.high50, colour: BEFORE, opacity: BAND.half },
          { low: now.low50, high: now.high50, colour: NOW, opacity: BAND.half },
        ]}
        lines={[
          { values: before.median, colour: BEFORE, form: "dashed" },
          { values: now.median, colour: NOW, form: "solid" },
        ]}
        tip={(month) => ({
          heading: monthSaid(month, speech),
          rows: [
            { name: names.before, value: numbers.percent(before.median[month] ?? Number.NaN), colour: BEFORE },
            { name: names.now, value: numbers.percent(now.median[month] ?? Number.NaN), colour: NOW },
          ],
        })}
      />
    </ChartFrame>
  );
}

/** Return the quantiles of a fan as columns, each with what it is of. */
function quantilesOf(fan: Fan, name: string, { t }: Speech): Columns {
  const columns = [["low_90", fan.low90], ["low_50", fan.low50], ["median", fan.median], ["high_50", fan.high50], ["high_90", fan.high90]] as const;
  return columns.map(([key, values]) => [name ? `${name} ${t(`table.${key}`)}` : t(`table.${key}`), values] as const);
}

function bothTable(before: Fan, now: Fan, names: BothProps["names"], { t, numbers }: Speech): Table {
  return {
    head: [t("table.year_end"), names.before, names.now],
    rows: yearsOf(now.median).map((year) => [
      String(year + 1),
      numbers.percent(atYearEnd(before.median, year)),
      numbers.percent(atYearEnd(now.median, year)),
    ]),
  };
}

interface DifferenceProps {
  readonly label: string;
  readonly fan: Fan;
  readonly summary: string;
  readonly shown: (value: number) => string;
}

function Difference({ label, fan, summary, shown }: DifferenceProps) {
  const speech = useSpeech();
  const { t } = speech;
  const title = t("compare.difference_title");
  const [least, most] = spanOf(fan.low90, fan.high90);
  const { domain, steps } = axisOf(Math.min(least, -0.05), Math.max(most, 0.05));
  const months = fan.median.length;
  const ticks = Array.from({ length: Math.floor(months / 24) + 1 }, (_, n) => ({
    at: n * 24 - 1,
    label: n === 0 ? t("table.year_zero") : String(n * 2),
  }));
  return (
    <ChartFrame
      title={title}
      summary={summary}
      entries={[
        { name: t("explore.median"), colour: "var(--ink)", form: "solid" },
        { name: t("explore.middle_half"), colour: "var(--ink)", form: "band" },
        { name: t("explore.middle_most"), colour: "var(--ink)", form: "pale band" },
      ]}
      data={() => monthly(t("table.month"), quantilesOf(fan, "", speech))}
      table={() => ({
        head: [t("table.year_end"), t("table.low_90"), t("table.median"), t("table.high_90")],
        rows: yearsOf(fan.median).map((year) => [
          String(year + 1),
          ...[fan.low90, fan.median, fan.high90].map((series) => shown(atYearEnd(series, year))),
        ]),
      })}
    >
      <ValueChart
        name="difference"
        summary={`${label}: ${title}. ${summary}`}
        places={months}
        ticks={ticks}
        domain={domain}
        steps={steps}
        shown={shown}
        bands={[
          { low: fan.low90, high: fan.high90, colour: "var(--ink)", opacity: BAND.most },
          { low: fan.low50, high: fan.high50, colour: "var(--ink)", opacity: BAND.half },
        ]}
        lines={[{ values: fan.median, colour: "var(--ink)", form: "solid" }]}
      />
    </ChartFrame>
  );
}

/** Return the mean difference over the last five years in words, with what chance leaves open. */
export function effectSaid({ difference, low, high }: PairedEffect, runs: number, { t, numbers }: Speech): string {
  const points = (value: number): string => `${numbers.points(value)} ${t("explore.points")}`;
  const [least, most] = numbers.pointsEnds(low, high);
  const values = { difference: points(difference), low: least, high: `${most} ${t("explore.points")}`, n: runs };
  return t(low > 0 || high < 0 ? "compare.effect" : "compare.effect_open", values);
}
