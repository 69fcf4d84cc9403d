/** The JSON answers of the operators' API: one schema each, from which both the types and the OpenAPI document are made. */

import { z } from 'zod';

const count = z.int().min(0);
const filmId = z.string().describe("The film in the site's vocabulary.");
const title = z.string();
const year = z.number().nullable();
const milliseconds = z.number().min(0);

const tierSchema = z.enum(['personal', 'cold', 'popular', 'static']);

const checkSchema = z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() });

export const readinessSchema = z.strictObject({ ready: z.boolean(), checks: z.array(checkSchema).readonly() });

export const versionSchema = z.strictObject({
  version: z.string(),
  commit: z.string().nullable().describe('Null where the code does not run from a Git work tree.'),
  node: z.string(),
  transport: z.enum(['uws', 'node']),
  kernel: z.string().describe('The first 12 hex digits of the SHA-256 of serving.wasm.'),
  model: z.string().nullable().describe('The version that serves now; null while none does.'),
});

const reasonSchema = z.strictObject({
  id: filmId,
  title,
  contribution: z.number().describe('What this film of the history adds to the score.'),
});

const recommendedSchema = z.strictObject({
  id: filmId,
  title,
  year,
  genres: z.array(z.string()).readonly(),
  score: z.number().nullable().describe('Null on a rung that does not score.'),
  reasons: z.array(reasonSchema).readonly().describe('Strongest first; empty for a model that ignores the history.'),
});

const watchedSchema = z.strictObject({
  id: filmId,
  title,
  year,
  rating: z.number().nullable().describe('On the scale it was given in.'),
  minutes: z.number().nullable().describe('The highest minute watched.'),
  lastMs: milliseconds.describe('Unix time of the newest event; 0 when unknown.'),
});

export const explainedAnswerSchema = z.strictObject({
  user: count,
  tier: tierSchema,
  model: z.string().nullable(),
  arm: z.string(),
  items: z.array(recommendedSchema).readonly().describe('Best first.'),
  history: z.array(watchedSchema).readonly().describe('Newest first, at most 100.'),
  historyCount: count.describe('Films in the whole history.'),
});

const share = z.number().min(0).max(1);

export const liveSchema = z.strictObject({
  uptimeSeconds: z.number().min(0),
  requests: z.array(count).readonly().describe('Answers in each of the last 60 whole seconds, oldest first.'),
  p50Ms: milliseconds.nullable().describe('Median latency over these seconds; null without answers.'),
  p99Ms: milliseconds.nullable(),
  tiers: z
    .strictObject({ personal: share, cold: share, popular: share, static: share })
    .readonly()
    .describe('Share of the answers each rung gave over these seconds; all 0 without answers.'),
});

export const exampleUsersSchema = z.strictObject({ users: z.array(count).readonly() });

export const problemSchema = z.strictObject({
  error: z.strictObject({ message: z.string(), hint: z.string().optional() }),
});

export type VersionInfo = Readonly<z.infer<typeof versionSchema>>;
export type ExplainedAnswer = Readonly<z.infer<typeof explainedAnswerSchema>>;
export type LiveSnapshot = Readonly<z.infer<typeof liveSchema>>;
export type ExampleUsers = Readonly<z.infer<typeof exampleUsersSchema>>;
export type Problem = Readonly<z.infer<typeof problemSchema>>;
