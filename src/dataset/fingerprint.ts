/** A SHA-256 that names the exact data a model learned from. */

import { createHash } from 'node:crypto';
import type { Interactions } from './interactions.js';

/** Over the film ids, the user ids and the four columns, each as little-endian bytes with its length before it. */
export function fingerprint({ users, films, userOf, filmOf, weight, time }: Interactions): string {
  const hash = createHash('sha256');
  const ids = Buffer.from(films.join('\n'));
  for (const part of [ids, users, userOf, filmOf, weight, time]) {
    hash.update(`${part.byteLength}\n`);
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}
