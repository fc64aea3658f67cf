/** The assumptions: by which rule officials decide, how far it takes the place of the default, and its own numbers. */

import { useState } from "preact/hooks";
import { numbersOfRule, RULE, RULE_WEIGHT, wordsOf } from "../model/model";
import { useDispatch } from "../store/context";
import { ruleIn, valueIn, valuesForRule } from "../store/policy";
import type { Policy } from "../store/types";
import { useSpeech } from "../text/context";
import { About } from "./about";
import { useLevers } from "./levers_of";
import { settingSaid } from "./rule_said";

/** Return the levers that the group shows under a policy: those of its rule; none under the default. */
export function ruleLevers(policy: Policy): readonly string[] {
  const isDefault = valueIn(policy, RULE) === 0;
  return isDefault ? [] : [RULE_WEIGHT, ...numbersOfRule(ruleIn(policy))];
}

export function RuleGroup({ policy }: { readonly policy: Policy }) {
  const speech = useSpeech();
  const { t, word } = speech;
  const dispatch = useDispatch();
  const [isOpen, setOpen] = useState(false);
  const leverOf = useLevers(policy);
  const lever = (path: string) => leverOf(path, false);
  const [weight, ...numbers] = ruleLevers(policy);
  return (
    <section class="group" aria-labelledby="group-decision">
      <h3 id="group-decision">{t("rule.assumptions")}</h3>
      <div class="lever" data-lever={RULE}>
        <div class="lever-head">
          <label for="decision-rule">{t("rule.choose")}</label>
          <button
            type="button"
            class="quiet icon"
            aria-expanded={isOpen}
            aria-controls="decision-rule-about"
            aria-label={t("levers.about", { label: t("rule.choose") })}
            onClick={() => setOpen(!isOpen)}
          >
            ?
          </button>
        </div>
        <select
          id="decision-rule"
          value={ruleIn(policy)}
          onChange={(event) => dispatch({ type: "set", values: valuesForRule(policy, event.currentTarget.value) })}
        >
          {wordsOf(RULE).map((rule, value) => (
            <option key={rule} value={rule}>
              {settingSaid(RULE, value, speech)}
            </option>
          ))}
        </select>
        <p class="rule-meaning">{word("meanings", RULE, ruleIn(policy))}</p>
        <div id="decision-rule-about" class="lever-about" hidden={!isOpen}>
          {isOpen && (
            <>
              <About path={RULE} />
              <p class="rule-elsewhere">{t("rule.networks_elsewhere")}</p>
            </>
          )}
        </div>
      </div>
      {weight !== undefined && lever(weight)}
      {numbers.length > 0 && (
        <details open={numbers.some((path) => path in policy.settings)}>
          <summary>{t("rule.own_numbers", { n: numbers.length })}</summary>
          {numbers.map(lever)}
        </details>
      )}
    </section>
  );
}
