/** The kernel that is part of the page: a page opened from a disk may not fetch anything. */

import address from "../../generated/kernel.wasm?url&inline";

/** Newer browsers decode some fifty times as fast; TypeScript's library does not know it yet. */
const decoding = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

/** Return the bytes of the kernel. */
export function embeddedKernel(): Uint8Array<ArrayBuffer> {
  const encoded = address.slice(address.indexOf(",") + 1);
  if (decoding.fromBase64) return decoding.fromBase64(encoded);
  const text = atob(encoded);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
  return bytes;
}
