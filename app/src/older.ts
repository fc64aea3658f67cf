/**
 * What the oldest browsers that run the model (those of 2022, see vite.config.ts) lack of the language's library, as the
 * standard has it. Whatever begins a page or a worker imports this first.
 */

/** Define a method where it is missing; one that is there stays. */
function fillIn(owner: object, name: string, method: (...given: never[]) => unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value: method, writable: true, configurable: true });
}

type Listed = ArrayLike<unknown>;

function itemAt(this: Listed, place: number): unknown {
  const whole = Math.trunc(place) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

function lastFound(this: Listed, matches: (item: unknown, place: number, all: Listed) => unknown): unknown {
  for (let place = this.length - 1; place >= 0; place--) if (matches(this[place], place, this)) return this[place];
  return undefined;
}

function isOwn(owner: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(owner, key);
}

const LISTS = [Array.prototype, Object.getPrototypeOf(Int8Array.prototype) as object];

for (const list of LISTS) {
  fillIn(list, "at", itemAt);
  fillIn(list, "findLast", lastFound);
}
fillIn(String.prototype, "at", itemAt);
fillIn(Object, "hasOwn", isOwn);
fillIn(Array.prototype, "toReversed", function toReversed(this: Listed) {
  return Array.from(this).reverse();
});
fillIn(Array.prototype, "toSorted", function toSorted(this: Listed, compare?: (a: unknown, b: unknown) => number) {
  return Array.from(this).sort(compare);
});
fillIn(Array.prototype, "with", function withItem(this: Listed, place: number, item: unknown) {
  const copy = Array.from(this);
  copy[place < 0 ? copy.length + place : place] = item;
  return copy;
});
