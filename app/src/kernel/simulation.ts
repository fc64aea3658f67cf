/** A run that is taken a month at a time, looked into, wound back. */

import {
  MEASURES,
  OFFICIAL_FIELDS,
  type MeasureName,
  type OfficialField,
} from "../../generated/names";
import { arraysOf, Call, newAdministration, newWhole, type KernelExports, type Whole } from "./calls";
import { explained } from "./explanation";
import type { Arena, Placed } from "./memory";
import { checkSeedAndRun, checkWhole, newSetting, putSettings, rowAt, type Setting } from "./setting";
import type { OfficialExplanation, Officials, ScenarioSpec, Settings, Simulation, Snapshot } from "./types";

/** Gives back the memory of simulations that were forgotten. */
const forgotten = new FinalizationRegistry<Arena>((arena) => {
  arena.release();
});

export class MonthByMonth implements Simulation {
  readonly #exports: KernelExports;
  readonly #arena: Arena;
  readonly #setting: Setting;
  readonly #administration: Whole;
  readonly #roll: Whole;
  readonly #explanation: Whole;
  readonly #measures: Placed;
  readonly #monthPasses: Call;
  readonly #rollCall: Call;
  readonly #explain: Call;
  #month = 0;

  constructor(
    exports: KernelExports,
    arena: Arena,
    readonly spec: ScenarioSpec,
    readonly seed: number,
    readonly run: number,
  ) {
    checkSeedAndRun(seed, run);
    this.#exports = exports;
    this.#arena = arena;
    const setting = newSetting(exports, arena, spec);
    const { jurisdictions, blocks, officials } = setting;
    this.#setting = setting;
    this.#administration = newAdministration(exports, arena, { jurisdictions, blocks });
    this.#roll = newWhole(arena, "roll", { officials });
    this.#explanation = newWhole(arena, "explanation", { jurisdictions });
    this.#measures = arena.floats([MEASURES.length]);

    const arrays = { ...setting.arrays, ...this.#administration.arrays };
    const { ruleNumbers } = setting;
    const key = { "key.seed": seed, "key.run": run, ...ruleNumbers };
    const when = { "when.key.seed": seed, "when.key.run": run, ...ruleNumbers };
    this.#monthPasses = new Call(exports, arena, "month_passes", { ...arrays, measures: this.#measures }, when);
    this.#rollCall = new Call(exports, arena, "roll_call", { ...arrays, ...this.#roll.arrays }, ruleNumbers);
    this.#explain = new Call(exports, arena, "explain_official", { ...arrays, ...this.#explanation.arrays }, when);
    new Call(exports, arena, "run_begins", arrays, key).with();
    forgotten.register(this, arena, this);
  }

  get month(): number {
    return this.#month;
  }

  step(): boolean {
    if (this.#month >= this.#setting.months) return false;
    this.#monthPasses.with({ "when.month": this.#month });
    this.#month += 1;
    return true;
  }

  officials(): Officials {
    this.#rollCall.with();
    const { officials: count } = this.#setting;
    const { address, bytes, at } = this.#roll;
    const copy = this.#arena.memory.buffer.slice(address, address + bytes);
    const states = at("states").address - address;
    const posts = at("posts").address - address;
    const state = OFFICIAL_FIELDS.map((field, number): [OfficialField, Float64Array] => [
      field,
      new Float64Array(copy, states + number * count * Float64Array.BYTES_PER_ELEMENT, count),
    ]);
    const post = (number: number): Int32Array =>
      new Int32Array(copy, posts + number * count * Int32Array.BYTES_PER_ELEMENT, count);
    return {
      count,
      state: Object.fromEntries(state) as Officials["state"],
      generation: post(0),
      action: post(1),
      outcome: post(2),
      leaves: post(3),
      jurisdiction: new Int32Array(copy, at("jurisdiction").address - address, count),
    };
  }

  measuresNow(): Readonly<Record<MeasureName, number>> | null {
    return this.#month > 0 ? byName(this.#arena.memory.floats(this.#measures)) : null;
  }

  measuresOf(jurisdiction: number): Readonly<Record<MeasureName, number>> | null {
    checkWhole("the jurisdiction", jurisdiction, 0, this.#setting.jurisdictions - 1);
    if (this.#month === 0) return null;
    const rows = this.#arena.memory.floats(this.#administration.at("measures"));
    return byName(rows.subarray(jurisdiction * MEASURES.length, (jurisdiction + 1) * MEASURES.length));
  }

  snapshot(): Snapshot {
    const { memory } = this.#arena;
    const { address, bytes } = this.#administration;
    const copy = new Uint8Array(bytes + MEASURES.length * Float64Array.BYTES_PER_ELEMENT);
    copy.set(new Uint8Array(memory.buffer, address, bytes));
    copy.set(new Uint8Array(memory.buffer, this.#measures.address, copy.length - bytes), bytes);
    return { month: this.#month, bytes: copy };
  }

  restore(snapshot: Snapshot): void {
    const { memory } = this.#arena;
    const { address, bytes } = this.#administration;
    const size = bytes + MEASURES.length * Float64Array.BYTES_PER_ELEMENT;
    if (snapshot.bytes.length !== size) throw new RangeError("the snapshot is of another simulation");
    new Uint8Array(memory.buffer, address, bytes).set(snapshot.bytes.subarray(0, bytes));
    new Uint8Array(memory.buffer, this.#measures.address, size - bytes).set(snapshot.bytes.subarray(bytes));
    this.#month = snapshot.month;
  }

  explain(official: number, settings?: Settings): OfficialExplanation {
    checkWhole("the official", official, 0, this.#setting.officials - 1);
    checkWhole("the month to explain", this.#month, 0, this.#setting.months - 1);
    const asked = { "when.month": this.#month, official };
    if (settings && Object.keys(settings).length > 0) this.#explainUnder(settings, asked);
    else this.#explain.with(asked);
    return explained(this.#arena.memory, this.#explanation, this.#month, official);
  }

  release(): void {
    forgotten.unregister(this);
    this.#arena.release();
  }

  /** Ask the same of a policy that is another one in every row. */
  #explainUnder(settings: Settings, asked: Readonly<Record<string, number>>): void {
    const { memory } = this.#arena;
    const beside = this.#arena.beside();
    try {
      const rows = beside.floats(this.#setting.rows.shape);
      memory.floats(rows).set(memory.floats(this.#setting.rows));
      const [nRows = 0] = rows.shape;
      for (let row = 0; row < nRows; row++) putSettings(rowAt(memory.floats(rows), row), settings);
      const arrays = arraysOf(this.#setting.layout, this.#administration, this.#explanation);
      const policies = { "policies.rows": rows, "policies.row_of": this.#setting.rowOf };
      const when = { "when.key.seed": this.seed, "when.key.run": this.run, ...this.#setting.ruleNumbers };
      new Call(this.#exports, beside, "explain_official", { ...arrays, ...policies }, when).with(asked);
    } finally {
      beside.release();
    }
  }
}

function byName(row: Float64Array): Readonly<Record<MeasureName, number>> {
  const values = MEASURES.map((measure, place): [MeasureName, number] => [measure, row[place] ?? Number.NaN]);
  return Object.fromEntries(values) as Record<MeasureName, number>;
}
