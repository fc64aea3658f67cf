/** The key of the grid: colour and shape of every action, and what a cut corner and a frame mean. */

import { useMemo } from "preact/hooks";
import { ACTIONS } from "../../generated/names";
import { useSpeech, type Speech } from "../text/context";
import { actionSaid } from "./deeds";
import type { KeyNames } from "./grid_drawing";
import { inkOn, isShapeFilled, SHAPES, tokenOf } from "./figures";
import { tokensOf, useThemeShown } from "./theme_shown";

export function FigureSign({ action }: { readonly action: number }) {
  const name = ACTIONS[action] ?? "inaction";
  const theme = useThemeShown();
  const ink = useMemo(() => inkOn(tokensOf()(tokenOf(name))), [theme, name]);
  return (
    <svg class="figure-sign" viewBox="0 0 10 10" aria-hidden="true">
      <rect x="0.3" y="0.3" width="9.4" height="9.4" style={{ fill: `var(${tokenOf(name)})` }} />
      <path
        d={SHAPES[action]}
        style={{
          fill: isShapeFilled(action) ? ink : "none",
          stroke: !isShapeFilled(action) || action === 3 ? ink : "none",
          strokeWidth: 1.5,
          strokeLinecap: "round",
        }}
      />
    </svg>
  );
}

/** Return what the signs of a grid mean; `lit` where some stand out. */
export function keyNamesIn(speech: Speech, lit: string | null): KeyNames {
  const actions = ACTIONS.map((action) => actionSaid(action, speech));
  return { actions, wentWrong: speech.t("people.went_wrong"), leaves: speech.t("people.leaves"), lit };
}

interface FiguresKeyProps {
  /** What a frame of another kind means, in the grids that have one. */
  readonly also?: string;
  /** Whether officials of the grid can be chosen. */
  readonly canChoose?: boolean;
}

export function FiguresKey({ also, canChoose = true }: FiguresKeyProps) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <ul class="figures-key">
      {ACTIONS.map((action, number) => (
        <li key={action}>
          <FigureSign action={number} />
          {actionSaid(action, speech)}
        </li>
      ))}
      <li>
        <svg class="figure-sign" viewBox="0 0 10 10" aria-hidden="true">
          <path d="M0.3 0.3H6L9.7 4V9.7H0.3Z" style={{ fill: "var(--rule-strong)" }} />
        </svg>
        {t("people.went_wrong")}
      </li>
      <li>
        <svg class="figure-sign" viewBox="0 0 10 10" aria-hidden="true">
          <rect x="1" y="1" width="8" height="8" style={{ fill: "var(--routine)", stroke: "var(--ink)", strokeWidth: 1.4 }} />
        </svg>
        {t("people.leaves")}
      </li>
      {canChoose && (
        <li>
          <svg class="figure-sign" viewBox="0 0 10 10" aria-hidden="true">
            <rect x="2.4" y="2.4" width="5.2" height="5.2" style={{ fill: "var(--routine)" }} />
            <rect x="0.9" y="0.9" width="8.2" height="8.2" style={{ fill: "none", stroke: "var(--accent)", strokeWidth: 1.8 }} />
          </svg>
          {t("people.chosen_one")}
        </li>
      )}
      {also && (
        <li>
          <svg class="figure-sign" viewBox="0 0 10 10" aria-hidden="true">
            <rect x="1" y="1" width="8" height="8" style={{ fill: "var(--routine)", stroke: "var(--focus)", strokeWidth: 1.6, strokeDasharray: "2.2 1.2" }} />
          </svg>
          {also}
        </li>
      )}
    </ul>
  );
}
