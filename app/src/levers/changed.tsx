/** What a policy sets otherwise than its scenario, setting by setting: a click, a touch or a key away from where it is counted. */

import type { Policy } from "../store/types";
import { useSpeech } from "../text/context";
import { settingsChangedSaid } from "./said";

/** So many are told without being asked for. */
const TOLD_AT_ONCE = 3;

interface Props {
  readonly policy: Policy;
  /** What stands above the list; {n} is the number of settings. */
  readonly heading: "levers.changed" | "compare.changed_before" | "compare.changed_now";
}

export function Changed({ policy, heading }: Props) {
  const speech = useSpeech();
  const settings = settingsChangedSaid(policy, speech);
  if (settings.length === 0) return null;
  return (
    <details class="changed-settings" data-paper="open" open={settings.length <= TOLD_AT_ONCE}>
      <summary>{speech.t(heading, { n: settings.length })}</summary>
      <ul>
        {settings.map((setting) => (
          <li key={setting}>{setting}</li>
        ))}
      </ul>
    </details>
  );
}
