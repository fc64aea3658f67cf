/** A component that is drawn again only if one of its properties is another. */

import { Component, h, type ComponentChild, type FunctionComponent } from "preact";

function differ(a: object, b: object): boolean {
  const [before, now] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return (
    Object.keys(before).length !== Object.keys(now).length ||
    Object.keys(now).some((key) => !Object.is(before[key], now[key]))
  );
}

export function memo<Props extends object>(inner: FunctionComponent<Props>) {
  return class Remembered extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return differ(this.props, next);
    }

    override render(): ComponentChild {
      return h(inner, this.props as Props & { children?: never });
    }
  };
}
