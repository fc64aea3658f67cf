/** What officials do: the shares of the five actions, stacked over time. */

import { ACTIONS } from "../model/model";
import { atYearEnd, yearsOf, type Mix } from "../runs/readings";
import { monthly } from "../take/csv";
import type { Table } from "../take/marks";
import { useSpeech, type Speech } from "../text/context";
import { monthSaid } from "./fan_chart";
import { ChartFrame } from "./frame";
import { TimeChart, type Mark, type Tip } from "./time_chart";

interface Props {
  readonly mix: Mix;
  readonly marks: readonly Mark[];
}

export function MixChart({ mix, marks }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const parts = partsOf(mix, speech);
  const summary = t("explore.mix_summary", {
    parts: parts
      .map(({ name, values }) =>
        t("explore.mix_part", { action: name, share: speech.numbers.percent(atYearEnd(values, -1)) }),
      )
      .join(t("levers.between")),
  });
  return (
    <ChartFrame
      title={t("explore.mix_title")}
      summary={summary}
      entries={parts.map(({ name, colour }) => ({ name, colour, form: "area" }))}
      table={() => mixTable(parts, speech)}
      data={() => monthly(t("table.month"), parts.map(({ name, values }) => [name, values] as const))}
    >
      <TimeChart
        name="action_mix"
        summary={`${t("explore.mix_title")}. ${summary}`}
        months={mix.inaction.length}
        top={1}
        firstYear={t("table.year_zero")}
        shown={speech.numbers.wholePercent}
        stack={parts}
        marks={marks}
        tip={(month) => mixTip(parts, month, speech)}
      />
    </ChartFrame>
  );
}

interface Part {
  readonly name: string;
  readonly values: Float64Array;
  readonly colour: string;
}

/** Return the colour of an action. */
export function colourOfAction(action: string): string {
  return `var(--${action.replaceAll("_", "-")})`;
}

/** Return the actions from the bottom of the stack to its top. */
function partsOf(mix: Mix, { word }: Speech): Part[] {
  return (ACTIONS as readonly (keyof Mix)[]).map((action) => ({
    name: word("actions", action, "label") ?? action,
    values: mix[action],
    colour: colourOfAction(action),
  }));
}

function mixTip(parts: readonly Part[], month: number, speech: Speech): Tip {
  const rows = parts.map(({ name, values, colour }) => ({
    name,
    colour,
    value: speech.numbers.percent(values[month] ?? Number.NaN),
  }));
  return { heading: monthSaid(month, speech), rows: rows.toReversed() };
}

function mixTable(parts: readonly Part[], { t, numbers }: Speech): Table {
  return {
    head: [t("table.year_end"), ...parts.map(({ name }) => name)],
    rows: yearsOf(parts[0]?.values ?? new Float64Array()).map((year) => [
      String(year + 1),
      ...parts.map(({ values }) => numbers.percent(atYearEnd(values, year))),
    ]),
  };
}
