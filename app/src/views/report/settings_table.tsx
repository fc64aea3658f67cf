/** The settings in which the policies differ from the baseline or from each other. */

import { settingSaid } from "../../levers/rule_said";
import { aboutParameter } from "../../model/model";
import { DEFAULT_POLICY } from "../../store/defaults";
import { differingPaths, valueIn } from "../../store/policy";
import type { Policy } from "../../store/types";
import { useSpeech } from "../../text/context";
import { sourceSaid } from "./source";

interface Props {
  readonly policy: Policy;
  readonly pinned: Policy | null;
}

export function SettingsTable({ policy, pinned }: Props) {
  const speech = useSpeech();
  const { t, word } = speech;
  const paths = [...new Set([policy, ...(pinned ? [pinned] : [])].flatMap((one) => differingPaths(DEFAULT_POLICY, one)))];
  if (paths.length === 0) return <p>{t("report.no_settings")}</p>;
  const value = (one: Policy, path: string): string => settingSaid(path, valueIn(one, path), speech);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t("report.settings")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("report.setting")}</th>
            <th scope="col">{t("report.baseline")}</th>
            {pinned && <th scope="col">{t("report.pinned")}</th>}
            <th scope="col">{t("report.policy")}</th>
            <th scope="col">{t("levers.unit")}</th>
            <th scope="col">{t("report.source")}</th>
          </tr>
        </thead>
        <tbody>
          {paths.map((path) => (
            <tr key={path}>
              <th scope="row">{word("parameters", path, "label") ?? path}</th>
              <td>{value(DEFAULT_POLICY, path)}</td>
              {pinned && <td>{value(pinned, path)}</td>}
              <td class="strong">{value(policy, path)}</td>
              <td class="words">{word("units", aboutParameter(path).unit) ?? aboutParameter(path).unit}</td>
              <td class="words">{sourceSaid(aboutParameter(path).source, speech)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
