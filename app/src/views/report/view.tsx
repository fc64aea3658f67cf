/** A place for the view of that name. */

import { useSpeech } from "../../text/context";

export function ReportView() {
  const { t } = useSpeech();
  return (
    <div class="view">
      <h2>{t("views.report")}</h2>
      <p>{t("coming.text")}</p>
    </div>
  );
}
