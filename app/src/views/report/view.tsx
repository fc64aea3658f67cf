/** The report: one page to take home, with question, settings, charts, reading, limits, link and lines of Python. */

import { useMemo } from "preact/hooks";
import { FanChart } from "../../charts/fan_chart";
import { topOf } from "../../charts/geometry";
import { MixChart } from "../../charts/mix_chart";
import { marksOf } from "../../charts/policy_marks";
import { WithoutPinned, useRulesSaid } from "../../charts/rules_shown";
import type { Kernel } from "../../kernel/types";
import { changesSaid } from "../../levers/said";
import { shortTitleOfPolicy } from "../../levers/said";
import { MODEL_HASH, MODEL_VERSION, scenarioNamed } from "../../model/model";
import type { Bundle } from "../../runs/bundle";
import { useKernel, useRuns } from "../../runs/context";
import { FewerRuns } from "../../runs/fewer_runs";
import { CopyButton } from "../../share/copy_button";
import { LinkCode, useShared } from "../../share/link_code";
import { useSession } from "../../store/context";
import type { PageState } from "../../store/types";
import { RuleBadge } from "../../take/rule_badge";
import { useSpeech, type Speech } from "../../text/context";
import { said } from "../../text/text";
import { HeadlineTable } from "./headline_table";
import { REPORT_MEASURES, reportNumbers, type ReportNumbers } from "./numbers";
import { pythonLines } from "./python_lines";
import { Reading } from "./reading";
import { SettingsTable } from "./settings_table";
import "./report.css";

export function ReportView() {
  const { t } = useSpeech();
  const kernel = useKernel();
  const policy = useSession((session) => session.state.policy);
  const pinned = useSession((session) => session.state.pinned);
  const runs = useRuns({ policy, pinned, measures: REPORT_MEASURES });
  const isReady = kernel && runs.own && (pinned === null || runs.pinned);
  return (
    <div class="view report">
      {runs.failure && <p role="alert">{t("page.failed", { reason: runs.failure })}</p>}
      {isReady && runs.own ? (
        <Sheet kernel={kernel} own={runs.own} pinned={runs.pinned} target={runs.target} />
      ) : (
        <>
          <h2>{t("views.report")}</h2>
          <p class="waiting" role="status">
            {t("page.starting")}
          </p>
        </>
      )}
    </div>
  );
}

interface SheetProps {
  readonly kernel: Kernel;
  readonly own: Bundle;
  readonly pinned: Bundle | null;
  readonly target: number;
}

function Sheet({ kernel, own, pinned, target }: SheetProps) {
  const speech = useSpeech();
  const { t, language } = speech;
  const state = useSession((session) => session.state);
  const numbers = useMemo(() => reportNumbers(kernel, own, pinned), [kernel, own, pinned]);
  const { text, reach } = useShared();
  const rules = useRulesSaid();
  const lines = pythonLines({ ...state, runs: numbers.n });
  return (
    <>
      <div class="report-tools">
        <p role="status">{numbers.n < target ? t("explore.refining", { n: numbers.n, all: target }) : t("report.ready")}</p>
        <button type="button" class="primary" disabled={numbers.n < target} onClick={() => print()}>
          {t("report.print")}
        </button>
        <FewerRuns target={target} />
        <CopyButton text={text} label={t("share.copy")} />
        <CopyButton text={lines} label={t("report.copy_lines")} />
      </div>
      <article class="sheet" data-runs={numbers.n} aria-labelledby="report-title">
        <header class="sheet-head">
          <div>
            <p class="sheet-over">{t("page.title")}</p>
            <h2 id="report-title">
              {shortTitleOfPolicy(state.policy, speech)}
              {state.pinned && `${language === "en" ? " " : ""}${t("report.against", { title: shortTitleOfPolicy(state.pinned, speech) })}`}
            </h2>
            <RuleBadge said={rules} />
            <p class="sheet-question">{said(scenarioNamed(state.policy.scenario).question, language)}</p>
            <p class="sheet-facts">{factsOf(state, numbers.n, speech)}</p>
          </div>
          <LinkCode />
        </header>
        <section class="sheet-settings">
          <h3>{t("report.settings")}</h3>
          <SettingsTable policy={state.policy} pinned={state.pinned} />
          <Changes state={state} />
        </section>
        <HeadlineTable headlines={numbers.headlines} />
        <Charts numbers={numbers} scenario={state.policy.scenario} />
        <Reading numbers={numbers} pinned={state.pinned} />
        <Limits />
        <footer class="sheet-link">
          <span class="sheet-address">{text}</span> {t(reach === "served" ? "report.link_public" : "report.link_own")}
        </footer>
        <section class="sheet-again">
          <h3>{t("report.again")}</h3>
          <p>{t("report.again_meaning")}</p>
          <pre class="python" tabIndex={0} aria-label={t("report.again")}>
            {lines}
          </pre>
        </section>
      </article>
    </>
  );
}

function factsOf({ size, policy, seed }: PageState, n: number, { t, language }: Speech): string {
  const jurisdictions = scenarioNamed(policy.scenario).listed.length || size.jurisdictions;
  const date = dateSaid(new Date(), { t, language });
  const facts = t("take.size", { officials: size.officials, jurisdictions, months: size.months, seed });
  const model = t("take.model", { version: MODEL_VERSION, hash: MODEL_HASH.slice(0, 12) });
  return [facts, t("explore.runs", { n }), model, date].join(" · ");
}

/** The signs around a date stand in the page's texts, so that the page's own face has them. */
function dateSaid(date: Date, { t, language }: Pick<Speech, "t" | "language">): string {
  const parts = new Intl.DateTimeFormat(language, { dateStyle: "long" }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? "";
  return t("report.date", { day: part("day"), month: part("month"), year: part("year") });
}

function Changes({ state }: { readonly state: PageState }) {
  const speech = useSpeech();
  const names = [...new Set([state.policy.scenario, ...(state.pinned ? [state.pinned.scenario] : [])])];
  const changes = names.flatMap((name) => {
    const scenario = scenarioNamed(name);
    return changesSaid(scenario, speech).map((change) =>
      names.length > 1 ? speech.t("report.of_policy", { title: said(scenario.title, speech.language), change }) : change,
    );
  });
  if (changes.length === 0) return null;
  return (
    <ul class="sheet-list">
      {changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  );
}

function Charts({ numbers, scenario }: { readonly numbers: ReportNumbers; readonly scenario: string }) {
  const { t } = useSpeech();
  const marks = useMemo(() => marksOf(scenario), [scenario]);
  const { fans, pinnedFans, mix } = numbers;
  const shown = [fans, ...(pinnedFans ? [pinnedFans] : [])];
  const top = topOf(...shown.flatMap(({ innovation_rate, lazy_prevalence }) => [innovation_rate.high90, lazy_prevalence.high90]));
  const fan = (measure: "innovation_rate" | "lazy_prevalence", title: string, colour: string) => (
    <FanChart {...{ measure, title, colour, marks, top }} fan={fans[measure]} pinned={pinnedFans?.[measure] ?? null} />
  );
  return (
    <div class="sheet-charts">
      {fan("innovation_rate", t("explore.innovation_title"), "var(--line-innovation)")}
      {fan("lazy_prevalence", t("explore.lazy_title"), "var(--line-lazy)")}
      <WithoutPinned>
        <MixChart mix={mix} marks={marks} />
      </WithoutPinned>
    </div>
  );
}

const ASSUMED = ["assumed_numbers", "china_note"] as const;
const NOT_FOR = ["not_forecast", "not_people", "not_proof", "not_weights"] as const;

function Limits() {
  const { t, language } = useSpeech();
  const what = NOT_FOR.map((limit) => t(`limits.${limit}`)).join(language === "en" ? " " : "");
  return (
    <section>
      <h3>{t("report.limits")}</h3>
      <ul class="sheet-list">
        {ASSUMED.map((limit) => (
          <li key={limit}>{t(`limits.${limit}`)}</li>
        ))}
        <li>{t("report.not_for", { heading: t("limits.not_heading"), what })}</li>
      </ul>
    </section>
  );
}
