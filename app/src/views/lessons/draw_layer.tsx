/** The layer over a chart on which a class draws: by pointer across the chart, or handle by handle with the keyboard. */

import { useRef } from "preact/hooks";
import type { Frame } from "../../charts/value_chart";
import { useSession } from "../../store/context";
import { useSpeech } from "../../text/context";
import { afterStroke, stepOfKey } from "./drawing";

interface Props {
  readonly frame: Frame;
  readonly domain: readonly [number, number];
  /** The number of the first place that is drawn. */
  readonly first: number;
  readonly values: readonly number[];
  readonly names: readonly string[];
  /** Where a handle waits as long as nothing is drawn at its place. */
  readonly resting: readonly number[];
  readonly shown: (value: number) => string;
  readonly onDraw: (values: readonly number[]) => void;
}

interface Point {
  readonly place: number;
  readonly value: number;
}

export function DrawLayer(props: Props) {
  const { frame, first, values, onDraw } = props;
  const host = useRef<HTMLDivElement>(null);
  const last = useRef<Point | null>(null);
  const pointAt = (event: PointerEvent): Point => {
    const box = host.current?.getBoundingClientRect();
    const place = frame.placeAt(event.clientX - (box?.left ?? 0)) - first;
    return {
      place: Math.min(Math.max(0, place), values.length - 1),
      value: frame.valueAt(event.clientY - (box?.top ?? 0)),
    };
  };
  const stroke = (event: PointerEvent): void => {
    const to = pointAt(event);
    onDraw(afterStroke(values, last.current, to));
    last.current = to;
  };
  const end = (): void => {
    last.current = null;
  };
  return (
    <div
      ref={host}
      class="draw-layer"
      onPointerDown={(event) => {
        host.current?.setPointerCapture(event.pointerId);
        stroke(event);
      }}
      onPointerMove={(event) => last.current && stroke(event)}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {values.map((_, place) => (
        <Handle key={place} {...props} place={place} />
      ))}
    </div>
  );
}

function Handle({ frame, domain, first, values, names, resting, shown, onDraw, place }: Props & { readonly place: number }) {
  const { t } = useSpeech();
  const isPresenting = useSession((session) => session.state.presenter);
  const value = values[place] ?? Number.NaN;
  const isDrawn = Number.isFinite(value);
  const at = isDrawn ? value : (resting[place] ?? (domain[0] + domain[1]) / 2);
  const move = (to: number): void => {
    onDraw(afterStroke(values, null, { place, value: Math.min(Math.max(domain[0], to), domain[1]) }));
  };
  return (
    <span
      class="draw-handle"
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={names[place]}
      aria-valuemin={domain[0]}
      aria-valuemax={domain[1]}
      aria-valuenow={at}
      aria-valuetext={isDrawn ? shown(value) : t("lessons.not_drawn")}
      data-drawn={isDrawn}
      style={{ left: `${frame.x.at(first + place)}px`, top: `${frame.y.at(at)}px` }}
      onKeyDown={(event) => {
        const step = stepOfKey(event.key);
        // A remote control's next and back are the presenter's, whatever was touched last.
        if (step === null || (isPresenting && event.key.startsWith("Page"))) return;
        event.preventDefault();
        move(at + step * (domain[1] - domain[0]));
      }}
    />
  );
}
