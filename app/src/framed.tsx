/** What stands in another page's frame: that the page does not run there, and the way to it. */

import type { PageText } from "./text/text";

interface Props {
  readonly t: PageText["t"];
  /** Where the page is, as a link and as text: a sandbox may forbid the link. */
  readonly address: string;
}

export function Framed({ t, address }: Props) {
  return (
    <main class="begins">
      <p>{t("page.framed")}</p>
      <p>
        <a href={address} target="_blank" rel="noopener">
          {t("page.framed_open")}
        </a>
      </p>
      <p>
        <small>{t("page.framed_address", { address: address.length > LONGEST_SHOWN ? `${address.slice(0, LONGEST_SHOWN)}…` : address })}</small>
      </p>
    </main>
  );
}

const LONGEST_SHOWN = 300;
