/** The reading: what the charts show, in sentences made from the numbers. */

import type { ComponentChildren } from "preact";
import { shortTitleOfPolicy } from "../../levers/said";
import { ACTIONS, unitOfMeasure } from "../../model/model";
import { atYearEnd, type Headline, type Mix } from "../../runs/readings";
import type { Policy } from "../../store/types";
import { useSpeech, type Speech } from "../../text/context";
import { mannerOf } from "../../text/numbers";
import { courseOf, isClear, trendOf, type FanName, type ReportNumbers } from "./numbers";
import { Figure, told } from "./told";

interface Props {
  readonly numbers: ReportNumbers;
  readonly pinned: Policy | null;
}

export function Reading({ numbers, pinned }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <section>
      <h3>{t("report.reading")}</h3>
      <ul class="sheet-list">
        <li>{courseSaid("innovation_rate", numbers, speech)}</li>
        <li>{courseSaid("lazy_prevalence", numbers, speech)}</li>
        <li>{mixSaid(numbers.mix, speech)}</li>
        <li>{beliefSaid(numbers, speech)}</li>
        {pinned && differencesSaid(numbers.headlines, pinned, speech).map((sentence) => <li key={sentence}>{sentence}</li>)}
        <li>{t("report.chance", { n: numbers.n })}</li>
      </ul>
    </section>
  );
}

function share(name: string, value: number, { numbers }: Speech): ComponentChildren {
  return (
    <Figure name={name} value={value}>
      {numbers.percent(value)}
    </Figure>
  );
}

function courseSaid(measure: FanName, { fans }: ReportNumbers, speech: Speech): ComponentChildren {
  const course = courseOf(fans[measure]);
  const part = (field: keyof typeof course, name: string): ComponentChildren =>
    share(`${measure} ${name}`, course[field], speech);
  const parts = {
    start: part("start", "start"),
    end: part("end", "end"),
    low: part("low", "course low"),
    high: part("high", "course high"),
  };
  const label = speech.word("measures", measure, "label") ?? measure;
  return told(speech.t(`report.${trendOf(course)}`), { ...parts, measure: label });
}

function mixSaid(mix: Mix, speech: Speech): ComponentChildren {
  const { t, word } = speech;
  const pieces = ACTIONS.map((action, number) => {
    const value = atYearEnd(mix[action as keyof Mix], -1);
    const said = told(t("explore.mix_part"), {
      action: word("actions", action, "label") ?? action,
      share: share(`${action} at the end`, value, speech),
    });
    return (
      <span key={action}>
        {number > 0 && t("levers.between")}
        {said}
      </span>
    );
  });
  return told(t("explore.mix_summary"), { parts: pieces });
}

function beliefSaid({ fans }: ReportNumbers, speech: Speech): ComponentChildren {
  const [believed, actual] = [courseOf(fans.perceived_exemption).end, courseOf(fans.actual_exemption).end];
  const gap = actual - believed;
  return told(speech.t("explore.exemption_summary"), {
    believed: share("perceived_exemption end", believed, speech),
    actual: share("actual_exemption end", actual, speech),
    gap: `${speech.numbers.points(gap)} ${speech.t("explore.points")}`,
  });
}

/** Return a sentence on what differs clearly from the pinned policy, and one on what does not. */
function differencesSaid(headlines: readonly Headline[], pinned: Policy, speech: Speech): string[] {
  const { t, word, numbers, language } = speech;
  const name = ({ measure }: Headline): string => word("measures", measure, "label") ?? measure;
  const clear = headlines.filter(isClear).map((headline) => {
    const manner = mannerOf(headline.measure, unitOfMeasure(headline.measure), numbers, language, t("explore.points"));
    return t("report.changed", { measure: name(headline), difference: manner.difference(headline.effect?.difference ?? Number.NaN) });
  });
  const open = headlines.filter((headline) => !isClear(headline)).map(name);
  const title = shortTitleOfPolicy(pinned, speech);
  return [
    ...(clear.length > 0 ? [t("report.clear", { title, what: clear.join(t("report.and")) })] : []),
    ...(open.length > 0 ? [t("report.open", { title, what: open.join(t("report.and")) })] : []),
  ];
}
