/** What the teacher takes along when the term is over: report, slides, tables; and erasing the room. */

import { useState } from "preact/hooks";
import type { Deed, Desk } from "../../generated/room_messages";
import { useWords } from "../play/words";
import type { Watch } from "./watch";

const WRITES = ["report", "slides", "export"] as const satisfies readonly Deed[];

export function Afterwards({ watch, desk }: { readonly watch: Watch; readonly desk: Desk }) {
  const { t, language } = useWords();
  const [working, setWorking] = useState<Deed | null>(null);
  const shown = WRITES.filter((deed) => desk.may.includes(deed));
  if (shown.length === 0 && !desk.may.includes("erase")) return null;
  const write = async (deed: Deed): Promise<void> => {
    setWorking(deed);
    await watch.do(deed, { lang: language === "en" ? "en" : "zh" });
    setWorking(null);
  };
  const { written } = watch.told;
  return (
    <section class="card">
      <h2>{t("room.afterwards")}</h2>
      <div class="stack">
        {shown.map((deed) => (
          <button key={deed} type="button" disabled={working !== null} onClick={() => void write(deed)}>
            {t(`room.do_${deed}`)}
          </button>
        ))}
      </div>
      <p role="status" class="written">
        {working ? t("room.writing") : written ? t("room.written", { file: written }) : ""}
      </p>
      {desk.may.includes("erase") && <Erase watch={watch} />}
    </section>
  );
}

function Erase({ watch }: { readonly watch: Watch }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" class="quiet" onClick={() => setAsked(true)}>
        {t("room.do_erase")}
      </button>
    );
  }
  return (
    <span class="sure" role="alert">
      {t("room.do_erase_sure")}
      <button type="button" onClick={() => void watch.do("erase")}>
        {t("room.do_erase")}
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        {t("room.do_cancel")}
      </button>
    </span>
  );
}
