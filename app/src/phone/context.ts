/** How screens reach the phone and what it shows. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { State } from "../../generated/room_messages";
import type { Phone } from "./phone";
import type { PhoneView } from "./view";

interface Shown {
  readonly phone: Phone;
  readonly view: PhoneView;
}

const ShownContext = createContext<Shown | null>(null);
export const ShownProvider = ShownContext.Provider;

export function useShown(): Shown {
  const shown = useContext(ShownContext);
  if (!shown) throw new Error("no phone above this component");
  return shown;
}

/** What every screen of a seated phone gets. */
export interface ScreenProps {
  readonly state: State;
}
