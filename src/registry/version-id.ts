/** The id of a version: readable, sortable by time, and bound to what the version computes. */

import { sha256 } from './digest.js';
import type { Manifest } from './manifest.js';

/**
 * `<kind>-<YYYYMMDD>t<HHMMSS>-<8 hex digits>`, the time in UTC, the digits from the SHA-256 over the encoder and the
 * tensors' digests: a manifest whose encoder or digests were altered no longer agrees with its own id.
 */
export function versionId({
  kind,
  created,
  encoder,
  tensors,
}: Pick<Manifest, 'kind' | 'created' | 'encoder' | 'tensors'>) {
  const time = created.replace(/\..*/, '').replace(/[-:]/g, '').replace('T', 't');
  const digests = Object.keys(tensors)
    .sort()
    .map((name) => [name, tensors[name]!.sha256]);
  const encoding = Object.entries(encoder).sort(([a], [b]) => (a < b ? -1 : 1));
  const content = new TextEncoder().encode(JSON.stringify([encoding, digests]));
  return `${kind}-${time}-${sha256(content).slice(0, 8)}`;
}
