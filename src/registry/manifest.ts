/** The manifest of a model version: what it is, how its bytes are proven, and where it came from. */

import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const unixMs = z.number().min(-8.64e15).max(8.64e15); // what a Date can hold

export const encoderSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('constant') }),
  z.strictObject({
    ...{ type: z.literal('fold-in'), alpha: z.number(), reg: z.number(), regScaling: z.number() },
    floor: z.number().exactOptional(),
    ratingHigh: z.number().exactOptional(),
  }),
  z.strictObject({
    ...{ type: z.literal('sum'), floor: z.number(), ratingHigh: z.number() },
    recency: z.number().exactOptional(),
  }),
]);

export const kindSchema = z.enum(['popularity', 'ials', 'linear', 'text']);

const weight = z.number();

export const coldSchema = z.strictObject({
  ...{ prior: weight, genre: weight, text: weight, era: weight, group: weight },
  ...{ dislikedGenre: weight, popular: weight, unpopular: weight },
});

export const tensorSchema = z.strictObject({
  dtype: z.enum(['f32', 'i32', 'u8']),
  /** Row-major, at most two axes. */
  shape: z.array(count).min(1).max(2),
  bytes: count,
  /** SHA-256 of the whole tensor's little-endian bytes. */
  sha256,
  /** SHA-256 of each chunk of 1 MiB, the last one shorter: they tell which part of a damaged tensor is damaged. */
  chunks: z.array(sha256),
});

const codeSchema = z.strictObject({
  version: z.string(),
  /** Null where the code does not run from a Git work tree. */
  commit: z.string().nullable(),
  dirty: z.boolean().nullable(),
  lockfileSha256: sha256.nullable(),
  kernelSha256: sha256.nullable(),
  node: z.string(),
});

const snapshotSchema = z.strictObject({
  id: z.string(),
  /** Over its content. */
  sha256,
  /** By partition of the log: what lies between these offsets is in it. */
  offsets: z.record(z.string(), z.strictObject({ from: count, to: count })),
});

const dataSchema = z.strictObject({
  /** What the interactions were read from; absent in versions from before there were snapshots. */
  snapshot: snapshotSchema.optional(),
  files: z.array(z.strictObject({ name: z.string(), sha256, rows: count })),
  /** SHA-256 of the interactions the model was trained on, after every filter. */
  fingerprint: z.string().nullable(),
  users: count,
  films: count,
  interactions: count,
  /** Unix milliseconds of the first and the last interaction. */
  fromMs: unixMs,
  toMs: unixMs,
});

const metricSchema = z.union([z.number(), z.strictObject({ value: z.number(), low: z.number(), high: z.number() })]);

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** `<kind>-<YYYYMMDD>t<HHMMSS>-<8 hex digits of the SHA-256 over the tensors' digests>`. */
  id: z.string(),
  kind: kindSchema,
  encoder: encoderSchema,
  /** The weights beside the tensor `cold`. */
  cold: coldSchema.exactOptional(),
  items: count,
  dimensions: z.int().min(1),
  tensors: z.record(z.string(), tensorSchema),
  hyperparameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** Null where chance played no part, or where nobody knows. */
  seed: z.int().nullable(),
  /** The whole command line that made the version. */
  command: z.string(),
  code: codeSchema,
  /** Null for a model that was trained elsewhere. */
  data: dataSchema.nullable(),
  /** The version this one was made from, if any. */
  parent: z.string().nullable(),
  metrics: z.record(z.string(), metricSchema),
  created: z.iso.datetime(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type TensorFacts = z.infer<typeof tensorSchema>;
export type CodeFacts = z.infer<typeof codeSchema>;
export type DataFacts = z.infer<typeof dataSchema>;

/** What the maker of a version knows and its tensors do not show. */
export interface VersionFacts extends Pick<
  Manifest,
  'hyperparameters' | 'seed' | 'command' | 'code' | 'data' | 'parent' | 'metrics'
> {
  readonly created: Date;
}
