/**
 * Messages to a worker as they travel. A browser keeps what came with a message until it next clears up all of the
 * worker's memory, which it seldom does: a scenario with its texts and an object of a hundred named numbers would take
 * some twenty kilobytes every time a lever moves. An array of the numbers that is handed over, not copied, takes one, and
 * what reads them by name takes nothing more.
 */

import { PARAMETER_PATHS } from "../../generated/names";
import type { ParameterValues, ScenarioSpec } from "../kernel/types";
import type { RunRequest, ToWorker, Work } from "./messages";

/** What only people read. */
const UNTOLD = { title: { en: "", zh: "" }, question: { en: "", zh: "" }, references: [] } as const;

/** The parameters in the order of PARAMETER_PATHS. */
type PackedSpec = Omit<ScenarioSpec, "parameters" | keyof typeof UNTOLD> & { readonly parameters: Float64Array<ArrayBuffer> };
type PackedWork = Omit<Work, "request"> & {
  readonly request: Omit<RunRequest, "spec"> & { readonly spec: PackedSpec | readonly PackedSpec[] };
};

export type Packed = Exclude<ToWorker, Work> | PackedWork;

export function packed(message: ToWorker): Packed {
  if (message.type !== "work") return message;
  const { spec } = message.request;
  return { ...message, request: { ...message.request, spec: "parameters" in spec ? packedSpec(spec) : spec.map(packedSpec) } };
}

/** Return what a message hands over without a copy. */
export function handedOver(message: Packed): ArrayBuffer[] {
  if (message.type !== "work") return [];
  const { spec } = message.request;
  return ("parameters" in spec ? [spec] : spec).map(({ parameters }) => parameters.buffer);
}

/** Return the message of what came, with a scenario that has no texts. */
export function unpacked(message: Packed): ToWorker {
  if (message.type !== "work") return message;
  const { spec } = message.request;
  return { ...message, request: { ...message.request, spec: "parameters" in spec ? unpackedSpec(spec) : spec.map(unpackedSpec) } };
}

function packedSpec({ title: _, question: __, references: ___, parameters, ...run }: ScenarioSpec): PackedSpec {
  return { ...run, parameters: Float64Array.from(PARAMETER_PATHS, (path) => parameters[path]) };
}

function unpackedSpec({ parameters, ...run }: PackedSpec): ScenarioSpec {
  return { ...run, ...UNTOLD, parameters: new NamedNumbers(parameters) as unknown as ParameterValues };
}

/** An array of the parameters, read by their names. */
class NamedNumbers {
  constructor(readonly numbers: Float64Array) {}
}
PARAMETER_PATHS.forEach((path, place) =>
  Object.defineProperty(NamedNumbers.prototype, path, {
    get(this: NamedNumbers) {
      return this.numbers[place];
    },
  }),
);
