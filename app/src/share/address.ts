/** What is handed on: the page's address with its link, or, where the address is of no use to others, the link alone. */

export interface Shared {
  /** What is copied: as much as others can use. */
  readonly text: string;
  /** Who can open it: everyone who reaches the server; nobody else, as it is served to this machine alone; nobody, as it is a file. */
  readonly reach: "served" | "served_here" | "file";
}

/** The parts of `location` that matter here. */
export interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly href: string;
}

const OWN_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function reachOf({ protocol, hostname }: Address): Shared["reach"] {
  if (!/^https?:$/.test(protocol)) return "file";
  return OWN_MACHINE.test(hostname) ? "served_here" : "served";
}

/** Return what to hand on. A path on this machine names its owner and opens nothing elsewhere: it stays out. */
export function sharedOf(address: Address, link: string): Shared {
  const reach = reachOf(address);
  return { text: `${reach === "served" ? address.href.replace(/#.*/s, "") : ""}#${link}`, reach };
}

/** Return the link in what somebody was handed: all of an address from its "#" on, or the link itself. */
export function linkIn(handed: string): string {
  const text = handed.trim();
  return text.slice(text.indexOf("#") + 1);
}
