/** How this class decides: a dot with its interval for each parameter, the model's own value beside it. */

import type { EstimateOf, WallState } from "../../generated/room_messages";
import { useWords } from "../play/words";

const [WIDTH, HEIGHT, RIM] = [420, 40, 14];
const DIGITS = 2;

export function FindingsOfClass({ wall }: { readonly wall: WallState }) {
  const { t } = useWords();
  const { findings, findings_status: status } = wall;
  if (!findings) return status === "none" ? null : <p role="status">{t(`room.findings_${status}`)}</p>;
  return (
    <section class="findings">
      <h2>{t("room.findings")}</h2>
      <p class="quiet-text">{t("room.findings_note", { people: findings.people, decisions: findings.decisions })}</p>
      {findings.misfit && (
        <p class="misfit" role="alert">
          {t("room.findings_misfit", { outside: findings.outside, rounds: findings.rounds })}
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{t("room.findings_name")}</th>
            <td aria-hidden="true" />
            <th scope="col">{t("room.findings_class")}</th>
            <th scope="col">{t("room.findings_model")}</th>
          </tr>
        </thead>
        <tbody>
          {findings.estimates.map((one) => (
            <tr key={one.name} data-told={one.told}>
              <th scope="row">{t(`room.name_${one.name}`)}</th>
              <td aria-hidden="true">
                <Interval of={one} />
              </td>
              <td>
                {one.told
                  ? t("room.findings_interval", { median: rounded(one.median), low: rounded(one.low), high: rounded(one.high) })
                  : t("room.findings_untold")}
              </td>
              <td>{rounded(one.model)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rounded(value: number): string {
  const told = value.toFixed(DIGITS);
  return (Number(told) === 0 ? (0).toFixed(DIGITS) : told).replace("-", "−"); // no minus before nothing
}

/** Each row has its own scale: it reaches from the smallest to the largest of what it shows. */
function Interval({ of }: { readonly of: EstimateOf }) {
  const [least, most] = [Math.min(of.low, of.model), Math.max(of.high, of.model)];
  const x = (value: number): number => RIM + ((value - least) / Math.max(most - least, 1e-9)) * (WIDTH - 2 * RIM);
  const middle = HEIGHT / 2;
  return (
    <svg class="interval" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <line class="interval-model" x1={x(of.model)} x2={x(of.model)} y1="2" y2={HEIGHT - 2} />
      {of.told && (
        <>
          <line class="interval-reach" x1={x(of.low)} x2={x(of.high)} y1={middle} y2={middle} />
          <circle class="interval-median" cx={x(of.median)} cy={middle} r="8" />
        </>
      )}
    </svg>
  );
}
