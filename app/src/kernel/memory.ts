/** The kernel's memory: who holds which part of it. Everything is plain arrays, as in Python. */

export type NumberType = "float64" | "int64" | "int32";

/** An array in the kernel's memory, row by row. */
export interface Placed {
  readonly address: number;
  readonly type: NumberType;
  readonly shape: readonly number[];
}

interface Gap {
  address: number;
  bytes: number;
}

const PAGE_BYTES = 65536;
const ALIGNMENT = 64;

export const ITEM_BYTES: Readonly<Record<NumberType, number>> = { float64: 8, int64: 8, int32: 4 };

export function itemsIn(shape: readonly number[]): number {
  return shape.reduce((items, size) => items * size, 1);
}

/** Return a number of bytes rounded up, so that what comes next starts where vectors like it. */
export function rounded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Hands out parts of the memory and takes them back. */
export class Memory {
  readonly #memory: WebAssembly.Memory;
  readonly #taken = new Map<number, number>();
  /** What lies between taken parts, ascending; never two that touch. */
  readonly #gaps: Gap[] = [];
  #end: number;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.#memory = memory;
    this.#end = rounded(base);
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer as ArrayBuffer;
  }

  /** How many bytes are taken. */
  get bytesTaken(): number {
    let bytes = 0;
    for (const part of this.#taken.values()) bytes += part;
    return bytes;
  }

  /** Return the address of so many bytes, all zero. Throws RangeError if the memory cannot grow so far. */
  take(bytes: number): number {
    const wanted = rounded(Math.max(bytes, 1));
    const place = this.#gaps.findIndex((gap) => gap.bytes >= wanted);
    const gap = this.#gaps[place];
    const address = gap ? gap.address : this.#end;
    if (gap) {
      gap.address += wanted;
      gap.bytes -= wanted;
      if (gap.bytes === 0) this.#gaps.splice(place, 1);
    } else {
      this.#grow(address + wanted);
      this.#end = address + wanted;
    }
    this.#taken.set(address, wanted);
    new Uint8Array(this.buffer, address, wanted).fill(0);
    return address;
  }

  /** Take back what was handed out at an address. */
  giveBack(address: number): void {
    const bytes = this.#taken.get(address);
    if (bytes === undefined) return;
    this.#taken.delete(address);
    let place = this.#gaps.findIndex((gap) => gap.address > address);
    if (place < 0) place = this.#gaps.length;
    this.#gaps.splice(place, 0, { address, bytes });
    this.#join(place);
    this.#join(place - 1);
    const last = this.#gaps.at(-1);
    if (last && last.address + last.bytes === this.#end) {
      this.#end = last.address;
      this.#gaps.pop();
    }
  }

  /** Return a view of an array; it is worth nothing any more after the next `take`, which may move the memory. */
  floats(at: Placed): Float64Array {
    return new Float64Array(this.buffer, at.address, itemsIn(at.shape));
  }

  wholes(at: Placed): BigInt64Array {
    return new BigInt64Array(this.buffer, at.address, itemsIn(at.shape));
  }

  /** Join a gap with the next one if they touch. */
  #join(place: number): void {
    const gap = this.#gaps[place];
    const next = this.#gaps[place + 1];
    if (gap && next && gap.address + gap.bytes === next.address) {
      gap.bytes += next.bytes;
      this.#gaps.splice(place + 1, 1);
    }
  }

  #grow(bytes: number): void {
    const missing = bytes - this.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}

/** What belongs together and is given back together. */
export class Arena {
  readonly #addresses: number[] = [];

  constructor(readonly memory: Memory) {}

  array(type: NumberType, shape: readonly number[]): Placed {
    return { address: this.bytes(itemsIn(shape) * ITEM_BYTES[type]), type, shape };
  }

  /** Make room for floats and copy values into it, which must not lie in this memory themselves. */
  floats(shape: readonly number[], values?: ArrayLike<number>): Placed {
    const placed = this.array("float64", shape);
    if (values) this.memory.floats(placed).set(values);
    return placed;
  }

  bytes(bytes: number): number {
    const address = this.memory.take(bytes);
    this.#addresses.push(address);
    return address;
  }

  /** Return an empty arena in the same memory. */
  beside(): Arena {
    return new Arena(this.memory);
  }

  release(): void {
    for (const address of this.#addresses.splice(0)) this.memory.giveBack(address);
  }
}
