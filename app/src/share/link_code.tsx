/** The link of the page as it is: what to hand on of it, and a QR code of it where a phone can follow one. */

import { linkOf } from "../link/codec";
import { useSession } from "../store/context";
import { useSpeech } from "../text/context";
import { sharedOf, type Shared } from "./address";
import { QrCode } from "./qr_code";

/** Return what to hand on of the state as it is. */
export function useShared(): Shared {
  const state = useSession((session) => session.state);
  return sharedOf(location, linkOf(state));
}

/** Nothing where the page is a file, or served to its own machine alone: a code would lead nowhere. */
export function LinkCode() {
  const { t } = useSpeech();
  const { text, reach } = useShared();
  return reach === "served" ? <QrCode text={text} label={t("share.qr")} /> : null;
}
