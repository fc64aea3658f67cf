/** The drawing's numbers, quarter by quarter. */

import type { Band, WallState, WallWorld } from "../../generated/room_messages";
import { useWords } from "../play/words";
import { isThere, letterOf, medianOf } from "./readings";
import { percent } from "./sentence";

const NOTHING = "–";

function told(share: number | null | undefined): string {
  return isThere(share) ? percent(share) : NOTHING;
}

function rangeOf(band: Band | null, place: number): string {
  const [low, high] = [band?.low90[place], band?.high90[place]];
  return isThere(low) && isThere(high) ? `${percent(low)} – ${percent(high)}` : NOTHING;
}

export function NumbersTable({ wall, world }: { readonly wall: WallState; readonly world: WallWorld }) {
  const { t } = useWords();
  const columns: readonly [boolean, string, (place: number) => string][] = [
    [medianOf(wall).length > 0, "room.table_guess", (place) => told(medianOf(wall)[place])],
    [wall.reveal !== 1, "room.table_class", (place) => told(world.shares[place])],
    [world.fan !== null, "room.table_fan", (place) => told(world.fan?.median[place])],
    [world.fan !== null, "room.table_fan_range", (place) => rangeOf(world.fan, place)],
    [world.twins !== null, "room.table_twins", (place) => told(world.twins?.[place])],
    [world.shoes !== null, "room.table_shoes_range", (place) => rangeOf(world.shoes, place)],
  ];
  const shown = columns.filter(([isShown]) => isShown);
  const rows = Array.from({ length: Math.max(world.shares.length, medianOf(wall).length) }, (_, place) => place);
  return (
    <div class="wall-table-frame" role="region" tabIndex={0} aria-label={t("room.table")}>
      <table class="wall-table">
        <thead>
          <tr>
            <th scope="col">{t("room.axis_quarter")}</th>
            {shown.map(([, key]) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((place) => (
            <tr key={place}>
              <th scope="row">
                {place + 1} <small>{world.acts[place] !== undefined && letterOf(world.acts[place] ?? 0)}</small>
              </th>
              {shown.map(([, key, cell]) => (
                <td key={key}>{cell(place)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
