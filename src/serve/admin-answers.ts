/** The JSON answers of the operators' API: one schema each, from which both the types and the OpenAPI document are made. */

import { z } from 'zod';
import { reasonKinds } from '../engine/protocol.js';

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
  kind: z.enum(reasonKinds).describe('A film that was watched, or what somebody without a history says.'),
  id: filmId.nullable().describe('Null for what is no film.'),
  title: z.string().describe('Of the film; else the genre, decade or group in words.'),
  contribution: z.number().describe('What it adds to the score.'),
});

const recommendedSchema = z.strictObject({
  id: filmId,
  title,
  year,
  genres: z.array(z.string()).readonly(),
  score: z.number().nullable().describe('Null on a rung that does not score.'),
  reasons: z
    .array(reasonSchema)
    .readonly()
    .describe('Strongest first; empty for a model that is the same for everybody.'),
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
  overlay: count.describe('Number of the catalogue overlay behind the model; 0 for none.'),
  arm: z.string(),
  items: z.array(recommendedSchema).readonly().describe('Best first.'),
  history: z.array(watchedSchema).readonly().describe('Newest first, at most 100.'),
  historyCount: count.describe('Films in the whole history.'),
});

const share = z.number().min(0).max(1);

const answerCountsSchema = z
  .strictObject({
    requests: count,
    byStatus: z
      .record(z.string(), count)
      .readonly()
      .describe('Requests by the status in the log: 200 is a success, 0 no answer in time. Only what there was.'),
    availability: share.nullable().describe('Share of the requests with status 200; null without requests.'),
  })
  .readonly();

const liveLogSchema = z
  .strictObject({
    newestMs: milliseconds.nullable().describe('Unix time of the newest line; null before the first.'),
    linesPerSecond: z.number().min(0).describe('Lines read, over the last ten seconds.'),
    lag: count.describe('Lines not read yet, about.'),
    hour: answerCountsSchema.describe('The hour of the log that ends with its newest line.'),
    day: answerCountsSchema.describe('The 24 hours of the log that end with its newest line.'),
    personalShare: share
      .nullable()
      .describe("Of the last full hour's requests, those answered with another list than most; null without requests."),
    watchedAfterShare: share
      .nullable()
      .describe('Answers of the last day after which a listed film was begun within two hours; null for too few.'),
  })
  .readonly();

export const liveSchema = z.strictObject({
  uptimeSeconds: z.number().min(0),
  requests: z.array(count).readonly().describe('Answers in each of the last 60 whole seconds, oldest first.'),
  p50Ms: milliseconds.nullable().describe('Median latency over these seconds; null without answers.'),
  p99Ms: milliseconds.nullable(),
  tiers: z
    .strictObject({ personal: share, cold: share, popular: share, static: share })
    .readonly()
    .describe('Share of the answers each rung gave over these seconds; all 0 without answers.'),
  log: liveLogSchema.nullable().describe("What the site's log says; null when none is read."),
});

export const exampleUsersSchema = z.strictObject({ users: z.array(count).readonly() });

export const problemSchema = z.strictObject({
  error: z.strictObject({ message: z.string(), hint: z.string().optional() }),
});

export type VersionInfo = Readonly<z.infer<typeof versionSchema>>;
export type ExplainedAnswer = Readonly<z.infer<typeof explainedAnswerSchema>>;
export type LiveSnapshot = Readonly<z.infer<typeof liveSchema>>;
export type LiveLog = Readonly<z.infer<typeof liveLogSchema>>;
export type ExampleUsers = Readonly<z.infer<typeof exampleUsersSchema>>;
export type Problem = Readonly<z.infer<typeof problemSchema>>;
