// Made from app/room/messages.py and app/room/desk_messages.py; not to be edited.
// Made anew by `python -m app.room.typescript`.

export const VERSION = 1;
export const LARGEST_MESSAGE = 2048;

export type Language = "en" | "zh";

export type Phase = "lobby" | "coins" | "guess" | "practice" | "practised" | "believe" | "decide" | "result" | "announce" | "end" | "reveal" | "questions" | "debrief" | "closed";

export type Question = "pursued" | "exempt" | "exempt_filed" | "others";

export type Why = "code" | "full" | "over" | "version" | "room" | "closed" | "round" | "phase" | "action" | "form" | "seat" | "storage" | "busy";

export type Trouble = "disk_full" | "disk_denied" | "file_locked" | "file_damaged" | "disk_refused";

export type Deed = "begin" | "next" | "back" | "hold" | "go" | "close" | "more_time" | "seats" | "release" | "hands" | "ask" | "lock" | "address" | "report" | "slides" | "export" | "erase" | "end";

export type Refusal = "moved_on" | "over" | "unplayed" | "no_round" | "is_open" | "not_over" | "not_asked" | "no_back" | "chairs" | "seat" | "hands" | "action" | "address" | "extra" | "failed" | "form";

export type FindingsStatus = "none" | "working" | "few" | "hands" | "failed" | "told";

/** A phone says who it is; the code is needed for a key that is new. */
export interface Hello {
  t: "hello";
  v: number;
  room: string;
  key: string;
  code?: string | null;
  lang?: Language;
}

/** A seat is to belong to another phone, which tells the four digits that the first was given. */
export interface Move {
  t: "move";
  v: number;
  room: string;
  seat: number;
  recovery: string;
  key: string;
  lang?: Language;
}

/** Whether the answers may be used for research. */
export interface Consent {
  t: "consent";
  id: string;
  research: boolean;
}

/** What the person does in a round; the last one before the round closes holds. */
export interface Choose {
  t: "choose";
  id: string;
  round: number;
  action: number;
}

/** Whether a gamble is taken. */
export interface Coin {
  t: "coin";
  id: string;
  n: number;
  accept: boolean;
}

/** In how many of ten cases something is believed to happen. */
export interface Believe {
  t: "believe";
  id: string;
  round: number;
  question: Question;
  tenths: number;
}

/** A drawn guess: of the class's share, round by round ("share"), or of what a lesson asks. */
export interface Guess {
  t: "guess";
  id: string;
  asked: string;
  values: number[];
}

/** Which of the answers to a question of the debrief is chosen; both are numbered from 0. */
export interface DebriefAnswer {
  t: "answer";
  id: string;
  n: number;
  choice: number;
}

/** The person leaves; the answers are erased if that is wanted. */
export interface Leave {
  t: "leave";
  id: string;
  erase: boolean;
}

/** The person wants to see all the rounds. */
export interface AskHistory {
  t: "history";
}

/** A phone that is awake says so. */
export interface Ping {
  t: "ping";
  n: number;
}

/** The seat that a key has, and the digits with which another phone can take it over. */
export interface Seat {
  t: "seat";
  seat: number;
  recovery: string;
}

/** What was said is stored, for good. */
export interface Ok {
  t: "ok";
  id: string;
  seq: number;
}

/** What was said does not count, and why; `wait_ms` where it may be said again later. */
export interface No {
  t: "no";
  id?: string | null;
  why: Why;
  wait_ms?: number | null;
}

/** The answer to a ping. */
export interface Pong {
  t: "pong";
  n: number;
}

/** The rule in force, as it stands on the wall; see `analysis.rooms.wall.WallNumbers`. */
export interface Wall {
  act: number;
  pursued_in_100: number;
  exempt_tenths: number;
  exempt_filed_tenths: number;
  ladder: number[];
  losses: number[];
  bars: number[];
  publicity_tenths: number;
  disclosure_tenths: number;
  called_in_1000: number;
  called_loss: number;
  called_bar: number;
  review: number;
  filing: number;
  times_baseline: number;
}

/** The official that the person plays. */
export interface You {
  chance_tenths: number;
  worth: number;
  worth_unbarred: number;
  barred_rounds: number;
  age: number;
  may_file: boolean;
  sure: number[];
  actions: number[];
  is_successor: boolean;
}

/** What is known in the office: last month's shares in ten pictograms (nothing, routine, trying), and the news. */
export interface Office {
  shares: number[];
  sanctions: number;
  exemptions: number;
  unpursued: number;
}

/** A month of the person: what was done, how it turned out, what came of it; `rung` is -1 where there is none. */
export interface MonthOf {
  month: number;
  action: number;
  outcome: number;
  case: boolean;
  exempt: boolean;
  rung: number;
  points: number;
}

/** The last round: its months, its points, and whether the deputy decided. */
export interface Last {
  round: number;
  months: MonthOf[];
  points: number;
  deputy: boolean;
}

/** A question of the debrief and its answers, in both languages; `n` is its number in the play, from 0. */
export interface DebriefAsked {
  n: number;
  text: Record<string, string>;
  answers: Record<string, string>[];
}

/** What is asked now, and what was answered so far. */
export interface Asked {
  coins?: [number, number][];
  accepted?: (boolean | null)[];
  questions?: Question[];
  tenths?: (number | null)[];
  guess?: string | null;
  places?: number;
  values?: number[];
  debrief?: DebriefAsked | null;
  debriefed?: number;
  debriefs?: number;
}

/** What the end shows: the person's points and tries, the twin's, the own fifth of the class (-1: too few). */
export interface Final {
  points: number;
  twin_points: number;
  tried: number;
  twin_tried: number;
  rounds: number;
  fifth: number;
  coin_points: number;
}

/** All that a phone shows; it replaces whatever was shown before, unless it is older than the newest `ok`. */
export interface State {
  t: "state";
  seq: number;
  seat: number;
  phase: Phase;
  step: number;
  round: number;
  rounds: number;
  act: number;
  open: boolean;
  left_ms?: number | null;
  held: boolean;
  changed: boolean;
  research: boolean;
  play: string;
  months: number;
  wall?: Wall | null;
  you?: You | null;
  office?: Office | null;
  choice?: number | null;
  last?: Last | null;
  total?: number;
  asked?: Asked | null;
  final?: Final | null;
}

/** What the same luck would have brought in a round, had the person chosen something else. */
export interface SameLuck {
  action: number;
  months: MonthOf[];
  points: number;
}

/** A row of the history: the rule, the choice, what came of it. */
export interface RoundOf {
  round: number;
  act: number;
  action: number;
  deputy: boolean;
  months: MonthOf[];
  points: number;
  twin_action?: number | null;
  twin_points?: number | null;
  same_luck?: SameLuck[];
}

/** All rounds of the person. */
export interface History {
  t: "history";
  rows: RoundOf[];
}

/** A page of this machine wants to be told: the desk, or the wall, which only watches. */
export interface Watch {
  t: "watch";
  token: string;
  view: "desk" | "wall" | "lessons";
}

/** The trainer does something; it counts only if the room still is where the trainer saw it. */
export interface Do {
  id: string;
  do: Deed;
  from_step: number;
  seats?: number | null;
  seat?: number | null;
  seconds?: number | null;
  counts?: number[] | null;
  address?: string | null;
  asked?: string | null;
  places?: number | null;
  lang?: Language;
}

/** A step of the strip at the desk. */
export interface StepOf {
  phase: Phase;
  round: number;
  act: number;
}

/** An address that phones could use, and the name of its network device. */
export interface Address {
  address: string;
  device: string;
}

/** A question of the debrief: its answers, how many chose each (empty if that is not told), how many answered. */
export interface DebriefOf {
  text: Record<string, string>;
  answers: Record<string, string>[];
  counts: number[];
  people: number;
}

/** All that the desk shows; nobody's choice is in it. */
export interface Desk {
  t: "desk";
  seq: number;
  room: string;
  play: string;
  title: Record<string, string>;
  phase: Phase;
  step: number;
  steps: StepOf[];
  round: number;
  rounds: number;
  months: number;
  open: boolean;
  left_ms: number | null;
  held: boolean;
  limit: number;
  seated: number;
  awake: number;
  answered: number;
  late: number;
  deputies: number;
  left: number;
  code: string;
  phones_url: string;
  wall_url: string;
  addresses: Address[];
  address_lost: boolean;
  arrived: number;
  websockets: number;
  posts: number;
  trouble: Trouble | null;
  folder: string;
  notes: Record<string, string>[];
  debrief: DebriefOf[];
  cannot_tell: Record<string, string>[];
  filing_never_pays: boolean;
  groups: number;
  hands: number;
  asked: string | null;
  actions: number[];
  may: Deed[];
}

/** The guesses of something: how many, each of them in no order of seats, the middle one and the middle half. */
export interface DrawnGuesses {
  n: number;
  each: number[][];
  median: number[];
  low50: number[];
  high50: number[];
}

/** What the page of lessons needs: whether phones are asked, how many have answered, what was guessed. */
export interface Lessons {
  t: "lessons";
  seq: number;
  step: number;
  seated: number;
  awake: number;
  answered: number;
  asked?: string | null;
  may: Deed[];
  folder: string;
  guesses: Record<string, DrawnGuesses>;
  code: string;
  phones_url: string;
}

/** What the class tells of a parameter, beside the model's own value; not told: its interval says nothing. */
export interface EstimateOf {
  name: string;
  median: number;
  low: number;
  high: number;
  model: number;
  told: boolean;
}

/** How the class decides, in the model's parameters; a misfit: even so the model misses it in too many rounds. */
export interface Findings {
  people: number;
  decisions: number;
  misfit: boolean;
  outside: number;
  rounds: number;
  estimates: EstimateOf[];
}

/** A line round by round with its half and its nine tenths. */
export interface Band {
  median: number[];
  low50: number[];
  high50: number[];
  low90: number[];
  high90: number[];
}

/** One world on the wall: the class's line; the model's, once it is revealed. */
export interface WallWorld {
  name: string;
  title: Record<string, string> | null;
  shares: (number | null)[];
  people: number[];
  acts: number[];
  stretches: number[];
  gain: (number | null)[] | null;
  gain_of_model: number[] | null;
  fan: Band | null;
  twins: number[] | null;
  shoes: Band | null;
}

/** All that the wall shows: sums only, and only from five people on. */
export interface WallState {
  t: "wall";
  seq: number;
  room: string;
  play: string;
  title: Record<string, string>;
  question: Record<string, string>;
  story: Record<string, string>;
  phase: Phase;
  step: number;
  round: number;
  rounds: number;
  months: number;
  open: boolean;
  left_ms: number | null;
  held: boolean;
  seated: number;
  awake: number;
  answered: number;
  code: string;
  phones_url: string;
  act: number;
  acts: Record<string, Record<string, string>>[];
  rule: Wall | null;
  times_baseline: number;
  has_gain: boolean;
  hands: number;
  shows: "rounds" | "acts" | "nothing";
  worlds: WallWorld[];
  guesses: DrawnGuesses | null;
  reveal: number;
  asked: string | null;
  debrief: DebriefOf[];
  cannot_tell: Record<string, string>[];
  findings_status: FindingsStatus;
  findings: Findings | null;
}

/** What came of a command: done, or not and why. */
export interface Done {
  t: "done";
  id: string;
  done: boolean;
  why?: Refusal | Trouble | null;
  file?: string | null;
}

export type PhoneMessage = Hello | Move | Consent | Choose | Coin | Believe | Guess | DebriefAnswer | Leave | AskHistory | Ping;

export type ToPhone = Seat | Ok | No | Pong | State | History;

export type ToDesk = Desk | WallState | Lessons | Done | No;
