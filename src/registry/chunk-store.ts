/** Tensors in LMDB, cut into chunks: those of versions and those of their overlays. */

import type { Database } from 'lmdb';
import { succeed, type Result } from '../core/errors.js';
import { CHUNK_BYTES, chunksOf, digestFault } from './digest.js';
import type { TensorFacts } from './manifest.js';
import type { Tensor } from './tensors.js';
import { corrupt, type Owner } from './version-errors.js';

export interface ChunkStore {
  /** The bytes of a tensor, proven against its facts. Errors: version-corrupt. */
  read(owner: Owner, name: string, facts: TensorFacts | undefined): Result<Uint8Array>;
  /** Inside a write transaction. */
  put(owner: Owner, tensors: Readonly<Record<string, Tensor>>): void;
  /** All that is below the key of the owner; for a version, its overlays too. Inside a write transaction. */
  remove(owner: Owner): void;
}

/** Below it stand an owner's chunks. */
export const keyOf = ({ id, overlay }: Owner): string =>
  overlay === undefined ? id : `${id}/overlays/${String(overlay).padStart(10, '0')}`;

const chunkKey = (owner: Owner, tensor: string, index: number): string =>
  `${keyOf(owner)}/${tensor}/${String(index).padStart(6, '0')}`;

export function chunkStore(chunks: Database<Uint8Array, string>): ChunkStore {
  return {
    read: (owner, name, facts) => {
      if (facts === undefined) return corrupt(owner, `it has no tensor ${name}`);
      const bytes = new Uint8Array(facts.bytes);
      for (const [index, target] of chunksOf(bytes).entries()) {
        const chunk = chunks.getBinaryFast(chunkKey(owner, name, index));
        const place = { tensor: name, chunk: index };
        if (!chunk) return corrupt(owner, `chunk ${index} of ${name} is missing`, place);
        if (chunk.length !== target.length) {
          return corrupt(owner, `chunk ${index} of ${name} has ${chunk.length} bytes, not ${target.length}`, place);
        }
        // LMDB answers with its scratch buffer: `length` is the value's, yet `set` would copy the whole buffer.
        target.set(chunk.subarray(0, chunk.length));
      }
      const fault = digestFault(bytes, facts);
      return fault === undefined ? succeed(bytes) : corrupt(owner, `tensor ${name}: ${fault}`, { tensor: name });
    },
    put: (owner, tensors) => {
      // Each chunk is copied first: LMDB's binding cannot read from shared memory, where a tensor may lie.
      const copy = new Uint8Array(CHUNK_BYTES);
      for (const [name, { bytes }] of Object.entries(tensors)) {
        for (const [index, chunk] of chunksOf(bytes).entries()) {
          copy.set(chunk);
          chunks.putSync(chunkKey(owner, name, index), copy.subarray(0, chunk.length));
        }
      }
    },
    remove: (owner) => {
      const key = keyOf(owner);
      // '0' is the character after '/'.
      for (const found of [...chunks.getKeys({ start: `${key}/`, end: `${key}0` })]) chunks.removeSync(found);
    },
  };
}

/** What is wrong with the chunks that a manifest lists. */
export function chunkFault(
  tensors: Readonly<Record<string, TensorFacts>>,
): { readonly tensor: string; readonly why: string } | undefined {
  for (const [tensor, { bytes, chunks }] of Object.entries(tensors)) {
    if (chunks.length === Math.ceil(bytes / CHUNK_BYTES)) continue;
    return { tensor, why: `its manifest lists ${chunks.length} chunks for the ${bytes} bytes of ${tensor}` };
  }
  return undefined;
}
