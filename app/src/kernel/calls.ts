/** Calling compiled functions: rows of arguments as `generated/kernel_layout.json` describes them. */

import description from "../../generated/kernel_layout.json";
import { DECISION_RULES, type RuleName } from "../../generated/names";
import { ITEM_BYTES, itemsIn, rounded, type Arena, type Memory, type NumberType, type Placed } from "./memory";

export type FunctionName = keyof typeof description.functions;
export type WholeName = keyof typeof description.shapes;
/** Arrays by the names of their arguments, such as "layout.sizes". */
export type Arrays = Readonly<Record<string, Placed>>;
/** ArgumentNumbers by the names of their arguments, such as "key.seed". */
export type ArgumentNumbers = Readonly<Record<string, number>>;
export type Counted = Readonly<Partial<Record<string, number>>>;

interface Argument {
  readonly name: string;
  readonly type: string;
  readonly dimensions: number;
  /** Where it starts in the row; place 0 is for what the function returns. */
  readonly place: number;
}

/** The kernel of one decision rule; those of other rules than the default have not all functions. */
export interface KernelExports {
  readonly rule: RuleName;
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  readonly functions: Readonly<Record<FunctionName, (row: number) => void>>;
}

const RETURNED = 0;
const BEFORE_SHAPE = description.places_before_shape;

/** The rule whose kernel has all functions. */
export const [DEFAULT_RULE] = DECISION_RULES;
const NO_NUMBERS = "administration.structure.rule.nothing ";

/** Return the names of the functions that the kernel of a rule has. */
export function functionsUnder(rule: RuleName): readonly FunctionName[] {
  const names = rule === DEFAULT_RULE ? Object.keys(description.functions) : description.other_rules.functions;
  return names as FunctionName[];
}

/** Return the lines that describe a function's arguments: a rule's numbers stand where the default has none. */
function describedOf(name: FunctionName, isDefault: boolean): readonly string[] {
  const lines: readonly string[] = description.functions[name];
  if (isDefault) return lines;
  return lines.flatMap((line) => (line.startsWith(NO_NUMBERS) ? description.other_rules.numbers : [line]));
}

function argumentsOf(name: FunctionName, isDefault: boolean): readonly Argument[] {
  let place = RETURNED + 1;
  return describedOf(name, isDefault).map((line) => {
    const [argument = "", type = "", dimensions = ""] = line.split(" ");
    const found = { name: argument, type, dimensions: Number(dimensions), place };
    place += found.dimensions > 0 ? BEFORE_SHAPE + 2 * found.dimensions : 1;
    return found;
  });
}

function allArguments(isDefault: boolean): ReadonlyMap<FunctionName, readonly Argument[]> {
  const names = Object.keys(description.functions) as FunctionName[];
  return new Map(names.map((name) => [name, argumentsOf(name, isDefault)]));
}

const ARGUMENTS = allArguments(true);
const ARGUMENTS_UNDER_OTHER_RULES = allArguments(false);

/** Where a number stands in a row; all numbers but whole ones are floats. */
interface PlaceOfNumber {
  readonly place: number;
  readonly isFloat: boolean;
}

/** One function with a row of arguments of its own, to be called as often as one likes. */
export class Call {
  readonly #memory: Memory;
  readonly #run: (row: number) => void;
  readonly #row: Placed;
  readonly #places = new Map<string, PlaceOfNumber>();

  constructor(exports: KernelExports, arena: Arena, name: FunctionName, arrays: Arrays, numbers: ArgumentNumbers = {}) {
    const isDefault = exports.rule === DEFAULT_RULE;
    const described = (isDefault ? ARGUMENTS : ARGUMENTS_UNDER_OTHER_RULES).get(name) ?? [];
    const places = described.reduce(
      (sum, { dimensions }) => sum + (dimensions > 0 ? BEFORE_SHAPE + 2 * dimensions : 1),
      RETURNED + 1,
    );
    this.#memory = arena.memory;
    this.#run = exports.functions[name];
    this.#row = arena.array("int64", [places]);
    for (const argument of described) {
      if (argument.dimensions === 0) {
        this.#places.set(argument.name, { place: argument.place, isFloat: argument.type === "float64" });
      } else this.#putArray(name, argument, arrays[argument.name]);
    }
    this.#put(numbers);
  }

  /** Call the function with some of its numbers set anew; return the whole number it returns, or 0. */
  with(numbers: ArgumentNumbers = {}): number {
    this.#put(numbers);
    this.#run(this.#row.address);
    return Number(this.#memory.wholes(this.#row)[RETURNED]);
  }

  #put(numbers: ArgumentNumbers): void {
    const [wholes, floats] = [this.#memory.wholes(this.#row), this.#memory.floats(this.#row)];
    for (const [name, value] of Object.entries(numbers)) {
      const found = this.#places.get(name);
      if (found === undefined) throw new TypeError(`the compiled function takes no number "${name}"`);
      if (found.isFloat) floats[found.place] = value;
      else wholes[found.place] = BigInt(value);
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

/** Make room for the administration of a kernel: what officials keep in mind is the rule's. */
export function newAdministration({ rule }: KernelExports, arena: Arena, counted: Counted): Whole {
  return newWhole(arena, "administration", counted, rule === DEFAULT_RULE ? {} : { memories: description.other_rules.memories[rule] });
}

type Shape = readonly (number | string)[];

/** Make room for a whole; `counted` says how many jurisdictions, blocks and officials there are, `shapes` what has another shape. */
export function newWhole(arena: Arena, name: WholeName, counted: Counted, shapes: Readonly<Record<string, Shape>> = {}): Whole {
  const fields = description.shapes[name].map((field) => ({
    name: field.name,
    type: field.type as NumberType,
    shape: (shapes[field.name] ?? field.shape).map((size) => sizeOf(size, counted)),
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
