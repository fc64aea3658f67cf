/** The model for components: the kernel, the workers, and the runs of a policy. */

import { createContext, type ComponentChildren } from "preact";
import { useContext, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { KernelDiffers, KernelUnsupported, type Kernel, type MeasureName } from "../kernel";
import { useSession } from "../store/context";
import { specOf } from "../store/spec";
import type { Policy, Size } from "../store/types";
import { useSpeech, type Speech } from "../text/context";
import type { Bundle } from "./bundle";
import { modelHere, type Engine } from "./engine";
import { newFeed, type Feed, type Wanted } from "./feed";

const EngineContext = createContext<Engine | null>(null);
const KernelContext = createContext<Kernel | null>(null);

/** Start the model if it is not, hand it down, and tell in words if it cannot be started. */
export function RunsProvider({ children }: { readonly children: ComponentChildren }) {
  const speech = useSpeech();
  const engine = useMemo(modelHere, []);
  const [kernel, setKernel] = useState<Kernel | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useLayoutEffect(() => {
    engine.kernel.then(setKernel, (error: unknown) => setFailure(error ?? new Error()));
  }, [engine]);
  return (
    <EngineContext.Provider value={engine}>
      {failure !== null && (
        <p class="notices" role="alert">
          {failureSaid(failure, speech)}
        </p>
      )}
      <KernelContext.Provider value={kernel}>{children}</KernelContext.Provider>
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

/** Return the workers and what they have run. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error("no model above this component");
  return engine;
}

/** Return the page's own kernel, or null as long as it is not ready. */
export function useKernel(): Kernel | null {
  return useContext(KernelContext);
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
  const { pace } = useEngine();
  const [, redraw] = useState(0);
  useLayoutEffect(() => pace.subscribe(() => redraw((n) => n + 1)), [pace]);
  return pace.target(size);
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
