/** The limits card: purpose, what is assumed, what it must not be used for. One click away on every screen. */

import { Card } from "../dialog/card";
import { MODEL_VERSION } from "../model/model";
import { useDispatch, useSession } from "../store/context";
import { useSpeech } from "../text/context";

export function LimitsCard() {
  const dispatch = useDispatch();
  const isOpen = useSession((session) => session.isLimitsOpen);
  return (
    <Card isOpen={isOpen} labelledBy="limits-title" onClose={() => dispatch({ type: "limits", isOpen: false })}>
      <LimitsText />
    </Card>
  );
}

function LimitsText() {
  const { t } = useSpeech();
  return (
    <>
      <h2 id="limits-title">{t("limits.title")}</h2>
      <h3>{t("limits.purpose_heading")}</h3>
      <p>{t("limits.purpose")}</p>
      <h3>{t("limits.assumed_heading")}</h3>
      <ul>
        <li>{t("limits.assumed_people")}</li>
        <li>{t("limits.assumed_world")}</li>
        <li>{t("limits.assumed_numbers")}</li>
        <li>{t("limits.assumed_chance")}</li>
        <li>{t("limits.china_note")}</li>
      </ul>
      <h3>{t("limits.not_heading")}</h3>
      <ul>
        <li>{t("limits.not_forecast")}</li>
        <li>{t("limits.not_people")}</li>
        <li>{t("limits.not_proof")}</li>
        <li>{t("limits.not_weights")}</li>
        <li>{t("limits.not_alone")}</li>
      </ul>
      <h3>{t("limits.made_heading")}</h3>
      <p>{t("limits.made", { version: MODEL_VERSION })}</p>
    </>
  );
}
