/** Digests: how the bytes of a tensor are cut into chunks, summed up in the manifest, and proven on the way back. */

import { createHash } from 'node:crypto';
import type { TensorFacts } from './manifest.js';

/** Small enough to point at the damage, large enough that a model of 100 MB has only a hundred. */
export const CHUNK_BYTES = 2 ** 20;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Views of `bytes`, each `CHUNK_BYTES` long, the last one shorter; none for no bytes. */
export function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    chunks.push(bytes.subarray(start, start + CHUNK_BYTES));
  }
  return chunks;
}

type Digests = Pick<TensorFacts, 'sha256' | 'chunks'>;

export const digestsOf = (bytes: Uint8Array): Digests => ({
  sha256: sha256(bytes),
  chunks: chunksOf(bytes).map(sha256),
});

/**
 * What is wrong with `bytes`, or undefined. One pass over sound bytes: the chunks' digests are compared only after the
 * whole one differs, to tell where.
 */
export function digestFault(bytes: Uint8Array, expected: Digests): string | undefined {
  if (sha256(bytes) === expected.sha256) return undefined;
  const damaged = chunksOf(bytes).findIndex((chunk, index) => sha256(chunk) !== expected.chunks[index]);
  if (damaged < 0) return 'the whole does not match its SHA-256, though every chunk does';
  return `chunk ${damaged} does not match its SHA-256`;
}
