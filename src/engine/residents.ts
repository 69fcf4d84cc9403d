/**
 * The models that are in memory. Each followed pointer of the registry has a resident; when the pointer moves, or its version
 * gets a newer catalogue overlay, that is loaded beside the old one, takes its place between two batches, and the old one is
 * freed after its last batch.
 */

import { swaps } from '../core/channels.js';
import { fail, succeed, type MatineeError, type Result } from '../core/errors.js';
import type { Manifest } from '../registry/manifest.js';
import type { Pointers, Registry } from '../registry/registry.js';
import type { Arena } from './arena.js';
import { unpackFailure, type Packed } from './failure.js';
import { servedColdColumns, whyNoColdRung } from './cold-image.js';
import type { BackgroundPool } from './pool.js';
import type { LoadReport, LoadTask } from './protocol.js';
import { planResidence, type ResidencePlan } from './residence.js';

export type PointerName = keyof Pointers;

/** A version, and the number of the catalogue overlay behind it: 0 for none. */
interface Edition {
  readonly version: string;
  readonly overlay: number;
}

export interface Resident extends Edition {
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

interface Refusal extends Edition {
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
  /** What was tried last for a pointer and refused: not tried again until the pointer has named something else. */
  const refused = new Map<PointerName, Refusal>();
  const listeners: ((pointer: PointerName, resident: Resident) => void)[] = [];
  let running: Promise<void> | undefined;

  async function load({ version, overlay }: Edition): Promise<Result<Resident>> {
    const manifest = registry.manifest(version);
    if (!manifest.ok) return manifest;
    const rows = overlay === 0 ? succeed({ items: 0, idBytes: 0 }) : registry.overlayShape(version, overlay);
    if (!rows.ok) return rows;
    const shape = { ...shapeOf(manifest.value, rows.value), films: options.films(), slabs };
    const plan = planResidence(shape, policies);
    const region = arena.allocate(plan.bytes);
    if (!region.ok) return region;
    const task: LoadTask = { kind: 'load', version, overlay, region: region.value, shape, policies };
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
    return succeed({ version, overlay, manifest: manifest.value, model: region.value, views, fallback, plan });
  }

  const freeWhenUnused = (resident: Resident): void => {
    const used = (holds.get(resident) ?? 0) > 0 || [...serving.values()].includes(resident);
    if (used) return;
    holds.delete(resident);
    arena.free(resident.model);
  };

  /** The edition that is already in memory under another pointer, or a new copy. */
  const residentFor = async (edition: Edition): Promise<Result<Resident>> => {
    const shared = [...serving.values()].find((resident) => isSame(resident, edition));
    return shared === undefined ? load(edition) : succeed(shared);
  };

  /** Loads an edition and lets the pointer serve it; whether it did is told. */
  async function tryEdition(pointer: PointerName, edition: Edition): Promise<boolean> {
    const { version, overlay } = edition;
    const started = performance.now();
    const loaded = await residentFor(edition);
    const event = { pointer, version, overlay, seconds: (performance.now() - started) / 1000 };
    if (!loaded.ok) {
      refused.set(pointer, { ...edition, error: loaded.error });
      swaps.publish({ ...event, result: 'refused', error: loaded.error });
      return false;
    }
    serve(pointer, loaded.value);
    const lacks = whatLacks(loaded.value.manifest);
    swaps.publish({ ...event, result: 'loaded', ...(lacks === undefined ? {} : { lacks }) });
    return true;
  }

  async function follow(pointer: PointerName): Promise<void> {
    const version = registry.pointers()[pointer];
    const edition = version === null ? undefined : { version, overlay: registry.newestOverlay(version) };
    if (edition === undefined || isSame(edition, serving.get(pointer))) {
      // What was refused is not asked for any more; if it is again, it may have been repaired.
      refused.delete(pointer);
      return;
    }
    if (isSame(edition, refused.get(pointer))) return;
    if (await tryEdition(pointer, edition)) {
      refused.delete(pointer);
      return;
    }
    // An overlay is an addition: without it the version serves as it was trained.
    if (edition.overlay === 0 || serving.get(pointer)?.version === edition.version) return;
    await tryEdition(pointer, { ...edition, overlay: 0 });
    refused.set(pointer, { ...edition, error: refused.get(pointer)!.error });
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
    const edition = { version: previous, overlay: 0 };
    const loaded = await residentFor(edition);
    if (loaded.ok) serve('current', loaded.value);
    else refused.set('previous', { ...edition, error: loaded.error });
  }

  return {
    get: (pointer) => serving.get(pointer),
    refusal: (pointer) => {
      const refusal = refused.get(pointer);
      return refusal?.version === serving.get(pointer)?.version ? undefined : refusal?.error;
    },
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

const isSame = (a: Edition, b: Edition | undefined): boolean => a.version === b?.version && a.overlay === b.overlay;

/** Columns for strangers that a version holds. */
const coldColumnsIn = ({ tensors }: Manifest): number => tensors.cold?.shape[1] ?? 0;

function shapeOf(manifest: Manifest, overlay: { readonly items: number; readonly idBytes: number }) {
  const { items, dimensions, tensors } = manifest;
  return {
    items: items + overlay.items,
    trained: items,
    dimensions,
    coldColumns: servedColdColumns(dimensions, coldColumnsIn(manifest)),
    // The ids stand in the registry with a line feed between them, in the image without.
    idBytes: Math.max(0, tensors.film_ids!.bytes - Math.max(0, items - 1)) + overlay.idBytes,
  };
}

/** A model that is the same for everybody has no rung for strangers that it could lack. */
function whatLacks(manifest: Manifest): string | undefined {
  if (manifest.encoder.type === 'constant') return undefined;
  const why = whyNoColdRung(manifest.dimensions, coldColumnsIn(manifest));
  return why === undefined ? undefined : `strangers get the popular list: ${why}`;
}
