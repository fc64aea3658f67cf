/** By which rules the officials of a chart decide: what every chart says if it is not the default. */

import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { nameOfRule, rulesSaid } from "../levers/rule_said";
import { shownPolicy, useSession } from "../store/context";
import type { Policy } from "../store/types";
import { useSpeech } from "../text/context";

/** The policies that are drawn. */
export interface PoliciesDrawn {
  readonly policy: Policy;
  readonly pinned: Policy | null;
  /** Drawn beside another chart in which officials decide by another rule: then the default is told, too. */
  readonly isBesideAnother?: boolean;
}

const DrawnContext = createContext<PoliciesDrawn | null>(null);

/** Names the policies of charts that draw others than the one shown and the pinned one. */
export const PoliciesDrawnProvider = DrawnContext.Provider;

/** Surrounds charts that draw the policy shown and leave the pinned one out. */
export function WithoutPinned({ children }: { readonly children: ComponentChildren }) {
  const policy = useSession(shownPolicy);
  return <PoliciesDrawnProvider value={{ policy, pinned: null }}>{children}</PoliciesDrawnProvider>;
}

/** Return what a chart says of the rules; null where all officials in it, and beside it, decide by the default. */
export function useRulesSaid(): string | null {
  const speech = useSpeech();
  const shown = useSession(shownPolicy);
  const pinned = useSession((session) => session.state.pinned);
  const drawn: PoliciesDrawn = useContext(DrawnContext) ?? { policy: shown, pinned };
  const said = rulesSaid(drawn.policy, drawn.pinned, speech);
  if (said !== null || !drawn.isBesideAnother) return said;
  return speech.t("rule.badge_default", { rule: nameOfRule(drawn.policy, speech) });
}
