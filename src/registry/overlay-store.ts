/**
 * Overlays in LMDB, beside the chunks of their version and removed with them. One is written in one transaction:
 *
 *   id/overlays/0000000001                → its manifest, JSON
 *   id/overlays/0000000001/tensor/000000  → up to 1 MiB of the tensor's bytes
 */

import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'lmdb';
import { succeed, type Result } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { chunkFault, chunkStore, keyOf } from './chunk-store.js';
import type { Manifest } from './manifest.js';
import { tensorFacts } from './manifest-of.js';
import type { Model } from './model.js';
import { overlayManifestSchema, type Overlay, type OverlayManifest, type OverlayRows } from './overlay.js';
import { toModel, toTensors } from './tensors.js';
import { corrupt, unknownOverlay } from './version-errors.js';

/** No engine is as far behind; the next one removes the oldest. */
const KEPT = 100;

export interface OverlayShape {
  readonly items: number;
  /** UTF-8 bytes of all its film ids. */
  readonly idBytes: number;
}

export interface OverlayStore {
  /** Number of the newest, 0 for none. */
  newest(version: string): number;
  /** Known without reading its tensors. Errors: version-unknown, version-corrupt. */
  shape(version: string, number: number): Result<OverlayShape>;
  /** Its bytes proven. Errors: version-unknown, version-corrupt. */
  read(version: Manifest, number: number): Result<Overlay>;
  /** Returns its number, or that of the newest one when it holds the same, undamaged. Inside a write transaction. */
  put(version: Manifest, films: Model, facts: Pick<OverlayRows, 'created' | 'films'>): number;
}

export function overlayStore(chunks: Database<Uint8Array, string>): OverlayStore {
  const store = chunkStore(chunks);

  function newest(version: string): number {
    const below = `${version}/overlays/`;
    // Backwards from behind the last one: '0' is the character after '/'.
    const [last] = chunks.getKeys({ start: `${version}/overlays0`, end: below, reverse: true, limit: 1 });
    return last === undefined ? 0 : Number(last.slice(below.length).split('/')[0]);
  }

  function manifestOf(id: string, overlay: number): Result<OverlayManifest> {
    const bytes = chunks.getBinary(keyOf({ id, overlay }));
    if (bytes === undefined) return unknownOverlay(id, overlay, newest(id));
    const parsed = overlayManifestSchema.safeParse(parseJson(Buffer.from(bytes).toString()));
    if (!parsed.success) return corrupt({ id, overlay }, 'its manifest cannot be read');
    const fault = chunkFault(parsed.data.tensors);
    return fault === undefined ? succeed(parsed.data) : corrupt({ id, overlay }, fault.why, { tensor: fault.tensor });
  }

  function read(version: Manifest, number: number): Result<Overlay> {
    const manifest = manifestOf(version.id, number);
    if (!manifest.ok) return manifest;
    const { created, films, items, tensors } = manifest.value;
    const owner = { id: version.id, overlay: number };
    const model = toModel({ ...version, items, tensors }, (name) => store.read(owner, name, tensors[name]), owner);
    if (!model.ok) return model;
    const { filmIds, items: rows, bias, gain, cold } = model.value;
    return succeed({
      ...{ version: version.id, number, created, films, filmIds, items: rows },
      ...(bias && { bias }),
      ...(gain && { gain }),
      ...(cold && { cold: cold.columns }),
    });
  }

  return {
    newest,
    shape: (version, number) => {
      const manifest = manifestOf(version, number);
      if (!manifest.ok) return manifest;
      const { items, tensors } = manifest.value;
      const lines = tensors.film_ids?.bytes ?? 0;
      return succeed({ items, idBytes: Math.max(0, lines - (items - 1)) });
    },
    read,
    put: (version, model, { created, films }) => {
      const { id } = version;
      const last = newest(id);
      const tensors = toTensors(model);
      const manifest: OverlayManifest = { created, films, items: model.filmIds.length, tensors: tensorFacts(tensors) };
      const before = manifestOf(id, last);
      const isSame = before.ok && isDeepStrictEqual(before.value.tensors, manifest.tensors);
      if (isSame && read(version, last).ok) return last;
      const owner = { id, overlay: last + 1 };
      store.put(owner, tensors);
      chunks.putSync(keyOf(owner), Buffer.from(JSON.stringify(manifest)));
      const oldest = { id, overlay: owner.overlay - KEPT };
      store.remove(oldest);
      chunks.removeSync(keyOf(oldest));
      return owner.overlay;
    },
  };
}
