/** What surrounds every chart: its title, a sentence that reads it, its key, and its numbers as a table. */

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { RuleBadge } from "../take/rule_badge";
import type { Data } from "../take/csv";
import type { Drawing, KeyEntry, Ramp, Table } from "../take/marks";
import { SaveMenu } from "../take/save_menu";
import { useSpeech } from "../text/context";
import { useRulesSaid } from "./rules_shown";

interface Props {
  readonly title: string;
  readonly meaning?: string | null;
  readonly summary: string;
  readonly entries: readonly KeyEntry[];
  /** Called only while the table is open. */
  readonly table: () => Table;
  readonly children: ComponentChildren;
  /** Whether a tool tells what the title says; it stays for those who hear the page. */
  readonly isTitleHidden?: boolean;
  /** Further buttons beside the title. */
  readonly tools?: ComponentChildren;
  /** The numbers in full, to be saved; the table's if not given. */
  readonly data?: () => Data;
  /** A scale of colours that belongs to the picture. */
  readonly ramp?: Ramp;
  /** How it is drawn to be saved, if it is no SVG. */
  readonly drawing?: Drawing;
}

export function ChartFrame(props: Props) {
  const { title, meaning, summary, entries, table, children, tools, data, ramp, drawing, isTitleHidden = false } = props;
  const { t } = useSpeech();
  const rules = useRulesSaid();
  const id = useId();
  const [isTableOpen, setTableOpen] = useState(false);
  return (
    <figure class="chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <div class="chart-head">
          <h3 id={`${id}-title`} class={isTitleHidden ? "hidden" : ""} title={meaning ?? undefined}>
            {title}
          </h3>
          <div class="chart-tools">
            {tools}
            <SaveMenu {...{ title, summary, entries, table, rules }} data={data ?? null} ramp={ramp ?? null} drawing={drawing ?? null} />
            <button
              type="button"
              class="quiet small table-button"
              aria-expanded={isTableOpen}
              aria-controls={`${id}-table`}
              aria-label={`${t("table.show")}: ${title}`}
              onClick={() => setTableOpen(!isTableOpen)}
            >
              {t("table.show")}
            </button>
          </div>
        </div>
        <RuleBadge said={rules} />
        <p class="chart-summary">{summary}</p>
      </figcaption>
      <div class="chart-body">
        <Key entries={entries} />
        {children}
        <div id={`${id}-table`} hidden={!isTableOpen}>
          {isTableOpen && <TableOf title={title} {...table()} />}
        </div>
      </div>
    </figure>
  );
}

function Key({ entries }: { readonly entries: readonly KeyEntry[] }) {
  return (
    <ul class="chart-key">
      {entries.map((entry) => (
        <li key={entry.name}>
          <span class={`swatch swatch-${entry.form.replace(" ", "-")}`} style={{ "--swatch": entry.colour }} />
          {entry.name}
        </li>
      ))}
    </ul>
  );
}

function TableOf({ title, head, rows }: Table & { readonly title: string }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {cells.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
