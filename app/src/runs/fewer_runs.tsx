/** Says that the machine draws fewer runs than there could be, and lets the reader ask for all. */

import { useSpeech } from "../text/context";
import { useEngine } from "./context";
import { ALL_RUNS } from "./plan";

/** `target` is how many runs are drawn in the end. */
export function FewerRuns({ target }: { readonly target: number }) {
  const { t } = useSpeech();
  const engine = useEngine();
  if (target >= ALL_RUNS) return null;
  return (
    <span class="fewer-runs">
      <span role="status">{t("explore.fewer", { n: target, all: ALL_RUNS })}</span>{" "}
      <button type="button" class="small" onClick={engine.pace.askAll}>
        {t("explore.ask_all", { all: ALL_RUNS })}
      </button>
    </span>
  );
}
