/** What a phone remembers over a reload: its own key, made before it joins, and its seat's digits. */

import type { Seat } from "../../generated/room_messages";
import { randomHex } from "../play/random";
import type { Language } from "../store/types";

const NAME = "room";

interface KeptOnPhone {
  readonly key?: string;
  readonly seat?: number;
  readonly recovery?: string;
  readonly language?: Language;
}

let inPlace: KeptOnPhone = {};

function kept(): KeptOnPhone {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}") as KeptOnPhone;
  } catch {
    return inPlace; // a phone that keeps nothing still plays, until it loads the page again
  }
}

function keep(more: KeptOnPhone): void {
  inPlace = { ...kept(), ...more };
  try {
    localStorage.setItem(NAME, JSON.stringify(inPlace));
  } catch {
    // See above.
  }
}

export const memory = {
  key: (): string | null => kept().key ?? null,
  newKey(): string {
    const key = randomHex(32);
    keep({ key });
    return key;
  },
  keepSeat: ({ seat, recovery }: Seat): void => keep({ seat, recovery }),
  language: (): Language | null => kept().language ?? null,
  keepLanguage: (language: Language): void => keep({ language }),
  forget(): void {
    const { language } = kept();
    inPlace = {};
    try {
      localStorage.removeItem(NAME);
    } catch {
      // See above.
    }
    if (language) keep({ language });
  },
};
