/** The levers of a policy, whichever group they stand in. */

import type { ComponentChild } from "preact";
import { scenarioNamed } from "../model/model";
import { useSession } from "../store/context";
import { valueIn } from "../store/policy";
import type { Policy } from "../store/types";
import { Lever } from "./lever";

/** Return what draws the lever of a parameter, beside its value in the scenario and under the pinned policy. */
export function useLevers(policy: Policy): (path: string, isScheduled: boolean) => ComponentChild {
  const pinned = useSession((session) => session.state.pinned);
  const own = scenarioNamed(policy.scenario).parameters;
  return (path, isScheduled) => (
    <Lever
      key={path}
      path={path}
      value={valueIn(policy, path)}
      own={own[path] ?? Number.NaN}
      pinned={pinned ? valueIn(pinned, path) : Number.NaN}
      isScheduled={isScheduled}
    />
  );
}
