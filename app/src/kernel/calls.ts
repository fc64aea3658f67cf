/** Calling compiled functions: rows of arguments as `generated/kernel_layout.json` describes them. */

import description from "../../generated/kernel_layout.json";
import { ITEM_BYTES, itemsIn, rounded, type Arena, type Memory, type NumberType, type Placed } from "./memory";

export type FunctionName = keyof typeof description.functions;
export type WholeName = keyof typeof description.shapes;
/** Arrays by the names of their arguments, such as "layout.sizes". */
export type Arrays = Readonly<Record<string, Placed>>;
/** Whole numbers by the names of their arguments, such as "key.seed". */
export type WholeNumbers = Readonly<Record<string, number>>;
export type Counted = Readonly<Partial<Record<string, number>>>;

interface Argument {
  readonly name: string;
  readonly type: string;
  readonly dimensions: number;
  /** Where it starts in the row; place 0 is for what the function returns. */
  readonly place: number;
}

export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  readonly functions: Readonly<Record<FunctionName, (row: number) => void>>;
}

const RETURNED = 0;
const BEFORE_SHAPE = description.places_before_shape;

function argumentsOf(name: FunctionName): readonly Argument[] {
  let place = RETURNED + 1;
  return description.functions[name].map((line) => {
    const [argument = "", type = "", dimensions = ""] = line.split(" ");
    const found = { name: argument, type, dimensions: Number(dimensions), place };
    place += found.dimensions > 0 ? BEFORE_SHAPE + 2 * found.dimensions : 1;
    return found;
  });
}

const ARGUMENTS = new Map<FunctionName, readonly Argument[]>(
  (Object.keys(description.functions) as FunctionName[]).map((name) => [name, argumentsOf(name)]),
);

/** One function with a row of arguments of its own, to be called as often as one likes. */
export class Call {
  readonly #memory: Memory;
  readonly #run: (row: number) => void;
  readonly #row: Placed;
  readonly #places = new Map<string, number>();

  constructor(exports: KernelExports, arena: Arena, name: FunctionName, arrays: Arrays, numbers: WholeNumbers = {}) {
    const described = ARGUMENTS.get(name) ?? [];
    const places = described.reduce(
      (sum, { dimensions }) => sum + (dimensions > 0 ? BEFORE_SHAPE + 2 * dimensions : 1),
      RETURNED + 1,
    );
    this.#memory = arena.memory;
    this.#run = exports.functions[name];
    this.#row = arena.array("int64", [places]);
    for (const argument of described) {
      if (argument.dimensions === 0) this.#places.set(argument.name, argument.place);
      else this.#putArray(name, argument, arrays[argument.name]);
    }
    this.#put(numbers);
  }

  /** Call the function with some of its numbers set anew; return the whole number it returns, or 0. */
  with(numbers: WholeNumbers = {}): number {
    this.#put(numbers);
    this.#run(this.#row.address);
    return Number(this.#memory.wholes(this.#row)[RETURNED]);
  }

  #put(numbers: WholeNumbers): void {
    const row = this.#memory.wholes(this.#row);
    for (const [name, value] of Object.entries(numbers)) {
      const place = this.#places.get(name);
      if (place === undefined) throw new TypeError(`the compiled function takes no number "${name}"`);
      row[place] = BigInt(value);
    }
  }

  #putArray(name: FunctionName, argument: Argument, placed: Placed | undefined): void {
    if (placed?.type !== argument.type || placed.shape.length !== argument.dimensions) {
      throw new TypeError(`${name} takes ${argument.name} as ${argument.type}, ${argument.dimensions} dimensions`);
    }
    const strides: number[] = [];
    let stride = ITEM_BYTES[placed.type];
    for (const size of placed.shape.toReversed()) {
      strides.unshift(stride);
      stride *= size;
    }
    const values = [0, 0, itemsIn(placed.shape), ITEM_BYTES[placed.type], placed.address, ...placed.shape, ...strides];
    this.#memory.wholes(this.#row).set(values.map(BigInt), argument.place);
  }
}

/** The arrays of a whole, such as the administration, that lie side by side in memory. */
export interface Whole {
  readonly address: number;
  readonly bytes: number;
  readonly arrays: Arrays;
  /** Return one of its arrays by its own name. */
  readonly at: (field: string) => Placed;
}

/** Make room for a whole; `counted` says how many jurisdictions, blocks and officials there are. */
export function newWhole(arena: Arena, name: WholeName, counted: Counted): Whole {
  const fields = description.shapes[name].map((field) => ({
    name: field.name,
    type: field.type as NumberType,
    shape: field.shape.map((size) => sizeOf(size, counted)),
  }));
  const sizes = fields.map((field) => rounded(itemsIn(field.shape) * ITEM_BYTES[field.type]));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const address = arena.bytes(bytes);
  const arrays: Record<string, Placed> = {};
  let next = address;
  fields.forEach((field, number) => {
    arrays[`${name}.${field.name}`] = { address: next, type: field.type, shape: field.shape };
    next += sizes[number] ?? 0;
  });
  const at = (field: string): Placed => {
    const placed = arrays[`${name}.${field}`];
    if (!placed) throw new TypeError(`${name} has no ${field}`);
    return placed;
  };
  return { address, bytes, arrays, at };
}

function sizeOf(size: number | string, counted: Counted): number {
  const found = typeof size === "number" ? size : counted[size];
  if (found === undefined) throw new TypeError(`it is not said how many ${size} there are`);
  return found;
}

/** Return the arrays of wholes by the names under which a function takes them. */
export function arraysOf(...wholes: readonly Whole[]): Arrays {
  return Object.assign({}, ...wholes.map((whole) => whole.arrays)) as Arrays;
}
