/** The rule in force in words and pictograms: its numbers are the policy's own, as the server rounds them. */

import type { Wall } from "../../generated/room_messages";
import { useWords, type Words } from "./words";
import "./rule.css";

const SIDE = 10;
const [BAR, BAR_HEIGHT] = [7, 14];

/** Return the sentences of a rule, the most telling first. */
export function sentencesOf(rule: Wall, { t, signed }: Words): string[] {
  return [
    t("rule.pursued", { n: rule.pursued_in_100 }),
    t("rule.exempt", { n: rule.exempt_tenths, filed: rule.exempt_filed_tenths }),
    t("rule.known", { sanctions: rule.publicity_tenths, exemptions: rule.disclosure_tenths }),
    rule.called_in_1000 === 0
      ? t("rule.not_called")
      : t("rule.called", { n: rule.called_in_1000, points: signed(-rule.called_loss), months: rule.called_bar }),
    t("rule.review", { points: signed(-rule.review), filing: signed(-rule.filing) }),
  ];
}

interface RuleProps {
  readonly rule: Wall;
  /** Without what a case costs: where there is little room, and the phones tell it. */
  readonly isShort?: boolean;
}

export function RuleText({ rule, isShort = false }: RuleProps) {
  const words = useWords();
  const { t } = words;
  const [first = "", ...more] = sentencesOf(rule, words);
  const others = isShort ? more.slice(0, -1) : more;
  return (
    <div class="rule">
      <div class="rule-pursued">
        <Hundred n={rule.pursued_in_100} />
        <p>
          <strong>{first}</strong>
          {rule.times_baseline > 1 && <span class="rule-note">{t("rule.times", { n: rule.times_baseline })}</span>}
        </p>
      </div>
      <ul>
        {others.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {!isShort && (
          <li>
            {t("rule.ladder")}
            <Ladder rule={rule} />
          </li>
        )}
      </ul>
    </div>
  );
}

/** A hundred failures as squares; those that are pursued are filled and crossed, so that colour is not all. */
export function Hundred({ n }: { readonly n: number }) {
  const { t } = useWords();
  const whole = Math.round(n);
  return (
    <svg class="hundred" role="img" aria-label={t("rule.pursued_picture", { n })} viewBox="0 0 100 100">
      {Array.from({ length: SIDE * SIDE }, (_, place) => {
        const [x, y] = [(place % SIDE) * SIDE, Math.floor(place / SIDE) * SIDE];
        const isPursued = place < whole;
        return (
          <g key={place} class={isPursued ? "is-pursued" : ""}>
            <rect x={x + 1} y={y + 1} width="8" height="8" rx="1.5" />
            {isPursued && <path d={`M${x + 3} ${y + 3}l4 4m0 -4l-4 4`} />}
          </g>
        );
      })}
    </svg>
  );
}

/** So many of twenty sanctions, as bars to be counted. */
function Rungs({ n }: { readonly n: number }) {
  const wide = n * BAR;
  return (
    <svg class="rungs" viewBox={`0 0 ${wide} ${BAR_HEIGHT}`} style={{ width: `${wide / BAR_HEIGHT}em` }} aria-hidden="true">
      {Array.from({ length: n }, (_, place) => (
        <rect key={place} x={place * BAR} width={BAR - 2} height={BAR_HEIGHT} rx="1" />
      ))}
    </svg>
  );
}

function Ladder({ rule }: { readonly rule: Wall }) {
  const { t, signed } = useWords();
  const rows = rule.ladder.map((n, rung) => ({ n, rung })).filter(({ n }) => n > 0);
  return (
    <ul class="ladder">
      {rows.map(({ n, rung }) => (
        <li key={rung}>
          {t("rule.rung", { n, name: t(`rule.rung_${rung}`), points: signed(-(rule.losses[rung] ?? 0)) })}
          {(rule.bars[rung] ?? 0) > 0 && t("rule.bar", { n: rule.bars[rung] ?? 0 })}
          <Rungs n={n} />
        </li>
      ))}
    </ul>
  );
}
