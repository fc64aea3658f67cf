/** Saves a chart: its picture as PNG or SVG, its numbers as CSV. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useStore } from "../store/context";
import { useSpeech } from "../text/context";
import { csvOf, type Data } from "./csv";
import { fileName, save } from "./file";
import type { Drawing, KeyEntry, Ramp, Table } from "./marks";
import { inLight } from "./inlined";
import { pngOf, svgOf, type Told } from "./picture";
import { provenanceOf } from "./provenance";
import "./take.css";

interface Props {
  readonly title: string;
  readonly summary: string;
  readonly entries: readonly KeyEntry[];
  /** By which other rules officials decide; null if by the default. */
  readonly rules: string | null;
  readonly ramp: Ramp | null;
  readonly table: () => Table;
  /** The numbers in full; where a chart has none, its table is saved. */
  readonly data: (() => Data) | null;
  /** How it is drawn, if it is no SVG on the page. */
  readonly drawing: Drawing | null;
}

const FORMS = ["png", "svg", "csv"] as const;
type Form = (typeof FORMS)[number];

export function SaveMenu(props: Props) {
  const { t } = useSpeech();
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [failure, setFailure] = useState("");
  const saved = useSaved(props);
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event): void => {
      if (event.target instanceof Node && !host.current?.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("focusin", leave);
    };
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (form: Form): void => {
    setFailure("");
    close();
    saved(form, host.current?.closest("figure") ?? null).catch((error: unknown) => setFailure(String(error)));
  };
  return (
    <div
      ref={host}
      class="save-menu"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        class="quiet small save-button"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`${t("take.save")}: ${props.title}`}
        title={t("take.save")}
        onClick={() => setOpen(!isOpen)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 4v11M7 10.5l5 5 5-5M5 20h14" />
        </svg>
      </button>
      <div id={id} class="save-choices" hidden={!isOpen}>
        {FORMS.map((form) => (
          <button key={form} type="button" class="quiet small" onClick={() => choose(form)}>
            {t(`take.${form}`)}
          </button>
        ))}
      </div>
      {failure && (
        <p role="alert" class="save-failed">
          {t("take.failed", { reason: failure })}
        </p>
      )}
    </div>
  );
}

/** Return how the chart in a figure is saved. */
function useSaved({ title, summary, entries, rules, ramp, table, data, drawing }: Props) {
  const speech = useSpeech();
  const store = useStore();
  return async (form: Form, figure: HTMLElement | null): Promise<void> => {
    const shown = figure?.querySelector<SVGSVGElement>("svg[data-chart]");
    // Drawn in the light colours, which a picture has.
    const svg = drawing?.current ? inLight(drawing.current) : shown;
    if (!figure || !svg) throw new Error(speech.t("take.nothing"));
    const { state } = store.session();
    const behind = Number(figure.closest<HTMLElement>("[data-runs]")?.dataset["runs"] ?? Number.NaN);
    const provenance = provenanceOf(state, Number.isFinite(behind) ? behind : null, location, speech);
    const name = (ending: string): string =>
      fileName(["officials", svg.dataset["chart"] ?? "chart", state.lesson?.id ?? state.policy.scenario, "seed", state.seed], ending);
    if (form === "csv") {
      const lines = [...provenance, speech.t("take.chart", { title }), ...(data ? [] : [speech.t("take.rounded")])];
      save(name("csv"), new Blob([csvOf(data?.() ?? table(), lines)], { type: "text/csv;charset=utf-8" }));
      return;
    }
    const told: Told = { title, summary, entries, rules, ramp, provenance };
    const drawn = svgOf(svg, told);
    save(name(form), form === "svg" ? new Blob([drawn], { type: "image/svg+xml" }) : await pngOf(drawn));
  };
}
