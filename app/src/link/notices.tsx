/** Tells what was wrong with a link, as plain text. */

import { useDispatch, useSession } from "../store/context";
import { useSpeech } from "../text/context";

export function Notices() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const notices = useSession((session) => session.notices);
  if (notices.length === 0) return null;
  return (
    <div class="notices" role="alert">
      <div>
        <strong>{t("link.heading")}</strong>
        {notices.map(({ key, values }) => (
          <p key={key}>{t(key, values)}</p>
        ))}
      </div>
      <button type="button" class="quiet icon" aria-label={t("link.dismiss")} onClick={() => dispatch({ type: "dismiss notices" })}>
        ×
      </button>
    </div>
  );
}
