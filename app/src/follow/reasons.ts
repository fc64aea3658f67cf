/** Why an official chose what it chose: its options, and the terms in which two of them differ most. */

import { ACTIONS, TERMS, type ActionName, type TermName } from "../../generated/names";
import type { OfficialExplanation } from "../kernel/types";

/**
 * Return what a term adds to the worth of an option, costs and fears below 0; the terms of an option add up to its
 * worth. Nothing on the page names a term: they stand as the model lists them.
 */
export function partOf(explanation: OfficialExplanation, action: ActionName, term: TermName): number {
  return explanation.menu[action][term] + 0; // -0 is nothing too
}

/** The compiled rules leave what is closed a chance of 2**-1000. */
const CLOSED = 2 ** -500;

function isPossible({ probabilities }: OfficialExplanation, action: ActionName): boolean {
  return probabilities[action] > CLOSED;
}

/** Whether an action is put off by a decision rule, such as a threshold: plain innovation is open, and has no chance at all. */
function isPutOff({ probabilities, outlook }: OfficialExplanation, action: ActionName): boolean {
  const isInnovating = action !== "inaction" && action !== "routine";
  return isInnovating && probabilities.innovation === 0 && !(action === "filed_innovation" && outlook.may_file === 0);
}

export interface Option {
  readonly action: ActionName;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly utility: number;
  readonly probability: number;
}

/** Return the options of a month, in the order of the model. */
export function optionsOf(explanation: OfficialExplanation): Option[] {
  return ACTIONS.map((action) => ({
    action,
    isOpen: isPossible(explanation, action) || isPutOff(explanation, action),
    isChosen: explanation.action === action,
    utility: explanation.utilities[action],
    probability: explanation.probabilities[action],
  }));
}

/** Return the terms that are not 0 for any open option, in the order of the model. */
export function termsThatCount(explanation: OfficialExplanation): TermName[] {
  const open = optionsOf(explanation).filter(({ isOpen }) => isOpen);
  return TERMS.filter((term) => open.some(({ action }) => explanation.menu[action][term] !== 0));
}

export interface Contrast {
  /** The possible option that was the most attractive of those not chosen. */
  readonly other: ActionName;
  /** What spoke most for the choice against the other, and what most for the other; null if nothing did. */
  readonly pro: TermName | null;
  readonly con: TermName | null;
  /** Whether the choice was less attractive than the other: chance decided. */
  readonly isAgainstTheOdds: boolean;
}

/** Return how the choice compares with the best alternative; null if there was none. */
export function contrastOf(explanation: OfficialExplanation): Contrast | null {
  const others = optionsOf(explanation).filter(({ action, isChosen }) => isPossible(explanation, action) && !isChosen);
  const [first, ...rest] = others;
  if (!first) return null;
  const best = rest.reduce((a, b) => (b.utility > a.utility ? b : a), first);
  const lead = (term: TermName): number =>
    partOf(explanation, explanation.action, term) - partOf(explanation, best.action, term);
  const byLead = [...TERMS].sort((a, b) => lead(b) - lead(a));
  const [pro, con] = [byLead[0], byLead.at(-1)];
  return {
    other: best.action,
    pro: pro && lead(pro) > 0 ? pro : null,
    con: con && lead(con) < 0 ? con : null,
    isAgainstTheOdds: best.utility > explanation.utilities[explanation.action],
  };
}
