/** Explore: move a lever, see at once what officials do, with the chance that is in it. */

import { useMemo } from "preact/hooks";
import { FanChart } from "../../charts/fan_chart";
import { topOf } from "../../charts/geometry";
import { MixChart } from "../../charts/mix_chart";
import { marksOf } from "../../charts/policy_marks";
import { WithoutPinned } from "../../charts/rules_shown";
import type { Kernel, MeasureName } from "../../kernel/types";
import { memo } from "../../memo";
import type { Bundle } from "../../runs/bundle";
import { useKernel, useRuns, type Runs } from "../../runs/context";
import { EXPLORE_MEASURES, fanOf, fanOfYearMeans, headlinesOf, mixOf, type Fan } from "../../runs/readings";
import { shownPolicy, useSession } from "../../store/context";
import { useSpeech } from "../../text/context";
import { ExemptionChart } from "./exemption_chart";
import { Headlines } from "./headlines";
import { RunLine } from "./run_line";
import "./explore.css";

export function ExploreView() {
  const { t } = useSpeech();
  const kernel = useKernel();
  const policy = useSession(shownPolicy);
  const pinned = useSession((session) => session.state.pinned);
  const runs = useRuns({ policy, pinned, measures: EXPLORE_MEASURES });
  return (
    <div class="view explore" data-runs={runsBehind(runs, pinned !== null)} data-shown={runs.own?.key}>
      <h2 class="hidden">{t("views.explore")}</h2>
      {runs.failure !== null && <p role="alert">{t("page.failed", { reason: runs.failure })}</p>}
      {kernel && runs.own ? (
        <Charts kernel={kernel} own={runs.own} pinned={runs.pinned} scenario={policy.scenario} target={runs.target} />
      ) : (
        <p class="waiting" role="status">
          {t("page.starting")}
        </p>
      )}
    </div>
  );
}

/** Return how many runs stand behind all that is shown. */
function runsBehind({ own, pinned }: Runs, isPinned: boolean): number {
  return isPinned ? Math.min(own?.n ?? 0, pinned?.n ?? 0) : (own?.n ?? 0);
}

interface Props {
  readonly kernel: Kernel;
  readonly own: Bundle;
  readonly pinned: Bundle | null;
  readonly scenario: string;
  readonly target: number;
}

const Charts = memo(function AllCharts({ kernel, own, pinned, scenario, target }: Props) {
  const { t } = useSpeech();
  const marks = useMemo(() => marksOf(scenario), [scenario]);
  const fans = useMemo(() => {
    const fan = (measure: MeasureName): Fan => fanOf(kernel, own.series(measure));
    return {
      innovation: fan("innovation_rate"),
      lazy: fan("lazy_prevalence"),
      perceived: fanOfYearMeans(kernel, own.series("perceived_exemption")),
      actual: fanOfYearMeans(kernel, own.series("actual_exemption")),
      mix: mixOf(own.series),
    };
  }, [kernel, own]);
  const pinnedFans = useMemo(
    () =>
      pinned && {
        innovation: fanOf(kernel, pinned.series("innovation_rate")),
        lazy: fanOf(kernel, pinned.series("lazy_prevalence")),
      },
    [kernel, pinned],
  );
  const top = topOf(
    ...[fans, pinnedFans].flatMap((shown) => (shown ? [shown.innovation.high90, shown.lazy.high90] : [])),
  );
  const headlines = useMemo(() => headlinesOf(kernel, own.series, pinned?.series ?? null), [kernel, own, pinned]);
  return (
    <>
      <Headlines headlines={headlines} />
      <div class="explore-charts">
        <FanChart
          measure="innovation_rate"
          title={t("explore.innovation_title")}
          colour="var(--line-innovation)"
          fan={fans.innovation}
          pinned={pinnedFans?.innovation ?? null}
          marks={marks}
          top={top}
        />
        <FanChart
          measure="lazy_prevalence"
          title={t("explore.lazy_title")}
          colour="var(--line-lazy)"
          fan={fans.lazy}
          pinned={pinnedFans?.lazy ?? null}
          marks={marks}
          top={top}
        />
        <WithoutPinned>
          <MixChart mix={fans.mix} marks={marks} />
          <ExemptionChart perceived={fans.perceived} actual={fans.actual} marks={marks} />
        </WithoutPinned>
      </div>
      <RunLine n={Math.min(own.n, pinned?.n ?? own.n)} target={target} />
    </>
  );
});
