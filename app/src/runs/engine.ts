/** The model in this page: the workers, the kernel and what they have run; started once, whoever asks first. */

import { loadKernel, type Kernel } from "../kernel";
import { embeddedKernel } from "../kernel/embedded";
import { newPool, type Pool } from "../worker/pool";
import { newPace, runsAskedIn, type Pace } from "./pace";
import { KEPT_BUNDLES } from "./plan";
import { newShelf, type Shelf } from "./shelf";

export interface Engine {
  /** The page's own kernel; fails with what stops it, and then no run comes either. */
  readonly kernel: Promise<Kernel>;
  readonly pool: Pool;
  readonly shelf: Shelf;
  readonly pace: Pace;
}

let started: Engine | null = null;

/** Return the model, started at the first call: whoever calls before drawing the page has workers ready when it is drawn. */
export function modelHere(): Engine {
  started ??= newEngine();
  return started;
}

function newEngine(): Engine {
  const wasm = embeddedKernel();
  const kernel = loadKernel(wasm);
  // Workers and page load the kernel at the same time.
  const pool = newPool(wasm, kernel);
  kernel.catch(() => pool.close());
  return { kernel, pool, shelf: newShelf(KEPT_BUNDLES), pace: newPace(runsAskedIn(location.search)) };
}
