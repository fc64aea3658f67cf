/** Where to go on: for who teaches, for who does research, and for who wants to see who the hundred are. */

import { DEFAULT_POLICY } from "../store/defaults";
import { useDispatch } from "../store/context";
import type { Action } from "../store/types";
import { useSpeech } from "../text/context";
import { HUNDRED, MONTH_SHOWN, OTHER_RULE } from "./plan";

const WAYS: Readonly<Record<string, readonly Action[]>> = {
  trainer: [{ type: "go", view: "lessons" }],
  scholar: [{ type: "go", view: "explore" }],
  look: [
    { type: "size", size: HUNDRED },
    { type: "choose policy", policy: DEFAULT_POLICY },
    { type: "pin" },
    { type: "choose policy", policy: OTHER_RULE },
    { type: "month", month: MONTH_SHOWN },
    { type: "go", view: "compare" },
  ],
};

export function Onward() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const take = (actions: readonly Action[]): void => {
    for (const action of actions) dispatch(action);
    dispatch({ type: "start", isOpen: false });
  };
  return (
    <>
      <h2>{t("start.here")}</h2>
      <p class="start-said">{t("start.price")}</p>
      <div class="start-choices">
        {Object.entries(WAYS).map(([way, actions]) => (
          <button key={way} type="button" data-way={way} onClick={() => take(actions)}>
            <strong>{t(`start.way_${way}`)}</strong>
            <span>{t(`start.way_${way}_meaning`)}</span>
          </button>
        ))}
      </div>
    </>
  );
}
