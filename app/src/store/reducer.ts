/** How an action changes the session: one pure function, and the history of the policy. */

import { DEFAULT_POLICY } from "./defaults";
import { isSamePolicy, withValues } from "./policy";
import type { Action, Classwork, PageState, Policy, Session, Standing } from "./types";

export const LONGEST_HISTORY = 200;

export function reduced(session: Session, action: Action): Session {
  switch (action.type) {
    case "set":
      return withPolicy(session, withValues(session.state.policy, action.values), action.gesture ?? null);
    case "choose policy":
      return withPolicy(session, action.policy, null);
    case "reset":
      return withPolicy(session, DEFAULT_POLICY, null);
    case "pin":
      return withStanding(session, { policy: session.state.policy, pinned: session.state.policy }, null);
    case "unpin":
      return withStanding(session, { policy: session.state.policy, pinned: null }, null);
    case "undo":
      return undone(session);
    case "redo":
      return redone(session);
    case "replay":
      return replayed(session, action.progress);
    case "open":
      return { ...withPolicy(session, action.state.policy, null), state: action.state, notices: action.notices, isStarting: false };
    case "swap pinned":
      return swapped(session);
    case "dismiss notices":
      return { ...session, notices: [] };
    case "reading":
      return { ...session, reading: action.reading };
    case "limits":
      return { ...session, isLimitsOpen: action.isOpen };
    case "start":
      return { ...session, isStarting: action.isOpen };
    case "draw":
      return withClasswork(session, action.lesson, (work) => ({ ...work, drawn: action.values }));
    case "guess":
      return withClasswork(session, action.lesson, (work) => ({ ...work, guesses: placed(work.guesses, action.claim, action.guess) }));
    default:
      return { ...session, state: stateAfter(session.state, action) };
  }
}

type StateAction = Exclude<
  Action,
  {
    type:
      | "set"
      | "choose policy"
      | "reset"
      | "pin"
      | "unpin"
      | "undo"
      | "redo"
      | "replay"
      | "open"
      | "swap pinned"
      | "dismiss notices"
      | "reading"
      | "limits"
      | "start"
      | "draw"
      | "guess";
  }
>;

function stateAfter(state: PageState, action: StateAction): PageState {
  switch (action.type) {
    case "go":
      return { ...state, view: action.view, offered: null };
    case "speak":
      return { ...state, language: action.language };
    case "theme":
      return { ...state, theme: action.theme };
    case "seed":
      return { ...state, seed: action.seed };
    case "size":
      return sized(state, action.size);
    case "month":
      return { ...state, month: Math.min(Math.max(0, action.month), state.size.months - 1) };
    case "select":
      return { ...state, selected: action.official };
    case "present":
      return { ...state, presenter: action.presenter, offered: null };
    case "lesson":
      return { ...state, lesson: action.lesson, offered: null };
    case "offer":
      return { ...state, view: "lessons", lesson: null, offered: action.offered };
  }
}

function sized(state: PageState, size: PageState["size"]): PageState {
  const selected = state.selected !== null && state.selected < size.officials ? state.selected : null;
  return { ...state, size, selected, month: Math.min(state.month, size.months - 1) };
}

function withPolicy(session: Session, policy: Policy, gesture: string | null): Session {
  return withStanding(session, { policy, pinned: session.state.pinned }, gesture);
}

function standingOf({ policy, pinned }: PageState): Standing {
  return { policy, pinned };
}

function isSamePinned(a: Policy | null, b: Policy | null): boolean {
  return a === null || b === null ? a === b : isSamePolicy(a, b);
}

/** A gesture that goes on replaces what it set before; anything else is a step of its own that undo takes back. */
function withStanding(session: Session, next: Standing, gesture: string | null): Session {
  const now = standingOf(session.state);
  const goesOn = gesture !== null && gesture === session.gesture;
  if (isSamePolicy(next.policy, now.policy) && isSamePinned(next.pinned, now.pinned)) return { ...session, gesture, replay: null };
  const past = goesOn ? session.past : [...session.past, now].slice(-LONGEST_HISTORY);
  return { ...session, state: { ...session.state, ...next }, past, future: [], gesture, replay: null };
}

function swapped(session: Session): Session {
  const { pinned, policy } = session.state;
  return pinned ? withStanding(session, { policy: pinned, pinned: policy }, null) : session;
}

function undone(session: Session): Session {
  const before = session.past.at(-1);
  if (!before) return session;
  const future = [standingOf(session.state), ...session.future];
  return { ...session, state: { ...session.state, ...before }, past: session.past.slice(0, -1), future, gesture: null, replay: null };
}

function redone(session: Session): Session {
  const [next, ...future] = session.future;
  if (!next) return session;
  const past = [...session.past, standingOf(session.state)];
  return { ...session, state: { ...session.state, ...next }, past, future, gesture: null, replay: null };
}

const NO_CLASSWORK: Classwork = { drawn: [], guesses: [] };

function withClasswork(session: Session, lesson: string, change: (work: Classwork) => Classwork): Session {
  const work = change(session.classwork[lesson] ?? NO_CLASSWORK);
  return { ...session, classwork: { ...session.classwork, [lesson]: work } };
}

/** Return a list with a guess at its place; the same guess again takes it back. */
function placed(guesses: Classwork["guesses"], place: number, guess: string): Classwork["guesses"] {
  const length = Math.max(guesses.length, place + 1);
  return Array.from({ length }, (_, at) => (at !== place ? (guesses[at] ?? null) : guesses[at] === guess ? null : guess));
}

function replayed(session: Session, progress: number | "start" | "end"): Session {
  if (progress === "end") return { ...session, replay: null };
  if (progress === "start") {
    // Pinning changes nothing that could be shown again.
    const from = session.past.findLast(({ policy }) => !isSamePolicy(policy, session.state.policy))?.policy;
    return from ? { ...session, replay: { from, to: session.state.policy, progress: 0 } } : session;
  }
  return session.replay ? { ...session, replay: { ...session.replay, progress } } : session;
}
