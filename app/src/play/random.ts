/** Random names that nobody can guess; a page without a secure context has `getRandomValues` and not much more. */

export function randomHex(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digits / 2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
