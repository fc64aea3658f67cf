/** The options of a month side by side: how likely each was, and the terms that made it so. */

import { ACTIONS } from "../../generated/names";
import type { OfficialExplanation } from "../kernel/types";
import { useSpeech } from "../text/context";
import { signed } from "../text/fixed_numbers";
import { actionSaid } from "./deeds";
import { FigureSign } from "./figures_key";
import { optionsOf, partOf, termsThatCount } from "./reasons";

const LEAST = 0.01;

export function Reasons({ explanation }: { readonly explanation: OfficialExplanation }) {
  const speech = useSpeech();
  const { t, word, numbers, language } = speech;
  const options = optionsOf(explanation);
  const terms = termsThatCount(explanation);
  const open = options.filter(({ isOpen }) => isOpen);
  const most = Math.max(LEAST, ...open.flatMap(({ action }) => terms.map((term) => Math.abs(partOf(explanation, action, term)))));
  const value = (isOpen: boolean, number: number): string => (isOpen ? signed(number, language) : "–");
  return (
    <div class="table-scroll reasons" tabIndex={0} role="region" aria-label={t("people.why")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("people.term")}</th>
            {options.map(({ action, isChosen }) => (
              <th key={action} scope="col" data-chosen={isChosen} title={word("actions", action, "meaning") ?? undefined}>
                <FigureSign action={ACTIONS.indexOf(action)} />
                <span class="reasons-name">{actionSaid(action, speech)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {terms.map((term) => (
            <tr key={term}>
              <th scope="row">{word("terms", term)}</th>
              {options.map(({ action, isOpen, isChosen }) => {
                const number = partOf(explanation, action, term);
                return (
                  <td key={action} data-chosen={isChosen}>
                    <span
                      class="reason"
                      data-sign={Math.sign(isOpen ? number : 0)}
                      style={{ "--share": isOpen ? Math.abs(number) / most : 0 }}
                    >
                      {value(isOpen, number)}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("people.total")}</th>
            {options.map(({ action, isOpen, isChosen, utility }) => (
              <td key={action} data-chosen={isChosen}>
                {value(isOpen, utility)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t("people.chance")}</th>
            {options.map(({ action, isOpen, isChosen, probability }) => (
              <td key={action} data-chosen={isChosen}>
                {isOpen ? numbers.wholePercent(probability) : t("people.closed")}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
