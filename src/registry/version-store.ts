/**
 * Versions in LMDB. One is written in one transaction, so it is there whole or not at all, whatever happens to its writer,
 * and nothing is ever left behind to be cleaned up.
 */

import { succeed, type MatineeError, type Result } from '../core/errors.js';
import { chunkFault, chunkStore } from './chunk-store.js';
import type { Environment } from './environment.js';
import { manifestSchema, type Manifest } from './manifest.js';
import type { Tensor } from './tensors.js';
import { corrupt, unknown } from './version-errors.js';
import { versionId } from './version-id.js';

/** LMDB refuses longer keys; no id comes near. */
const ID_LENGTH_MAX = 100;

export interface Listing {
  /** Newest first. */
  readonly versions: readonly Manifest[];
  /** Versions whose manifest cannot be read, each with the reason. */
  readonly damaged: readonly { readonly id: string; readonly error: MatineeError }[];
}

export interface VersionStore {
  /** The manifest's text, whatever it says. */
  find(id: string): Result<string>;
  list(): Listing;
  manifest(id: string): Result<Manifest>;
  /** The bytes of a tensor that the manifest names, proven against it. Errors: version-corrupt. */
  readTensor(manifest: Manifest, name: string): Result<Uint8Array>;
  /** Inside a write transaction. */
  put(manifest: Manifest, tensors: Readonly<Record<string, Tensor>>): void;
  /** Inside a write transaction. */
  remove(id: string): void;
}

export function versionStore({ manifests, chunks }: Environment): VersionStore {
  const store = chunkStore(chunks);
  const find = (id: string): Result<string> => {
    if (id.length > ID_LENGTH_MAX) return unknown(`${id.slice(0, ID_LENGTH_MAX)}…`, []);
    const text = manifests.get(id);
    return text === undefined ? unknown(id, [...manifests.getKeys()]) : succeed(text);
  };

  const manifest = (id: string): Result<Manifest> => {
    const text = find(id);
    return text.ok ? parseManifest(id, text.value) : text;
  };

  return {
    find,
    list: () => {
      const versions: Manifest[] = [];
      const damaged: { id: string; error: MatineeError }[] = [];
      for (const id of manifests.getKeys()) {
        const read = manifest(id);
        if (read.ok) versions.push(read.value);
        else damaged.push({ id, error: read.error });
      }
      versions.sort((a, b) => (a.created === b.created ? order(a.id, b.id) : order(b.created, a.created)));
      return { versions, damaged };
    },
    manifest,
    readTensor: ({ id, tensors }, name) => store.read({ id }, name, tensors[name]),
    put: (value, tensors) => {
      store.put(value, tensors);
      manifests.putSync(value.id, JSON.stringify(value));
    },
    remove: (id) => {
      store.remove({ id });
      manifests.removeSync(id);
    },
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function parseManifest(id: string, text: string): Result<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return corrupt({ id }, 'its manifest is not JSON');
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return corrupt({ id }, `its manifest is not valid at ${path.join('.') || 'the top'}: ${message}`);
  }
  const manifest = parsed.data;
  if (manifest.id !== id || versionId(manifest) !== id)
    return corrupt({ id }, 'its manifest does not agree with its id');
  const fault = chunkFault(manifest.tensors);
  if (fault !== undefined) return corrupt({ id }, fault.why, { tensor: fault.tensor });
  return succeed(manifest);
}
