/** One's own quarters: the rule, the choice, what came of it, the points; once the play is over, the twin's choice too. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { RoundOf, SameLuck } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { cameOf } from "./came";
import { useShown } from "./context";

const FIRST_LETTER = 65;

export function HistoryButton() {
  const { t } = useWords();
  const { phone } = useShown();
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    phone.askHistory();
    setOpen(true);
  };
  return (
    <>
      <button type="button" class="wide" onClick={open}>
        {t("phone.history")}
      </button>
      {isOpen && <History onClose={() => setOpen(false)} />}
    </>
  );
}

function History({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { view } = useShown();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const rows = view.history ?? [];
  return (
    <dialog ref={dialog} class="sheet" aria-label={t("phone.history")} onClose={onClose}>
      <div class="head">
        <h2>{t("phone.history")}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t("phone.menu_close")}
        </button>
      </div>
      {rows.length === 0 ? <p>{t("phone.history_none")}</p> : <Rows rows={rows} />}
    </dialog>
  );
}

function Rows({ rows }: { readonly rows: readonly RoundOf[] }) {
  const words = useWords();
  const { t, signed } = words;
  const action = (n: number | null | undefined): string => (n === null || n === undefined || n < 0 ? "–" : t(`phone.action_short_${n}`));
  const hasTwin = rows.some((row) => row.twin_action !== undefined && row.twin_action !== null);
  const hasLuck = rows.some(({ same_luck }) => same_luck?.length);
  return (
    <>
    {hasLuck && <p class="quiet-text">{t("phone.luck_text")}</p>}
    <ol class="rows">
      {rows.map((row) => (
        <li key={row.round}>
          <div class="row-head">
            <strong>{t("phone.guess_place", { n: row.round })}</strong>
            <span class="quiet-text">{t("phone.history_rule", { letter: String.fromCharCode(FIRST_LETTER + row.act) })}</span>
            <strong class="points">{signed(row.points)}</strong>
          </div>
          <p>
            {t("phone.history_choice", { action: row.deputy ? t("phone.history_deputy") : action(row.action) })}
            {hasTwin && ` · ${t("phone.history_twin", { action: action(row.twin_action), points: signed(row.twin_points ?? 0) })}`}
          </p>
          <ul>
            {row.months.map((month) => (
              <li key={month.month}>{cameOf(month, words)}</li>
            ))}
          </ul>
          {row.same_luck && row.same_luck.length > 0 && <Otherwise others={row.same_luck} />}
        </li>
      ))}
    </ol>
    </>
  );
}

/** What the same luck would have brought to the other choices: their points, and their months where one wants to see them. */
function Otherwise({ others }: { readonly others: readonly SameLuck[] }) {
  const words = useWords();
  const { t, signed } = words;
  return (
    <details class="otherwise">
      <summary>
        {t("phone.luck")}{" "}
        {others.map(({ action, points }) => (
          <span key={action}>
            {t(`phone.action_short_${action}`)} {signed(points)}
          </span>
        ))}
      </summary>
      {others.map(({ action, months }) => (
        <div key={action}>
          <strong>{t(`phone.action_${action}`)}</strong>
          <ul>
            {months.map((month) => (
              <li key={month.month}>{cameOf(month, words)}</li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}
