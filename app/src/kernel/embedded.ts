/** The kernel that is part of the page: a page opened from a disk may not fetch anything. */

import address from "../../generated/kernel.wasm?url&inline";

/** Return the bytes of the kernel. */
export function embeddedKernel(): Uint8Array<ArrayBuffer> {
  const text = atob(address.slice(address.indexOf(",") + 1));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
