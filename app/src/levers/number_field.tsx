/** A number that is typed: what is being typed stands until it is done, whatever is drawn anew meanwhile. */

import { useState } from "preact/hooks";

interface Props {
  readonly id?: string;
  readonly class?: string;
  /** The name, where no label gives it one. */
  readonly label?: string;
  readonly low: number;
  readonly high: number;
  /** Whether only whole numbers are taken. */
  readonly isWhole?: boolean;
  readonly value: number;
  /** Called with what was typed, put within the bounds, if it is another number. */
  readonly onChange: (value: number) => void;
}

export function NumberField({ id, class: className, label, low, high, isWhole = false, value, onChange }: Props) {
  // Null where nobody is typing: then the field shows the value.
  const [typed, setTyped] = useState<string | null>(null);
  const take = (number: number): void => {
    setTyped(null);
    const next = isWhole ? Math.round(number) : number;
    const taken = Number.isFinite(next) ? Math.min(Math.max(low, next), high) : value;
    if (taken !== value) onChange(taken);
  };
  return (
    <input
      id={id}
      class={className}
      type="number"
      inputMode={isWhole ? "numeric" : "decimal"}
      aria-label={label}
      min={low}
      max={high}
      step={isWhole ? 1 : "any"}
      value={typed ?? said(value, isWhole)}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => take(event.currentTarget.valueAsNumber)}
      onBlur={(event) => typed !== null && take(event.currentTarget.valueAsNumber)}
    />
  );
}

function said(value: number, isWhole: boolean): string {
  return String(isWhole ? value : Number(value.toPrecision(6)));
}
