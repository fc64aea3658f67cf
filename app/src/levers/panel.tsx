/** The panel of levers: where to start from, what to undo, and the levers in their groups. */

import { RULE, scenarioNamed, scenarioNames } from "../model/model";
import { shownPolicy, useDispatch, useSession } from "../store/context";
import { isSamePolicy } from "../store/policy";
import type { Policy } from "../store/types";
import { useSpeech } from "../text/context";
import { said } from "../text/text";
import { Changed } from "./changed";
import { leverGroups, type Group } from "./groups";
import { useLevers } from "./levers_of";
import { useReplay } from "./replay";
import { RuleGroup, ruleLevers } from "./rule_group";
import { settingSaid } from "./rule_said";
import { changesSaid, unseenSaid } from "./said";
import "./levers.css";

export function LeverPanel() {
  const { t } = useSpeech();
  const policy = useSession(shownPolicy);
  const scenario = scenarioNamed(policy.scenario);
  const scheduled = new Set(scenario.changes.flatMap((change) => Object.keys(change.settings)));
  return (
    <section class="levers" aria-label={t("levers.heading")}>
      <h2 class="hidden">{t("levers.heading")}</h2>
      <Start policy={policy} />
      <History />
      <Pinned policy={policy} />
      <OtherSettings policy={policy} />
      {leverGroups().map((group) => (
        <GroupOf key={group.table} group={group} policy={policy} scheduled={scheduled} />
      ))}
      <RuleGroup policy={policy} />
    </section>
  );
}

function Start({ policy }: { readonly policy: Policy }) {
  const speech = useSpeech();
  const { t, language } = speech;
  const dispatch = useDispatch();
  const scenario = scenarioNamed(policy.scenario);
  const changes = [...unseenSaid(scenario, speech), ...changesSaid(scenario, speech)];
  return (
    <div class="start">
      <label for="start-from">{t("levers.start_from")}</label>
      <select
        id="start-from"
        value={policy.scenario}
        onChange={(event) =>
          dispatch({ type: "choose policy", policy: { scenario: event.currentTarget.value, settings: {} } })
        }
      >
        {scenarioNames().map((name) => (
          <option key={name} value={name}>
            {said(scenarioNamed(name).title, language)}
          </option>
        ))}
      </select>
      <p class="question">{said(scenario.question, language)}</p>
      {changes.length > 0 && (
        <div class="changes">
          <strong>{t("levers.what_it_sets")}</strong>
          <ul>
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function History() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const canUndo = useSession((session) => session.past.length > 0);
  const canRedo = useSession((session) => session.future.length > 0);
  const replay = useReplay();
  const tool = (name: string, isOn: boolean, onClick: () => void, isPressed = false) => (
    <button
      type="button"
      class="small"
      title={t(`levers.${name}_meaning`)}
      disabled={!isOn}
      data-pressed={isPressed}
      onClick={onClick}
    >
      {t(`levers.${name}`)}
    </button>
  );
  return (
    <div class="history" role="group" aria-label={t("levers.history")}>
      {tool("undo", canUndo, () => dispatch({ type: "undo" }))}
      {tool("redo", canRedo, () => dispatch({ type: "redo" }))}
      {tool("reset", true, () => dispatch({ type: "reset" }))}
      {tool("replay", canUndo, replay.start, replay.isPlaying)}
      <span class="hidden" role="status">
        {replay.isPlaying ? t("levers.replaying") : ""}
      </span>
    </div>
  );
}

function Pinned({ policy }: { readonly policy: Policy }) {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const pinned = useSession((session) => session.state.pinned);
  if (!pinned) {
    return (
      <button type="button" class="wide" onClick={() => dispatch({ type: "pin" })}>
        {t("levers.pin")}
      </button>
    );
  }
  return (
    <div class="pinned">
      <p>{t("levers.pinned", { title: said(scenarioNamed(pinned.scenario).title, language) })}</p>
      <Changed policy={pinned} heading="levers.changed" />
      <div class="buttons">
        <button type="button" class="small" onClick={() => dispatch({ type: "unpin" })}>
          {t("levers.unpin")}
        </button>
        <button
          type="button"
          class="small"
          title={t("levers.swap_meaning")}
          disabled={isSamePolicy(pinned, policy)}
          onClick={() => dispatch({ type: "swap pinned" })}
        >
          {t("levers.swap")}
        </button>
      </div>
    </div>
  );
}

/** What a link may have set that no lever shows. */
function OtherSettings({ policy }: { readonly policy: Policy }) {
  const speech = useSpeech();
  const { t, word } = speech;
  const dispatch = useDispatch();
  const levers = new Set([RULE, ...ruleLevers(policy), ...leverGroups().flatMap(({ front, more }) => [...front, ...more])]);
  const others = Object.entries(policy.settings).filter(([path]) => !levers.has(path));
  if (others.length === 0) return null;
  const own = scenarioNamed(policy.scenario).parameters;
  return (
    <section class="group" aria-labelledby="other-settings">
      <h3 id="other-settings">{t("levers.other_settings")}</h3>
      {others.map(([path, value]) => (
        <div key={path} class="other-setting">
          <span>{t("levers.setting", { label: word("parameters", path, "label") ?? path, value: settingSaid(path, value, speech) })}</span>
          <button
            type="button"
            class="small"
            onClick={() => dispatch({ type: "set", values: { [path]: own[path] ?? Number.NaN } })}
          >
            {t("levers.own_value", { value: settingSaid(path, own[path] ?? Number.NaN, speech) })}
          </button>
        </div>
      ))}
    </section>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly policy: Policy;
  readonly scheduled: ReadonlySet<string>;
}

function GroupOf({ group, policy, scheduled }: GroupProps) {
  const { t, word } = useSpeech();
  const leverOf = useLevers(policy);
  const lever = (path: string) => leverOf(path, scheduled.has(path));
  const hasHidden = group.more.some((path) => path in policy.settings);
  return (
    <section class="group" aria-labelledby={`group-${group.table}`}>
      <h3 id={`group-${group.table}`}>{word("tables", group.table)}</h3>
      {group.front.map(lever)}
      {group.more.length > 0 && (
        <details open={hasHidden}>
          <summary>{t("levers.more", { n: group.more.length })}</summary>
          {group.more.map(lever)}
        </details>
      )}
    </section>
  );
}
