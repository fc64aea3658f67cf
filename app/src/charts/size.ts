/** How large an element and its type are, in pixels, kept current. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

export interface ElementSize {
  readonly width: number;
  readonly height: number;
  readonly em: number;
}

export function useSize<Host extends Element>(): readonly [RefObject<Host | null>, ElementSize | null] {
  const host = useRef<Host>(null);
  const [size, setSize] = useState<ElementSize | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const measure = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const em = Number.parseFloat(getComputedStyle(element).fontSize);
      setSize((before) =>
        before?.width === width && before.height === height && before.em === em ? before : { width, height, em },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [host, size];
}
