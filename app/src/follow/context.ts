/** Films and biographies for components. */

import { useEffect, useState } from "preact/hooks";
import { useEngine, useKernel } from "../runs/context";
import type { Engine } from "../runs/engine";
import { useSession } from "../store/context";
import { specOf } from "../store/spec";
import type { Policy, Size } from "../store/types";
import { newClient, type Client } from "./client";
import { endsOfLevers } from "../levers/groups";
import type { Biography, Film, Flip, RunAsked } from "./messages";

/** The run that is shown: the first of those that Explore draws its fans from. */
export const RUN_SHOWN = 0;

/** One worker serves all views, as long as the engine lives. */
const CLIENTS = new WeakMap<Engine, Client>();

/** Return the client of the worker that follows officials, or null as long as the model is not ready. */
export function useFollower(): Client | null {
  const engine = useEngine();
  if (useKernel() === null) return null;
  const client = CLIENTS.get(engine) ?? newClient();
  CLIENTS.set(engine, client);
  return client;
}

export interface Found<Value> {
  readonly value: Value | null;
  /** Which question the value answers. */
  readonly key: string | null;
  readonly failure: string | null;
}

const NOTHING = { value: null, key: null, failure: null } as const;

function runAsked(policy: Policy, size: Size, seed: number): RunAsked {
  return { spec: specOf(policy, size), seed, run: RUN_SHOWN };
}

function keyOf(policy: Policy | null, size: Size, seed: number): string {
  return JSON.stringify(policy && [policy.scenario, policy.settings, size, seed]);
}

/** Return the film of a policy, of the size chosen or another; while another is made the one before stays. */
export function useFilm(lane: string, policy: Policy | null, ofSize?: Size): Found<Film> {
  const client = useFollower();
  const seed = useSession((session) => session.state.seed);
  const sizeChosen = useSession((session) => session.state.size);
  const size = ofSize ?? sizeChosen;
  const [found, setFound] = useState<Found<Film>>(NOTHING);
  const key = keyOf(policy, size, seed);
  useEffect(() => {
    if (!client) return;
    if (!policy) return setFound(NOTHING);
    return client.ask<"film">(
      `film ${lane}`,
      { type: "film", asked: runAsked(policy, size, seed) },
      (film) => setFound({ value: film, key, failure: null }),
      (failure) => setFound((before) => ({ ...before, failure })),
    );
  }, [client, key]);
  return found;
}

/** Return the months of one official's post, or null as long as they are not there. */
export function useBiography(lane: string, policy: Policy | null, official: number | null): Biography | null {
  const client = useFollower();
  const seed = useSession((session) => session.state.seed);
  const size = useSession((session) => session.state.size);
  const [found, setFound] = useState<Found<Biography>>(NOTHING);
  const key = `${official} ${keyOf(policy, size, seed)}`;
  useEffect(() => {
    if (!client) return;
    if (!policy || official === null || official >= size.officials) return setFound(NOTHING);
    return client.ask<"biography">(
      `biography ${lane}`,
      { type: "biography", asked: runAsked(policy, size, seed), official },
      (biography) => setFound({ value: biography, key, failure: null }),
      () => setFound(NOTHING),
    );
  }, [client, key]);
  return found.key === key ? found.value : null;
}

/** Return which levers alone would have changed what an official did in a month, or null as long as it is not known. */
export function useFlips(lane: string, policy: Policy, official: number, month: number): readonly Flip[] | null {
  const client = useFollower();
  const seed = useSession((session) => session.state.seed);
  const size = useSession((session) => session.state.size);
  const [found, setFound] = useState<Found<readonly Flip[]>>(NOTHING);
  const key = `${official} ${month} ${keyOf(policy, size, seed)}`;
  useEffect(() => {
    if (!client || official >= size.officials || month >= size.months) return;
    return client.ask<"flips">(
      `flips ${lane}`,
      { type: "flips", asked: runAsked(policy, size, seed), official, month, tried: endsOfLevers() },
      (flips) => setFound({ value: flips, key, failure: null }),
      () => setFound(NOTHING),
    );
  }, [client, key]);
  return found.key === key ? found.value : null;
}
