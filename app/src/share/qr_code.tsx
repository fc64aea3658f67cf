/** A text as a QR code: dark on light in every theme, as cameras want it. */

import { useMemo } from "preact/hooks";
import { encode } from "uqr";

/** Modules around the code that stay light. */
const RIM = 4;
/** Beyond this the lowest level of correction keeps the modules large enough for a camera at the back of a room. */
const LONG = 120;

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => drawn(text), [text]);
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} />
      <path d={path} />
    </svg>
  );
}

export function drawn(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: text.length > LONG ? "L" : "M", border: RIM });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")));
  return { path: path.join(""), size };
}
