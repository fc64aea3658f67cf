/** Where numbers come from, in words: what goes with every picture and every file of numbers that leaves the page. */

import { rulesSaid } from "../levers/rule_said";
import { titleOfPolicy } from "../levers/said";
import { linkOf } from "../link/codec";
import { MODEL_HASH, MODEL_VERSION, scenarioNamed, valueAsSet } from "../model/model";
import { sharedOf, type Address } from "../share/address";
import type { PageState, Policy } from "../store/types";
import type { Speech } from "../text/context";

const HASH_SHOWN = 12;

/** Return a policy as the library knows it: its scenario's name and what is set otherwise. */
function policyAsSet({ scenario, settings }: Policy): string {
  return [scenario, ...Object.entries(settings).map(([path, value]) => `${path}=${valueAsSet(path, value)}`)].join("; ");
}

/** Return one line each: policy, pinned policy, size and seed, model, link. `runs` is null where nobody counts them. */
export function provenanceOf(state: PageState, runs: number | null, address: Address, speech: Speech): string[] {
  const { t } = speech;
  const { size, pinned, policy, seed, lesson, view } = state;
  // What a lesson compares are its own policies, of its own size.
  const isLesson = view === "lessons" && lesson !== null;
  const listed = scenarioNamed(policy.scenario).listed.length;
  const of = (key: string, one: Policy): string =>
    t(key, { title: titleOfPolicy(one, speech), set: policyAsSet(one) });
  const rules = isLesson ? null : rulesSaid(policy, pinned, speech);
  return [
    t("page.title"),
    ...(isLesson ? [t("take.lesson", { id: lesson.id })] : [of("take.policy", policy)]),
    ...(pinned && !isLesson ? [of("take.pinned", pinned)] : []),
    ...(rules === null ? [] : [rules]),
    ...(isLesson
      ? []
      : [
          t("take.size", {
            officials: size.officials,
            jurisdictions: listed || size.jurisdictions,
            months: size.months,
            seed,
          }),
        ]),
    ...(runs === null ? [] : [t("explore.runs", { n: runs })]),
    t("take.model", { version: MODEL_VERSION, hash: MODEL_HASH.slice(0, HASH_SHOWN) }),
    t("take.link", { link: sharedOf(address, linkOf(state)).text }),
    t("page.purpose"),
  ];
}
