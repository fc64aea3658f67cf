/** Why an official chose what it chose: its options, and the terms in which two of them differ most. */

import { ACTIONS, TERMS, type ActionName, type TermName } from "../../generated/names";
import type { OfficialExplanation } from "../kernel/types";

/** A term of an option's worth, and the sign with which its number counts. */
interface UtilityTerm {
  readonly name: TermName;
  readonly sign: 1 | -1;
}

/** The terms that add to an option's worth; the others, positive numbers too, are costs and fears taken off it. */
const GAINS: ReadonlySet<TermName> = new Set<TermName>(["reward", "private_gain", "conformity"]);

/** The terms in the order of the model. Nothing else on the page names one: where terms come with their sign, it is 1. */
const UTILITY_TERMS: readonly UtilityTerm[] = TERMS.map((name) => ({ name, sign: GAINS.has(name) ? 1 : -1 }));

const TERM_NAMES = UTILITY_TERMS.map(({ name }) => name);
const SIGNS: ReadonlyMap<TermName, number> = new Map(UTILITY_TERMS.map(({ name, sign }) => [name, sign]));

/** Return what a term adds to the worth of an option; the terms of an option add up to its worth. */
export function partOf(explanation: OfficialExplanation, action: ActionName, term: TermName): number {
  const value = explanation.menu[action][term];
  return value === 0 ? value : value * (SIGNS.get(term) ?? 1);
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
    isOpen: explanation.probabilities[action] > 0,
    isChosen: explanation.action === action,
    utility: explanation.utilities[action],
    probability: explanation.probabilities[action],
  }));
}

/** Return the terms that are not 0 for any open option, in the order of the model. */
export function termsThatCount(explanation: OfficialExplanation): TermName[] {
  const open = optionsOf(explanation).filter(({ isOpen }) => isOpen);
  return TERM_NAMES.filter((term) => open.some(({ action }) => explanation.menu[action][term] !== 0));
}

export interface Contrast {
  /** The open option that was the most attractive of those not chosen. */
  readonly other: ActionName;
  /** What spoke most for the choice against the other, and what most for the other; null if nothing did. */
  readonly pro: TermName | null;
  readonly con: TermName | null;
  /** Whether the choice was less attractive than the other: chance decided. */
  readonly isAgainstTheOdds: boolean;
}

/** Return how the choice compares with the best alternative; null if there was none. */
export function contrastOf(explanation: OfficialExplanation): Contrast | null {
  const others = optionsOf(explanation).filter(({ isOpen, isChosen }) => isOpen && !isChosen);
  const [first, ...rest] = others;
  if (!first) return null;
  const best = rest.reduce((a, b) => (b.utility > a.utility ? b : a), first);
  const lead = (term: TermName): number =>
    partOf(explanation, explanation.action, term) - partOf(explanation, best.action, term);
  const byLead = [...TERM_NAMES].sort((a, b) => lead(b) - lead(a));
  const [pro, con] = [byLead[0], byLead.at(-1)];
  return {
    other: best.action,
    pro: pro && lead(pro) > 0 ? pro : null,
    con: con && lead(con) < 0 ? con : null,
    isAgainstTheOdds: best.utility > explanation.utilities[explanation.action],
  };
}
