/** The kernels that are part of the page: a page opened from a disk may not fetch anything. */

import { inflateSync } from "fflate";
import address from "../../generated/kernel.wasm?url&inline";
import type { RuleName } from "../../generated/names";

/** Those of other decision rules than the default are packed: few need them, and nobody before the first picture. */
const PACKED: Readonly<Record<string, string>> = import.meta.glob("../../generated/kernel_*.wasm", {
  query: "?deflated",
  import: "default",
  eager: true,
});

/** Newer browsers decode some fifty times as fast; TypeScript's library does not know it yet. */
const decoding = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  if (decoding.fromBase64) return decoding.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
  return bytes;
}

/** Return the bytes of the kernel of the default rule. */
export function embeddedKernel(): Uint8Array<ArrayBuffer> {
  return decoded(address.slice(address.indexOf(",") + 1));
}

const unpacked = new Map<RuleName, Uint8Array<ArrayBuffer>>();

/** Return the bytes of the kernel of another rule. */
export function embeddedRule(rule: RuleName): Uint8Array<ArrayBuffer> {
  const packed = PACKED[`../../generated/kernel_${rule}.wasm`];
  if (!packed) throw new Error(`this page has no kernel of the decision rule ${rule}`);
  const found = unpacked.get(rule) ?? inflateSync(decoded(packed));
  unpacked.set(rule, found);
  return found;
}
