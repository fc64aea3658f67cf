/** What is handed on: the page's address with its link, or, where the address is of no use to others, the link alone. */

export interface Shared {
  /** What is copied: as much as others can use. */
  readonly text: string;
  /** Whether others can open it as it is: the page comes from a server that is not this machine's own. */
  readonly isPublic: boolean;
}

/** The parts of `location` that matter here. */
export interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly href: string;
}

const OWN_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Return what to hand on. A path on this machine names its owner and opens nothing elsewhere: it stays out. */
export function sharedOf({ protocol, hostname, href }: Address, link: string): Shared {
  const isPublic = /^https?:$/.test(protocol) && !OWN_MACHINE.test(hostname);
  return { text: `${isPublic ? href.replace(/#.*/s, "") : ""}#${link}`, isPublic };
}

/** Return the link in what somebody was handed: all of an address from its "#" on, or the link itself. */
export function linkIn(handed: string): string {
  const text = handed.trim();
  return text.slice(text.indexOf("#") + 1);
}
