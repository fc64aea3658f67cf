/** A button that copies a text, and tells whether it did. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useSpeech } from "../text/context";

interface Props {
  readonly text: string;
  readonly label: string;
  readonly className?: string;
}

const TOLD_MS = 2500;

export function CopyButton({ text, label, className = "" }: Props) {
  const { t } = useSpeech();
  const [said, setSaid] = useState<"" | "copied" | "not_copied">("");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    setSaid((await isCopied(text)) ? "copied" : "not_copied");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(""), TOLD_MS);
  };
  return (
    <span class="copy">
      <button type="button" class={className} onClick={() => void copy()}>
        {label}
      </button>
      <span role="status">{said && t(`share.${said}`)}</span>
    </span>
  );
}

/** Copy a text; where the clipboard is closed to the page, by way of a selection. */
async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return isCopiedFromSelection(text);
  }
}

function isCopiedFromSelection(text: string): boolean {
  const field = document.createElement("textarea");
  const before = document.activeElement;
  field.value = text;
  field.className = "hidden";
  // Inside a card that is open nothing else takes the focus.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
