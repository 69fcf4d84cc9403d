/** A SHA-256 that names the exact data a model learned from. */

import { createHash } from 'node:crypto';
import type { Interactions } from './interactions.js';

/** Over the film ids, the user ids, the four columns and the rating scale, each as little-endian bytes with its length before it. */
export function fingerprint(interactions: Interactions): string {
  const { users, films, userOf, filmOf, preference, time, ratingHigh } = interactions;
  const hash = createHash('sha256');
  const ids = Buffer.from(films.join('\n'));
  for (const part of [ids, users, userOf, filmOf, preference, time, Float64Array.of(ratingHigh)]) {
    hash.update(`${part.byteLength}\n`);
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}
