/** Where officials stand in a grid: a box for every jurisdiction, a cell for every official. Pure geometry, in pixels. */

export interface Seat {
  readonly x: number;
  readonly y: number;
}

export interface Place {
  readonly jurisdiction: number;
  readonly first: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Seats {
  readonly cell: number;
  readonly height: number;
  readonly places: readonly Place[];
  /** The upper left corner of every official's cell. */
  readonly seats: readonly Seat[];
}

export const LARGEST_CELL = 34;
export const SMALLEST_CELL = 9;
const GAP = 12;
/** In pixels: room at every side for the frame around the one chosen, which lies outside its cell. */
export const RIM = 5;

interface Room {
  readonly width: number;
  readonly height: number;
  /** The height of the line above every box. */
  readonly heading: number;
}

/** Return the sizes of jurisdictions, of officials in the order of their numbers. */
export function sizesOf(jurisdiction: ArrayLike<number>): number[] {
  const sizes: number[] = [];
  for (let official = 0; official < jurisdiction.length; official++) {
    const place = jurisdiction[official] ?? 0;
    sizes[place] = (sizes[place] ?? 0) + 1;
  }
  return Array.from(sizes, (size) => size ?? 0);
}

interface Fit {
  readonly cell: number;
  readonly across: number;
  readonly columns: number;
}

/** Return the largest cells with which all boxes find room; if none do, the smallest, and the grid grows downwards. */
function fitIn(sizes: readonly number[], room: Room): Fit {
  const most = Math.max(...sizes);
  let last: Fit = { cell: SMALLEST_CELL, across: 1, columns: Math.max(1, Math.floor(room.width / SMALLEST_CELL)) };
  for (let cell = LARGEST_CELL; cell >= SMALLEST_CELL; cell--) {
    for (let across = 1; across <= sizes.length; across++) {
      const columns = Math.min(most, Math.floor(((room.width + GAP) / across - GAP) / cell));
      if (columns < 1) break;
      const down = Math.ceil(sizes.length / across);
      const box = room.heading + Math.ceil(most / columns) * cell + GAP;
      if (down * box - GAP <= room.height) return { cell, across, columns };
      if (cell === SMALLEST_CELL) last = { cell, across, columns };
    }
  }
  return last;
}

/** Return where everybody stands, with a rim at every side. */
export function seatsIn(sizes: readonly number[], outside: Room): Seats {
  const room = { ...outside, width: outside.width - 2 * RIM, height: outside.height - RIM };
  const { cell, across, columns } = fitIn(sizes, room);
  const boxWidth = (room.width + GAP) / across - GAP;
  const places: Place[] = [];
  const seats: Seat[] = [];
  let y = 0;
  let tallest = 0;
  sizes.forEach((count, jurisdiction) => {
    const column = jurisdiction % across;
    if (column === 0 && jurisdiction > 0) {
      y += tallest + GAP;
      tallest = 0;
    }
    const x = RIM + column * (boxWidth + GAP);
    const height = room.heading + Math.ceil(count / columns) * cell;
    tallest = Math.max(tallest, height);
    places.push({ jurisdiction, first: seats.length, count, x, y, width: columns * cell, height });
    for (let n = 0; n < count; n++) {
      seats.push({ x: x + (n % columns) * cell, y: y + room.heading + Math.floor(n / columns) * cell });
    }
  });
  return { cell, height: y + tallest + RIM, places, seats };
}

/** Return the official at a point, or null. */
export function officialAt({ seats, cell }: Seats, x: number, y: number): number | null {
  const found = seats.findIndex((seat) => x >= seat.x && x < seat.x + cell && y >= seat.y && y < seat.y + cell);
  return found < 0 ? null : found;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** How much more a step aside counts than a step ahead. */
const ASIDE = 3;

/** Return the official that a key leads to, or null if it is no key of the grid. */
export function officialAfterKey({ seats }: Seats, from: number, key: string): number | null {
  if (key === "Home") return 0;
  if (key === "End") return seats.length - 1;
  const direction = Object.hasOwn(DIRECTIONS, key) ? DIRECTIONS[key] : undefined;
  const here = seats[from];
  if (!direction || !here) return null;
  const [right, down] = direction;
  let nearest = from;
  let least = Number.POSITIVE_INFINITY;
  seats.forEach((seat, official) => {
    const ahead = (seat.x - here.x) * right + (seat.y - here.y) * down;
    const aside = Math.abs((seat.x - here.x) * down) + Math.abs((seat.y - here.y) * right);
    const far = ahead + ASIDE * aside;
    if (ahead > 0.5 && far < least) [nearest, least] = [official, far];
  });
  return nearest;
}
