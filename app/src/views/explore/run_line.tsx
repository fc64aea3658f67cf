/** How many runs stand behind what is shown, with which seed and size; and how to have others. */

import { NumberField } from "../../levers/number_field";
import { LARGEST_SEED, OFFERED_OFFICIALS, OFFICIALS_PER_JURISDICTION } from "../../store/defaults";
import { useDispatch, useSession } from "../../store/context";
import { useSpeech } from "../../text/context";
import { FewerRuns } from "../../runs/fewer_runs";

const OFFERED_YEARS = [10, 20];
const MONTHS_PER_YEAR = 12;

export function RunLine({ n, target }: { readonly n: number; readonly target: number }) {
  const { t, numbers } = useSpeech();
  const dispatch = useDispatch();
  const seed = useSession((session) => session.state.seed);
  const size = useSession((session) => session.state.size);
  const officials = [...new Set([...OFFERED_OFFICIALS, size.officials])].sort((a, b) => a - b);
  const years = [...new Set([...OFFERED_YEARS, size.months / MONTHS_PER_YEAR])].sort((a, b) => a - b);
  return (
    <section class="run-line" aria-label={t("explore.size")}>
      <span role="status" class="run-count">
        {n < target ? t("explore.refining", { n, all: target }) : t("explore.runs", { n })}
      </span>
      <FewerRuns target={target} />
      <span class="field">
        <label for="officials">{t("explore.officials_count")}</label>
        <select
          id="officials"
          value={size.officials}
          onChange={(event) => {
            const officials = Number(event.currentTarget.value);
            const jurisdictions = Math.max(1, Math.round(officials / OFFICIALS_PER_JURISDICTION));
            dispatch({ type: "size", size: { ...size, officials, jurisdictions } });
          }}
        >
          {officials.map((count) => (
            <option key={count} value={count}>
              {numbers.whole(count)}
            </option>
          ))}
        </select>
      </span>
      <span class="field">
        <label for="years">{t("explore.months_count")}</label>
        <select
          id="years"
          value={size.months}
          onChange={(event) => dispatch({ type: "size", size: { ...size, months: Number(event.currentTarget.value) } })}
        >
          {years.map((year) => (
            <option key={year} value={year * MONTHS_PER_YEAR}>
              {numbers.setting(year)}
            </option>
          ))}
        </select>
      </span>
      <span class="field">
        <label for="seed">{t("explore.seed")}</label>
        <NumberField id="seed" low={0} high={LARGEST_SEED} isWhole value={seed} onChange={(next) => dispatch({ type: "seed", seed: next })} />
      </span>
      <button
        type="button"
        title={t("explore.new_luck_meaning")}
        onClick={() => dispatch({ type: "seed", seed: seed < LARGEST_SEED ? seed + 1 : 0 })}
      >
        {t("explore.new_luck")}
      </button>
      <span class="purpose">{t("page.purpose")}</span>
    </section>
  );
}
