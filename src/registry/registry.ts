/** The registry: immutable model versions, and the pointers that say which of them serves. */

import assert from 'node:assert/strict';
import { fail, succeed, type Result } from '../core/errors.js';
import { inPrincipalAxes } from './axes.js';
import { openEnvironment, type Environment } from './environment.js';
import { manifestOf } from './manifest-of.js';
import { manifestSchema, type Manifest, type VersionFacts } from './manifest.js';
import type { Model } from './model.js';
import { pointerTo, promoted, readPointers, writePointers, type Pointers } from './pointers.js';
import { alone, extended, type Overlay, type OverlayRows } from './overlay.js';
import { overlayStore, type OverlayShape } from './overlay-store.js';
import { toModel, toTensors } from './tensors.js';
import { validateModel } from './validate.js';
import { versionStore, type Listing } from './version-store.js';

export type { Listing, OverlayShape, Pointers };

/** What a change of pointers came to. */
export interface Move {
  readonly pointers: Pointers;
  /** False when they stood that way already. */
  readonly changed: boolean;
}

/**
 * Reads see what any process committed before this event-loop turn; a thread that never returns to its event loop calls
 * `refresh` first. Every change is one transaction, on disk when the call returns; it waits for the writers of other
 * processes, which takes as long as storing their model does. Throws `storage-failed` when the disk does not take it.
 */
export interface Registry {
  list(): Listing;
  /** Errors: version-unknown, version-corrupt (the manifest does not agree with itself). */
  manifest(id: string): Result<Manifest>;
  /** Storing the same bytes twice within a second is storing them once. Errors: version-invalid. */
  write(model: Model, facts: VersionFacts): Result<Manifest>;
  /**
   * Its bytes proven and its values validated; with the rows of an overlay behind its own, unless that is 0.
   * Errors: version-unknown, version-corrupt, version-invalid.
   */
  load(id: string, overlay?: number): Result<Model>;

  /** Number of the newest overlay of a version, 0 for none. */
  newestOverlay(version: string): number;
  /** Its bytes proven. Errors: version-unknown, version-corrupt. */
  overlay(version: string, number: number): Result<Overlay>;
  /** What it takes beside its version, known without reading it. Errors: version-unknown, version-corrupt. */
  overlayShape(version: string, number: number): Result<OverlayShape>;
  /** At least one row. Its number; the same bytes as those of the newest one are that one. Errors: those of `load`. */
  writeOverlay(version: string, rows: OverlayRows): Result<number>;

  pointers(): Pointers;
  /** Moves `current` to a version that loads, and `previous` to the one before. Errors: those of `load`. */
  promote(id: string): Result<Move>;
  /** Swaps `current` and `previous`, when the latter loads. Errors: pointer-unset, and those of `load`. */
  rollback(): Result<Move>;
  /** Null clears it. Errors: those of `load`. */
  setCandidate(id: string | null): Result<Move>;
  /** Errors: version-unknown, version-in-use. */
  remove(id: string): Result<void>;

  refresh(): void;
  close(): Promise<void>;
}

/**
 * Opens the registry in `folder`, which is made unless `readOnly`. Every thread and process opens its own.
 * Errors: data-missing (`readOnly`, and there is none), file-unreadable.
 */
export function openRegistry(folder: string, options: { readonly readOnly?: boolean } = {}): Result<Registry> {
  const environment = openEnvironment(folder, options.readOnly ?? false);
  return environment.ok ? succeed(registryOf(environment.value)) : environment;
}

function registryOf(environment: Environment): Registry {
  const { root, transact } = environment;
  const store = versionStore(environment);
  const pointers = (): Pointers => readPointers(environment.pointers);

  const overlays = overlayStore(environment.chunks);

  const loadVersion = (id: string): Result<Model> => {
    const manifest = store.manifest(id);
    if (!manifest.ok) return manifest;
    const model = toModel(manifest.value, (name) => store.readTensor(manifest.value, name), { id });
    return model.ok ? servable(model.value) : model;
  };

  const overlay = (id: string, number: number): Result<Overlay> => {
    const manifest = store.manifest(id);
    return manifest.ok ? overlays.read(manifest.value, number) : manifest;
  };

  const load = (id: string, number = 0): Result<Model> => {
    const model = loadVersion(id);
    if (!model.ok || number === 0) return model;
    const rows = overlay(id, number);
    return rows.ok ? validateModel(extended(model.value, rows.value)) : rows;
  };

  /** Inside a write transaction, so that `next` gets the pointers of that moment. */
  const move = (next: (old: Pointers) => Pointers): Move => {
    const old = pointers();
    const moved = next(old);
    writePointers(environment.pointers, moved);
    return { pointers: moved, changed: JSON.stringify(moved) !== JSON.stringify(old) };
  };

  /** Only a version that loads gets a pointer: a damaged one never serves by our own command. */
  const moveTo = (id: string, next: (old: Pointers) => Pointers): Result<Move> => {
    const loaded = load(id);
    if (!loaded.ok) return loaded;
    return transact(() => {
      const found = store.find(id); // another process may have removed it since
      return found.ok ? succeed(move(next)) : found;
    });
  };

  return {
    list: () => store.list(),
    manifest: (id) => store.manifest(id),
    load,
    write: (model, facts) => {
      const valid = servable(model);
      if (!valid.ok) return valid;
      const tensors = toTensors(model);
      const manifest = manifestOf(model, tensors, facts);
      manifestSchema.parse(manifest); // facts that could not be read again are the caller's mistake
      return transact(() => {
        if (store.find(manifest.id).ok) return store.manifest(manifest.id);
        store.put(manifest, tensors);
        return succeed(manifest);
      });
    },

    newestOverlay: (id) => overlays.newest(id),
    overlay,
    overlayShape: (id, number) => overlays.shape(id, number),
    writeOverlay: (id, rows) => {
      assert(rows.filmIds.length > 0, 'an overlay holds a film or more');
      const model = load(id);
      if (!model.ok) return model;
      const valid = validateModel(extended(model.value, rows));
      if (!valid.ok) return valid;
      return transact(() => {
        const found = store.manifest(id); // another process may have removed it since
        return found.ok ? succeed(overlays.put(found.value, alone(model.value, rows), rows)) : found;
      });
    },

    pointers,
    promote: (id) => moveTo(id, (old) => promoted(old, id)),
    rollback: () => {
      const { previous } = pointers();
      if (previous !== null) return moveTo(previous, (old) => promoted(old, previous));
      const hint = 'Promote a version instead: `matinee models list` shows what there is.';
      return fail('pointer-unset', 'there is no previous version to return to', { hint });
    },
    setCandidate: (id) => {
      if (id === null) return succeed(transact(() => move((old) => ({ ...old, candidate: null }))));
      return moveTo(id, (old) => ({ ...old, candidate: id }));
    },
    remove: (id) =>
      transact(() => {
        const found = store.find(id);
        if (!found.ok) return found;
        const pointer = pointerTo(pointers(), id);
        if (pointer !== undefined) {
          return fail('version-in-use', `version ${id} is the ${pointer} one`, {
            hint: pointer === 'candidate' ? 'Clear the candidate first.' : 'Promote another version first.',
            fields: { version: id, pointer },
          });
        }
        store.remove(id);
        return succeed(undefined);
      }),

    refresh: () => root.resetReadTxn(),
    close: () => root.close(),
  };
}

/** Valid, and in the axes that its encoder asks for. */
function servable(model: Model): Result<Model> {
  const valid = validateModel(model);
  if (!valid.ok || model.encoder.type !== 'fold-in') return valid;
  if (inPrincipalAxes(model.items, model.filmIds.length, model.dimensions)) return valid;
  return fail('version-invalid', 'the items of a fold-in model must be in their principal axes, and these are not', {
    hint: 'Rotate them with `toPrincipalAxes` first: `matinee models import` does it by itself.',
    fields: { tensor: 'items' },
  });
}
