/** The height of a part as a length that style sheets can use: what stands below it begins where it ends. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";

/** Keep a custom property of the root at the height of the element that the reference is given to; without one it goes. */
export function useHeightAs<Host extends HTMLElement>(property: `--${string}`): RefObject<Host | null> {
  const host = useRef<Host>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const { style } = document.documentElement;
    const measure = (): void => style.setProperty(property, `${element.offsetHeight}px`);
    // It is told of the first size too, and before the first picture: asking now would lay out the page once more.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty(property);
    };
  }, [property]);
  return host;
}
