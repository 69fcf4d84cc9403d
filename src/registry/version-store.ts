/**
 * Versions in LMDB. One is written in one transaction, so it is there whole or not at all, whatever happens to its writer,
 * and nothing is ever left behind to be cleaned up.
 */

import { succeed, type MatineeError, type Result } from '../core/errors.js';
import { CHUNK_BYTES, chunksOf, digestFault } from './digest.js';
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
    readTensor: ({ id, tensors }, name) => {
      const facts = tensors[name]!;
      const bytes = new Uint8Array(facts.bytes);
      for (const [index, target] of chunksOf(bytes).entries()) {
        const chunk = chunks.getBinaryFast(chunkKey(id, name, index));
        const fields = { tensor: name, chunk: index };
        if (!chunk) return corrupt(id, `chunk ${index} of ${name} is missing`, fields);
        if (chunk.length !== target.length) {
          return corrupt(id, `chunk ${index} of ${name} has ${chunk.length} bytes, not ${target.length}`, fields);
        }
        // LMDB answers with its scratch buffer: `length` is the value's, yet `set` would copy the whole buffer.
        target.set(chunk.subarray(0, chunk.length));
      }
      const fault = digestFault(bytes, facts);
      return fault === undefined ? succeed(bytes) : corrupt(id, `tensor ${name}: ${fault}`, { tensor: name });
    },
    put: (value, tensors) => {
      // Each chunk is copied first: LMDB's binding cannot read from shared memory, where a tensor may lie.
      const copy = new Uint8Array(CHUNK_BYTES);
      for (const [name, { bytes }] of Object.entries(tensors)) {
        for (const [index, chunk] of chunksOf(bytes).entries()) {
          copy.set(chunk);
          chunks.putSync(chunkKey(value.id, name, index), copy.subarray(0, chunk.length));
        }
      }
      manifests.putSync(value.id, JSON.stringify(value));
    },
    remove: (id) => {
      // '0' is the character after '/'.
      for (const key of [...chunks.getKeys({ start: `${id}/`, end: `${id}0` })]) chunks.removeSync(key);
      manifests.removeSync(id);
    },
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const chunkKey = (id: string, tensor: string, index: number): string =>
  `${id}/${tensor}/${String(index).padStart(6, '0')}`;

function parseManifest(id: string, text: string): Result<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return corrupt(id, 'its manifest is not JSON');
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return corrupt(id, `its manifest is not valid at ${path.join('.') || 'the top'}: ${message}`);
  }
  const manifest = parsed.data;
  if (manifest.id !== id || versionId(manifest) !== id) return corrupt(id, 'its manifest does not agree with its id');
  for (const [name, { bytes, chunks }] of Object.entries(manifest.tensors)) {
    if (chunks.length !== Math.ceil(bytes / CHUNK_BYTES)) {
      return corrupt(id, `its manifest lists ${chunks.length} chunks for the ${bytes} bytes of ${name}`, {
        tensor: name,
      });
    }
  }
  return succeed(manifest);
}
