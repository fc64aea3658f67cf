/** Compare: the same officials with the same luck under two policies, and what the difference comes to. */

import { BASELINE } from "../../store/defaults";
import { scenarioNamed } from "../../model/model";
import { shownPolicy, useDispatch, useSession } from "../../store/context";
import { isSamePolicy } from "../../store/policy";
import { useSpeech } from "../../text/context";
import { said } from "../../text/text";
import { useFilm } from "../../follow/context";
import { Curves } from "./curves";
import { SideBySide } from "./side_by_side";
import "./compare.css";

export function CompareView() {
  const { t } = useSpeech();
  const policy = useSession((session) => session.state.policy);
  const curvesOf = useSession(shownPolicy);
  const pinned = useSession((session) => session.state.pinned);
  const own = useFilm("own", policy);
  const other = useFilm("pinned", pinned);
  const failure = own.failure ?? other.failure;
  const isSame = pinned !== null && isSamePolicy(pinned, policy);
  return (
    <div class="view compare" data-films={own.value && other.value ? `${other.key} ${own.key}` : undefined}>
      <h2>{t("compare.title")}</h2>
      {failure && <p role="alert">{t("page.failed", { reason: failure })}</p>}
      {!pinned && <Start />}
      {isSame && <p class="compare-note">{t("compare.same")}</p>}
      {pinned && own.value && other.value && <SideBySide pinned={pinned} policy={policy} before={other.value} now={own.value} />}
      {pinned && <Curves pinned={pinned} policy={curvesOf} />}
    </div>
  );
}

/** Pairs that a class can begin with: the baseline, and this instead. */
const OFFERED = ["crackdown", "tolerance_seen", "amnesty_on_paper", "inaction_punished"];

function Start() {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const begin = (scenario: string): void => {
    dispatch({ type: "choose policy", policy: { scenario: BASELINE, settings: {} } });
    dispatch({ type: "pin" });
    dispatch({ type: "choose policy", policy: { scenario, settings: {} } });
  };
  return (
    <section class="compare-start">
      <ol>
        <li>{t("compare.step_pin")}</li>
        <li>{t("compare.step_change")}</li>
        <li>{t("compare.step_see")}</li>
      </ol>
      <div class="buttons next-step">
        <button type="button" class="primary" onClick={() => dispatch({ type: "pin" })}>
          {t("levers.pin")}
        </button>
      </div>
      <p>{t("compare.or_begin", { title: said(scenarioNamed(BASELINE).title, language) })}</p>
      <div class="buttons">
        {OFFERED.map((scenario) => (
          <button key={scenario} type="button" onClick={() => begin(scenario)}>
            {said(scenarioNamed(scenario).title, language)}
          </button>
        ))}
      </div>
    </section>
  );
}
