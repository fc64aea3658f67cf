/** Undo and redo by the keys that every program has for them. */

import { useLayoutEffect } from "preact/hooks";
import { useStore } from "../store/context";

/** What undoes its own typing. */
const TYPED_INTO = "textarea, input:not([type=range], [type=checkbox], [type=radio]), [contenteditable]";

/** Return what a key asks for, or null: Ctrl or Command with Z, with Shift or Y for the way forth. */
export function stepOfKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): "undo" | "redo" | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : null;
}

export function useUndoKeys(): void {
  const store = useStore();
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const step = stepOfKey(event);
      if (!step || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return;
      event.preventDefault();
      store.dispatch({ type: step });
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [store]);
}
