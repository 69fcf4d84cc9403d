/**
 * The models that are in memory. Each followed pointer of the registry has a resident; when the pointer moves, the new version
 * is loaded beside the old one, takes its place between two batches, and the old one is freed after its last batch.
 */

import { swaps } from '../core/channels.js';
import { fail, succeed, type MatineeError, type Result } from '../core/errors.js';
import type { Manifest } from '../registry/manifest.js';
import type { Pointers, Registry } from '../registry/registry.js';
import type { Arena } from './arena.js';
import { unpackFailure, type Packed } from './failure.js';
import type { BackgroundPool } from './pool.js';
import type { LoadReport, LoadTask } from './protocol.js';
import { planResidence, type ResidencePlan } from './residence.js';

export type PointerName = keyof Pointers;

export interface Resident {
  readonly version: string;
  readonly manifest: Manifest;
  /** Address of the image. */
  readonly model: number;
  /** Address of each policy's view. */
  readonly views: ReadonlyMap<string, number>;
  /** The static rung's list while this model is current. */
  readonly fallback: readonly string[];
  readonly plan: ResidencePlan;
}

export interface Residents {
  get(pointer: PointerName): Resident | undefined;
  /** Why the version that the pointer names now is not the one that serves. */
  refusal(pointer: PointerName): MatineeError | undefined;
  /** Compares the followed pointers with what is resident, and loads what differs. Never runs twice at once. */
  refresh(): Promise<void>;
  /** The resident must stay until as many `release`s. */
  hold(resident: Resident): void;
  release(resident: Resident): void;
  /** Called after each change of what a pointer serves. */
  onSwap(listener: (pointer: PointerName, resident: Resident) => void): void;
}

interface Refusal {
  readonly version: string;
  readonly error: MatineeError;
}

export interface ResidentsOptions {
  readonly arena: Arena;
  readonly background: BackgroundPool;
  readonly registry: Registry;
  readonly pointers: readonly PointerName[];
  readonly policies: readonly string[];
  readonly slabs: number;
  /** Films in the catalogue now. */
  readonly films: () => number;
}

export function createResidents(options: ResidentsOptions): Residents {
  const { arena, background, registry, pointers, policies, slabs } = options;
  const serving = new Map<PointerName, Resident>();
  const holds = new Map<Resident, number>();
  /** What was tried last for a pointer and refused: not tried again until the pointer moves. */
  const refused = new Map<PointerName, Refusal>();
  const listeners: ((pointer: PointerName, resident: Resident) => void)[] = [];
  let running: Promise<void> | undefined;

  async function load(version: string): Promise<Result<Resident>> {
    const manifest = registry.manifest(version);
    if (!manifest.ok) return manifest;
    const films = options.films();
    const plan = planResidence({ ...shapeOf(manifest.value), films, slabs }, policies);
    const region = arena.allocate(plan.bytes);
    if (!region.ok) return region;
    const task: LoadTask = { kind: 'load', version, region: region.value, films, slabs, policies };
    const loaded = await background.run(task).then(
      (packed) => unpackFailure(packed as Packed<LoadReport>),
      (cause: unknown) => fail('worker-died', `the background thread ended while it loaded ${version}`, { cause }),
    );
    if (!loaded.ok) {
      arena.free(region.value);
      return loaded;
    }
    const views = new Map([...plan.viewOffset].map(([policy, offset]) => [policy, region.value + offset]));
    const { fallback } = loaded.value;
    return succeed({ version, manifest: manifest.value, model: region.value, views, fallback, plan });
  }

  const freeWhenUnused = (resident: Resident): void => {
    const used = (holds.get(resident) ?? 0) > 0 || [...serving.values()].includes(resident);
    if (used) return;
    holds.delete(resident);
    arena.free(resident.model);
  };

  /** The version that is already in memory under another pointer, or a new copy. */
  const residentFor = async (version: string): Promise<Result<Resident>> => {
    const shared = [...serving.values()].find((resident) => resident.version === version);
    return shared === undefined ? load(version) : succeed(shared);
  };

  async function follow(pointer: PointerName): Promise<void> {
    const version = registry.pointers()[pointer];
    const old = serving.get(pointer);
    if (version === null || version === old?.version || version === refused.get(pointer)?.version) return;
    const started = performance.now();
    const loaded = await residentFor(version);
    const seconds = (performance.now() - started) / 1000;
    if (!loaded.ok) {
      refused.set(pointer, { version, error: loaded.error });
      swaps.publish({ result: 'refused', pointer, version, seconds, error: loaded.error });
      return;
    }
    refused.delete(pointer);
    serve(pointer, loaded.value);
    swaps.publish({ result: 'loaded', pointer, version, seconds });
  }

  function serve(pointer: PointerName, resident: Resident): void {
    const old = serving.get(pointer);
    serving.set(pointer, resident);
    if (old !== undefined) freeWhenUnused(old);
    for (const listener of listeners) listener(pointer, resident);
  }

  async function followAll(): Promise<void> {
    for (const pointer of pointers) await follow(pointer);
    if (serving.has('current') || !refused.has('current')) return;
    // Started with a damaged version as current: the one before it is better than none.
    const { previous } = registry.pointers();
    if (previous === null || previous === refused.get('previous')?.version) return;
    const loaded = await residentFor(previous);
    if (loaded.ok) serve('current', loaded.value);
    else refused.set('previous', { version: previous, error: loaded.error });
  }

  return {
    get: (pointer) => serving.get(pointer),
    refusal: (pointer) => refused.get(pointer)?.error,
    refresh: () => {
      running ??= followAll().finally(() => (running = undefined));
      return running;
    },
    hold: (resident) => holds.set(resident, (holds.get(resident) ?? 0) + 1),
    release: (resident) => {
      holds.set(resident, holds.get(resident)! - 1);
      freeWhenUnused(resident);
    },
    onSwap: (listener) => listeners.push(listener),
  };
}

function shapeOf(manifest: Manifest) {
  const { items, dimensions, tensors } = manifest;
  // The ids stand in the registry with a line feed between them, in the image without.
  return { items, dimensions, idBytes: Math.max(0, tensors.film_ids!.bytes - Math.max(0, items - 1)) };
}
