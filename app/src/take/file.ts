/** Handing a file to the reader, from the page's own memory. */

/** Return a file's name: what the parts say, in signs that every system takes. */
export function fileName(parts: readonly (string | number)[], ending: string): string {
  const name = parts.map((part) => String(part).replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "")).filter(Boolean);
  return `${name.join("-")}.${ending}`;
}

export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
