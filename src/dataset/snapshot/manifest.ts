/** The manifest of a snapshot: what its files hold, how their bytes are proven, and how far the log had been read. */

import { createHash } from 'node:crypto';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

const fileSchema = z.strictObject({
  rows: count,
  bytes: count,
  sha256,
  /** In their order; types as in table.ts. */
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
});

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** `<YYYYMMDD>t<HHMMSS>-<the first 8 digits of sha256>`, the time in UTC. */
  id: z.string(),
  created: z.iso.datetime(),
  /** Of the state at that moment, see `State.version`. */
  stateVersion: z.string(),
  /** Over the content: everything that follows. */
  sha256,
  /** The program that wrote it. */
  code: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])),
  /** Layout of the state. */
  layout: count,
  topic: z.string().nullable(),
  /** The highest rating of the scale; null before any was learned. */
  ratingHigh: z.number().nullable(),
  /** Users with a history; films in the catalogue; pairs of user and film. */
  counts: z.strictObject({ users: count, films: count, interactions: count }),
  /**
   * By partition: the lines from the offset `from` on, before `to`, are in the snapshot, as far as the log still had them when
   * they were read.
   */
  offsets: z.record(z.string(), z.strictObject({ from: count, to: count })),
  /** By partition: when its first and its newest line were written, ms since 1970, and ratings not yet weighed for the scale. */
  coverage: z.record(
    z.string(),
    z.strictObject({ sinceMs: z.number(), newestMs: z.number(), ratings: z.record(z.string(), count) }),
  ),
  /** Lines by outcome. */
  lines: z.record(z.string(), z.int()),
  imports: z.array(
    z.strictObject({
      ...{ name: z.string(), format: z.string(), sha256, rows: count, accepted: count },
      at: z.string(),
    }),
  ),
  files: z.record(z.string(), fileSchema),
});

export type SnapshotManifest = z.infer<typeof manifestSchema>;
export type FileFacts = z.infer<typeof fileSchema>;
export type SnapshotContent = Omit<SnapshotManifest, 'id' | 'created' | 'stateVersion' | 'sha256'>;

export const MANIFEST_FILE = 'manifest.json';

/** Of the content: the same state, written by the same program, has the same. */
export function contentDigest(manifest: SnapshotContent): string {
  const content = Object.entries(manifest).filter(([key]) => !notContent.has(key));
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(content)))
    .digest('hex');
}

const notContent = new Set(['id', 'created', 'stateVersion', 'sha256']);

export function snapshotId(created: Date, digest: string): string {
  const time = created.toISOString().replace(/\..*/, '').replace(/[-:]/g, '').replace('T', 't');
  return `${time}-${digest.slice(0, 8)}`;
}

export const isSnapshotId = (name: string): boolean => /^\d{8}t\d{6}-[0-9a-f]{8}$/.test(name);

/** Keys in order of their code units, no blanks. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
