/** A sentence with numbers in it, each as the reader sees it and, for machines, in full. */

import type { ComponentChildren } from "preact";

/** A number of the report: its name in the Python lines' output, its value in full, and how it is said. */
export function Figure({ name, value, children }: { readonly name: string; readonly value: number; readonly children: string }) {
  return (
    <data value={String(value)} data-number={name}>
      {children}
    </data>
  );
}

/** Return a text with "{name}" replaced by what is to stand there. */
export function told(text: string, parts: Readonly<Record<string, ComponentChildren>>): ComponentChildren {
  return text.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return name !== undefined && Object.hasOwn(parts, name) ? parts[name] : piece;
  });
}
