/** The model for components: the kernel, the workers, and the runs of a policy. */

import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { embeddedKernel } from "../kernel/embedded";
import { KernelDiffers, KernelUnsupported, loadKernel, type Kernel, type MeasureName } from "../kernel";
import { useSession } from "../store/context";
import { specOf } from "../store/spec";
import type { Policy, Size } from "../store/types";
import { useSpeech, type Speech } from "../text/context";
import { newPool, type Pool } from "../worker/pool";
import type { Bundle } from "./bundle";
import { newFeed, type Feed, type Wanted } from "./feed";
import { newPace, runsAskedIn, type Pace } from "./pace";
import { ALL_RUNS, KEPT_BUNDLES } from "./plan";
import { newShelf, type Shelf } from "./shelf";

export interface Engine {
  readonly kernel: Kernel;
  readonly pool: Pool;
  readonly shelf: Shelf;
  readonly pace: Pace;
}

const EngineContext = createContext<Engine | null>(null);

/** Start the model once, and tell in words if it cannot be started. */
export function RunsProvider({ children }: { readonly children: ComponentChildren }) {
  const speech = useSpeech();
  const [engine, setEngine] = useState<Engine | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    const wasm = embeddedKernel();
    const loading = loadKernel(wasm);
    // Workers and page load the kernel at the same time.
    const pool = newPool(wasm, loading);
    loading.then(
      (kernel) => setEngine({ kernel, pool, shelf: newShelf(KEPT_BUNDLES), pace: newPace(runsAskedIn(location.search)) }),
      (error: unknown) => {
        pool.close();
        setFailure(error ?? new Error());
      },
    );
  }, []);
  return (
    <EngineContext.Provider value={engine}>
      {failure !== null && (
        <p class="notices" role="alert">
          {failureSaid(failure, speech)}
        </p>
      )}
      {children}
    </EngineContext.Provider>
  );
}

/** Return in words why the model could not be started. */
export function failureSaid(failure: unknown, { t }: Speech): string {
  if (failure instanceof KernelUnsupported || failure instanceof WebAssembly.CompileError) return t("page.unsupported");
  if (failure instanceof KernelDiffers) {
    return t("page.kernel_differs", { place: failure.place, kernel: failure.kernel, page: failure.page });
  }
  return t("page.failed", { reason: String(failure) });
}

/** Return kernel and workers, or null as long as they are not ready. */
export function useEngine(): Engine | null {
  return useContext(EngineContext);
}

export function useKernel(): Kernel | null {
  return useEngine()?.kernel ?? null;
}

interface Asked {
  readonly policy: Policy;
  readonly pinned: Policy | null;
  readonly measures: readonly MeasureName[];
}

export interface Runs {
  readonly own: Bundle | null;
  readonly pinned: Bundle | null;
  readonly failure: string | null;
  /** How many runs are drawn in the end. */
  readonly target: number;
}

/** Return the newest finished runs of a policy and of the pinned one: the first few, then all. */
export function useRuns({ policy, pinned, measures }: Asked): Runs {
  const seed = useSession((session) => session.state.seed);
  const size = useSession((session) => session.state.size);
  const [own, ownFailure] = useFeed("own", wantedOf(policy, size, seed, measures));
  const [other, otherFailure] = useFeed("pinned", pinned && wantedOf(pinned, size, seed, measures));
  return { own, pinned: pinned ? other : null, failure: ownFailure ?? otherFailure, target: useTarget(size) };
}

function useTarget(size: Size): number {
  const pace = useEngine()?.pace;
  const [, redraw] = useState(0);
  useEffect(() => pace?.subscribe(() => redraw((n) => n + 1)), [pace]);
  return pace?.target(size) ?? ALL_RUNS;
}

function wantedOf(policy: Policy, size: Size, seed: number, measures: readonly MeasureName[]): Wanted {
  const key = JSON.stringify([policy.scenario, policy.settings, size, seed, measures]);
  return { key, spec: specOf(policy, size), seed, measures };
}

function useFeed(lane: string, wanted: Wanted | null): readonly [Bundle | null, string | null] {
  const engine = useEngine();
  const feed = useRef<Feed | null>(null);
  const [bundle, setBundle] = useState<Bundle | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  // Layout effects run at once; others wait for the next picture, and every move would come a picture later.
  useLayoutEffect(() => {
    if (!engine) return;
    const made = newFeed(engine.pool, lane, engine.shelf, engine.pace, { onBundle: setBundle, onFailed: setFailure });
    feed.current = made;
    made.want(wanted);
    return () => {
      made.close();
      feed.current = null;
    };
  }, [engine]);
  useLayoutEffect(() => feed.current?.want(wanted), [wanted?.key]);
  return useMemo(() => [bundle, failure] as const, [bundle, failure]);
}
