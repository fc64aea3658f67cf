/** What the teacher sets at the desk: seats, a seat to release, another address, a show of hands. */

import { useState } from "preact/hooks";
import type { Desk } from "../../generated/room_messages";
import { useWords } from "../play/words";
import type { Watch } from "./watch";

interface Props {
  readonly watch: Watch;
  readonly desk: Desk;
}

const MOST_SEATS = 1000;
const MOST_HANDS = 500;
/** What to do where phones do not come in, the easiest first. */
const FALLBACKS = ["firewall", "hotspot", "router", "hands"];

export function Network({ watch, desk }: Props) {
  const { t } = useWords();
  const others = desk.addresses.filter(({ address }) => !desk.phones_url.includes(`//${address}:`));
  return (
    <section class="card">
      <h2>{t("room.network")}</h2>
      <p class="address">{desk.phones_url}</p>
      <p class="quiet-text">{t("room.network_counts", { arrived: desk.arrived, websockets: desk.websockets, posts: desk.posts })}</p>
      {desk.address_lost && (
        <p class="held" role="alert">
          {t("room.network_lost")}
        </p>
      )}
      <details>
        <summary>{t("room.no_phone")}</summary>
        <ul class="hints">
          {FALLBACKS.map((name) => (
            <li key={name}>{t(`room.fallback_${name}`)}</li>
          ))}
        </ul>
      </details>
      {others.map(({ address, device }) => (
        <button key={address} type="button" class={desk.address_lost ? "primary" : ""} onClick={() => void watch.do("address", { address })}>
          {t("room.address", { address, device })}
        </button>
      ))}
    </section>
  );
}

export function Seats({ watch, desk }: Props) {
  const { t } = useWords();
  return (
    <section class="card">
      <h2>{t("room.seats")}</h2>
      <NumberForm
        key={desk.limit}
        label={t("room.seats_of", { seated: desk.seated, limit: desk.limit })}
        button={t("room.do_seats")}
        first={desk.limit}
        most={MOST_SEATS}
        onSend={(seats) => void watch.do("seats", { seats })}
      />
      <NumberForm
        label={t("room.release")}
        button={t("room.do_release")}
        first={null}
        most={9999}
        onSend={(seat) => void watch.do("release", { seat })}
      />
    </section>
  );
}

interface NumberProps {
  readonly label: string;
  readonly button: string;
  readonly first: number | null;
  readonly most: number;
  readonly onSend: (n: number) => void;
}

function NumberForm({ label, button, first, most, onSend }: NumberProps) {
  const [typed, setTyped] = useState(first === null ? "" : String(first));
  const send = (event: Event): void => {
    event.preventDefault();
    const n = Number(typed);
    if (Number.isInteger(n) && n >= 1 && n <= most) onSend(n);
    if (first === null) setTyped("");
  };
  return (
    <form class="number-form" onSubmit={send}>
      <label>
        <span>{label}</span>
        <input type="number" min="1" max={most} required value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <button type="submit">{button}</button>
    </form>
  );
}

/** Without a network: how many hands went up for each choice. */
export function Hands({ watch, desk }: Props) {
  const { t } = useWords();
  const [counts, setCounts] = useState<Readonly<Record<number, string>>>({});
  const send = (event: Event): void => {
    event.preventDefault();
    const last = Math.max(...desk.actions);
    void watch.do("hands", { counts: Array.from({ length: last + 1 }, (_, action) => Number(counts[action]) || 0) });
  };
  return (
    <details class="card">
      <summary>{t("room.hands")}</summary>
      <form class="hands" onSubmit={send}>
        {desk.actions.map((action) => (
          <label key={action}>
            <span>{t(`phone.action_${action}`)}</span>
            <input
              type="number"
              min="0"
              max={MOST_HANDS}
              value={counts[action] ?? ""}
              onInput={(event) => setCounts({ ...counts, [action]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit">{t("room.do_hands")}</button>
      </form>
      <p role="status">{desk.hands > 0 ? t("room.hands_in", { n: desk.hands }) : ""}</p>
    </details>
  );
}
