/** What the page asks of the model, and what it gets. The rules themselves are compiled from Python. */

import type {
  ActionName,
  CaseLuckName,
  CauseName,
  CircumstanceName,
  IntervalField,
  LeavesName,
  MeasureName,
  MonthLuckName,
  OfficialField,
  OutcomeName,
  OutlookName,
  PairedField,
  ParameterPath,
  PolicyTableField,
  RuleName,
  RungName,
  TermName,
  ToldName,
} from "../../generated/names";

export type { ActionName, MeasureName, OfficialField, OutcomeName, ParameterPath, RuleName, TermName };

export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** A value for every parameter; NaN at behaviour.initial_innovation_share stands for none. */
export type ParameterValues = Readonly<Record<ParameterPath, number>>;

/** Values for some parameters. */
export type Settings = Readonly<Partial<Record<ParameterPath, number>>>;

/** A change in force in the months month <= t < until (null: it stays), phased in linearly over some months (0: at once). */
export interface Change {
  readonly month: number;
  readonly until: number | null;
  readonly phaseInMonths: number;
  readonly settings: Settings;
}

/** A listed jurisdiction: its name, its size, and what is different there from the first month on. */
export interface Jurisdiction {
  readonly name: Text;
  readonly officials: number;
  readonly settings: Settings;
}

/** Everything that decides a run but seed and run number. Where jurisdictions are listed, they decide both totals. */
export interface ScenarioSpec {
  readonly name: string;
  readonly title: Text;
  readonly question: Text;
  readonly references: readonly string[];
  readonly officials: number;
  readonly jurisdictions: number;
  readonly listed: readonly Jurisdiction[];
  readonly months: number;
  readonly parameters: ParameterValues;
  readonly changes: readonly Change[];
}

export type ByMeasure<M extends MeasureName> = Readonly<Record<M, Float64Array>>;

/** The measures of one run, a value for each month; a missing value is NaN. */
export interface RunSeries<M extends MeasureName = MeasureName> {
  readonly months: number;
  readonly measures: ByMeasure<M>;
  /** The same for every jurisdiction; empty unless asked for. */
  readonly byJurisdiction: readonly ByMeasure<M>[];
}

/** All officials at the end of a month, in the order of their numbers: a copy, which the next month leaves alone. */
export interface Officials {
  readonly count: number;
  /** Who holds the post after the month: traits, age, evidence, what it did in the last months. */
  readonly state: Readonly<Record<OfficialField, Float64Array>>;
  /** How many held the post before. */
  readonly generation: Int32Array;
  /** What was done in the month, as a place in ACTIONS, and how it turned out, as a place in OUTCOMES. */
  readonly action: Int32Array;
  readonly outcome: Int32Array;
  /** Whether the one who did it left at the end of the month, as a place in LEAVES. */
  readonly leaves: Int32Array;
  readonly jurisdiction: Int32Array;
}

/** What the authorities made of an official's month. */
export interface ConsequenceExplanation {
  /** A failure became a case; or private gain was found out. */
  readonly isFailureCase: boolean;
  readonly isMisconduct: boolean;
  /** The failure that became a case was an honest one. */
  readonly isHonest: boolean;
  readonly isExempt: boolean;
  readonly isUnpursued: boolean;
  /** The rung of the ladder that the case is for: misconduct has one of its own. Null if there was no sanction on it. */
  readonly rung: RungName | null;
  /** What the case was held to be about; null if there was no case. */
  readonly cause: CauseName | null;
  readonly freezeMonths: number;
}

/** One official's month taken apart: what it is, faces, sees, weighs, is dealt and does. */
export interface OfficialExplanation {
  readonly month: number;
  readonly official: number;
  readonly jurisdiction: number;
  readonly generation: number;
  readonly state: Readonly<Record<OfficialField, number>>;
  readonly policy: Readonly<Record<PolicyTableField, number>>;
  readonly circumstances: Readonly<Record<CircumstanceName, number>>;
  readonly outlook: Readonly<Record<OutlookName, number>>;
  readonly menu: Readonly<Record<ActionName, Readonly<Record<TermName, number>>>>;
  readonly utilities: Readonly<Record<ActionName, number>>;
  readonly probabilities: Readonly<Record<ActionName, number>>;
  /** What the decision rule made of the odds themselves, in two numbers of its own; NaN if nothing. */
  readonly told: Readonly<Record<ToldName, number>>;
  /** Uniform draws from (0, 1). */
  readonly luck: Readonly<Record<MonthLuckName | CaseLuckName, number>>;
  readonly action: ActionName;
  readonly outcome: OutcomeName;
  readonly consequence: ConsequenceExplanation;
}

/** A simulation as it stood after some months; it belongs to the simulation that made it. */
export interface Snapshot {
  readonly month: number;
  readonly bytes: Uint8Array;
}

/** A run that is taken a month at a time. */
export interface Simulation {
  readonly spec: ScenarioSpec;
  readonly seed: number;
  readonly run: number;
  /** How many months have passed: the number of the one that comes next. */
  readonly month: number;
  /** Let a month pass; false if the run is at its end. */
  step(): boolean;
  officials(): Officials;
  /** The measures of the month that passed last; null before the first. */
  measuresNow(): Readonly<Record<MeasureName, number>> | null;
  measuresOf(jurisdiction: number): Readonly<Record<MeasureName, number>> | null;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /**
   * What an official will do in the month that comes next, and why. With settings: what the same official, with the same
   * luck, would do if these parameters were other, everywhere, in that month.
   */
  explain(official: number, settings?: Settings): OfficialExplanation;
  /** Give the memory back; the simulation is of no use afterwards. A forgotten one is given back some time later. */
  release(): void;
}

export type Interval = Readonly<Record<IntervalField, number>>;
export type PairedEffect = Readonly<Record<PairedField, number>>;

/** The compiled rules, ready to run. All numbers are those of the Python library, bit for bit. */
export interface Kernel {
  /** How many bytes of its memory are taken, by simulations and by the scenario that was run last. */
  readonly bytesTaken: number;
  /** Add the compiled code of another decision rule than the default, so that scenarios with it can be run. */
  addRule(rule: RuleName, wasm: BufferSource): Promise<void>;
  /** Whether the rule of a scenario is there. */
  canRun(spec: ScenarioSpec): boolean;
  run<M extends MeasureName>(
    spec: ScenarioSpec,
    seed: number,
    run: number,
    measures: readonly M[] | "all",
    byJurisdiction?: boolean,
  ): RunSeries<M>;
  /** The means of a run over its last months, of what is not missing. */
  runMeans(
    spec: ScenarioSpec,
    seed: number,
    run: number,
    windowMonths?: number,
  ): Readonly<Record<MeasureName, number>>;
  simulation(spec: ScenarioSpec, seed: number, run: number): Simulation;
  /** Quantiles over runs, month by month: a series for each probability. The runs must be equally long. */
  fan(runs: readonly Float64Array[], probabilities: readonly number[]): readonly Float64Array[];
  windowMean(series: Float64Array, windowMonths?: number): number;
  /** For every month the mean over it and the months before, so many in all, of what is not missing. */
  trailingMeans(runs: readonly Float64Array[], windowMonths: number): readonly Float64Array[];
  /** The mean over runs and its 95% interval. */
  interval(values: ArrayLike<number>): Interval;
  /** The means of two policies over equal runs, the mean difference run by run and its 95% interval. */
  pairedEffect(policy: ArrayLike<number>, reference: ArrayLike<number>): PairedEffect;
}

export type LeavesKind = LeavesName;
