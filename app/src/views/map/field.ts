/** The map's runs: worked out in the background, whenever anything but the map's own two levers is another. */

import { useEffect, useRef, useState } from "preact/hooks";
import { WINDOW_MONTHS } from "../../model/model";
import { useEngine, useKernel } from "../../runs/context";
import { useSession } from "../../store/context";
import { withValues } from "../../store/policy";
import { specOf } from "../../store/spec";
import type { Policy } from "../../store/types";
import { EXEMPTION, MAP_MEASURES, MAP_RUNS, N_SQUARES, SEVERITY, newGathering, squareAt, type Field } from "./grid";

const BETWEEN_PICTURES_MS = 150;


export interface MapRuns {
  readonly field: Field | null;
  readonly done: number;
  readonly total: number;
  readonly failure: string | null;
  /** Whether the picture is of the policy before, since this one has not been run in every square. */
  readonly isOfBefore: boolean;
}

const NOTHING: MapRuns = { field: null, done: 0, total: N_SQUARES * MAP_RUNS, failure: null, isOfBefore: false };

export function useMapRuns(policy: Policy): MapRuns {
  const { pool } = useEngine();
  const kernel = useKernel();
  const seed = useSession((session) => session.state.seed);
  const size = useSession((session) => session.state.size);
  const [runs, setRuns] = useState<MapRuns>(NOTHING);
  const lastPicture = useRef(0);
  const rest = withValues(policy, { [SEVERITY]: 0, [EXEMPTION]: 0 });
  const key = JSON.stringify([rest.scenario, rest.settings, seed, size]);

  useEffect(() => {
    if (!kernel) return;
    const spec = Array.from({ length: N_SQUARES }, (_, place) => {
      const { severity, exemption } = squareAt(place);
      return specOf(withValues(policy, { [SEVERITY]: severity, [EXEMPTION]: exemption }), size);
    });
    const gathering = newGathering();
    setRuns((before) => ({ ...before, done: 0, isOfBefore: before.field !== null }));
    const show = (done: number, total: number): void => {
      const field = gathering.field(kernel);
      // The picture of the policy before stays until there is a whole one of this.
      setRuns((before) => {
        const isWhole = field.runs > 0;
        return { field: isWhole ? field : before.field, done, total, failure: null, isOfBefore: !isWhole && before.field !== null };
      });
      lastPicture.current = performance.now();
    };
    return pool.request(
      { spec, seed, replications: MAP_RUNS, measures: MAP_MEASURES, windowMonths: WINDOW_MONTHS },
      {
        onResults: (results, done, total) => {
          gathering.add(results);
          if (done === total || performance.now() - lastPicture.current > BETWEEN_PICTURES_MS) show(done, total);
        },
        onFailed: (failure) => setRuns((before) => ({ ...before, failure })),
      },
      { lane: "map", isBackground: true },
    );
  }, [pool, kernel, key]);
  return runs;
}
