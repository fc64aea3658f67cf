/** What surrounds every chart: its title, a sentence that reads it, its key, and its numbers as a table. */

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useSpeech } from "../text/context";

export interface KeyEntry {
  readonly name: string;
  readonly colour: string;
  readonly form: "solid" | "dashed" | "dotted" | "band" | "pale band" | "area" | "ring" | "diamond";
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

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
  /** Further buttons beside the title, for example to save the picture. */
  readonly tools?: ComponentChildren;
}

export function ChartFrame({ title, meaning, summary, entries, table, children, tools, isTitleHidden = false }: Props) {
  const { t } = useSpeech();
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
            <button
              type="button"
              class="quiet small"
              aria-expanded={isTableOpen}
              aria-controls={`${id}-table`}
              aria-label={`${t("table.show")}: ${title}`}
              onClick={() => setTableOpen(!isTableOpen)}
            >
              {t("table.show")}
            </button>
          </div>
        </div>
        <p class="chart-summary">{summary}</p>
      </figcaption>
      <Key entries={entries} />
      {children}
      <div id={`${id}-table`} hidden={!isTableOpen}>
        {isTableOpen && <TableOf title={title} {...table()} />}
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
