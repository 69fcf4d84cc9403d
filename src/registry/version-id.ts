/** The id of a version: readable, sortable by time, and bound to what the version computes. */

import { sha256 } from './digest.js';
import type { Manifest } from './manifest.js';

/**
 * `<kind>-<YYYYMMDD>t<HHMMSS>-<8 hex digits>`, the time in UTC, the digits from the SHA-256 over the encoder, the
 * tensors' digests and the weights of cold columns: a manifest in which one of them was altered no longer agrees with its id.
 */
export function versionId({
  kind,
  created,
  encoder,
  tensors,
  cold,
}: Pick<Manifest, 'kind' | 'created' | 'encoder' | 'tensors' | 'cold'>): string {
  const time = created.replace(/\..*/, '').replace(/[-:]/g, '').replace('T', 't');
  const digests = Object.keys(tensors)
    .sort()
    .map((name) => [name, tensors[name]!.sha256]);
  const content = new TextEncoder().encode(JSON.stringify([sorted(encoder), digests, ...(cold ? [sorted(cold)] : [])]));
  return `${kind}-${time}-${sha256(content).slice(0, 8)}`;
}

const sorted = (values: object): [string, unknown][] => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
