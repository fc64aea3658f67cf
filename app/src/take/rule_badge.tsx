/** What stands on everything that shows officials who decide by another rule: a sign and words, not a colour alone. */

import { RULE_SIGN } from "./marks";

export function RuleBadge({ said }: { readonly said: string | null }) {
  if (said === null) return null;
  return (
    <p class="rule-badge">
      <span aria-hidden="true">{RULE_SIGN}</span> {said}
    </p>
  );
}
