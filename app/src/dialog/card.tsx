/** A card over the page: it holds the focus, closes by Escape, by its button and by a click beside it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSpeech } from "../text/context";

interface Props {
  readonly isOpen: boolean;
  /** The id of the card's heading. */
  readonly labelledBy: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Card({ isOpen, labelledBy, onClose, children }: Props) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const card = dialog.current;
    if (!card) return;
    if (isOpen && !card.open) {
      card.showModal();
      // A long card is read from its beginning.
      card.querySelector<HTMLElement>("[tabindex='-1']")?.focus();
    }
    if (!isOpen && card.open) card.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="card"
      aria-labelledby={labelledBy}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="card-body" tabIndex={-1}>
        {children}
        <button type="button" class="wide primary" onClick={onClose}>
          {t("page.close")}
        </button>
      </div>
    </dialog>
  );
}
