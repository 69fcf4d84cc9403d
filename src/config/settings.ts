/** Every setting of the service: its schema, its default, and the words for help and refusals. */

import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { parseDuration } from '../core/units.js';

/** Flags and environment variables bring text, the file brings JSON numbers: both are read. */
const wholeNumber = (low: number, high: number) =>
  z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(low).max(high));

const milliseconds = (low: number, high: number) =>
  z.string().transform(parseDuration).pipe(z.number().min(low).max(high));

const path = z.string().min(1);
const host = z.string().regex(/^[^\s/]+$/);
const port = wholeNumber(0, 65_535);
/** Empty: not set. */
const optional = (pattern: RegExp) =>
  z.union([z.literal(''), z.string().regex(pattern)]).transform((text) => text || undefined);
const dollars = z.union([
  z.literal('').transform(() => undefined),
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d+(\.\d+)?$/)
        .transform(Number),
    ])
    .pipe(z.number().min(0).max(1_000_000)),
]);
const httpUrl = optional(/^https?:\/\/[^\s/?#@]+$/);

const UTC = 'UTC';
/** East of UTC is positive. */
const zoneMs = z
  .string()
  .regex(/^(UTC|[+-]([01]\d|2[0-3]):[0-5]\d)$/)
  .transform((zone) => {
    if (zone === UTC) return 0;
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
    return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
  });

const LEARNED = 'learned';
const ratingScale = z
  .string()
  .regex(/^(learned|\d{1,3}-\d{1,3})$/)
  .transform((text) => {
    if (text === LEARNED) return undefined;
    const [low, high] = text.split('-').map(Number) as [number, number];
    return { low, high };
  })
  .refine((scale) => scale === undefined || scale.low < scale.high);

export const schema = z.object({
  dataDir: path,
  modelsDir: path,
  host,
  port,
  adminHost: host,
  adminPort: port,
  sitePort: port,
  deadline: milliseconds(1, 60_000),
  workers: wholeNumber(1, 64),
  transport: z.enum(['auto', 'uws', 'node']),
  seed: wholeNumber(0, 4_294_967_295),
  source: optional(/^(dir:.+|kafka:\/\/[^\s/]+\/[^\s/]+)$/),
  filmApi: httpUrl,
  userApi: httpUrl,
  lookupRate: wholeNumber(1, 10_000),
  ratingScale,
  logZone: zoneMs,
  kafkaGroup: optional(/^\S+$/),
  kafkaMechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
  kafkaUser: optional(/./),
  kafkaPassword: optional(/./),
  kafkaTls: z.enum(['off', 'on']),
  kafkaCa: optional(/./),
  llmUrl: optional(/^https?:\/\/[^\s?#@]+$/),
  llmKey: optional(/^[\x21-\x7e]+$/),
  llmModel: optional(/./),
  llmInputUsd: dollars,
  llmOutputUsd: dollars,
  llmDailyUsd: dollars,
  llmTimeout: milliseconds(100, 600_000),
});

export type SettingKey = keyof z.output<typeof schema>;

export interface Setting {
  readonly fallback: string | number;
  /** What stands for the value in help, e.g. `path`. */
  readonly placeholder: string;
  readonly summary: string;
  /** What a value may be, completing "must be …". */
  readonly allowed: string;
  /** Never printed, and no flag: every process of the machine can read those. */
  readonly secret?: true;
}

const httpAllowed = 'http:// or https:// with host and port, nothing behind them';
const someDollars = 'a number of dollars such as 0.15';
const somePort = 'a whole number from 0 to 65535 (0 takes any free port)';

export const settings: Readonly<Record<SettingKey, Setting>> = {
  dataDir: { fallback: './var', placeholder: 'path', summary: 'folder of films and histories', allowed: 'a path' },
  modelsDir: { fallback: './models', placeholder: 'path', summary: 'folder of model versions', allowed: 'a path' },
  host: { fallback: '0.0.0.0', placeholder: 'address', summary: 'public address', allowed: 'a name or IP address' },
  port: { fallback: 8082, placeholder: 'n', summary: 'public port', allowed: somePort },
  adminHost: {
    fallback: '127.0.0.1',
    placeholder: 'address',
    summary: "operators' address",
    allowed: 'a name or IP address',
  },
  adminPort: { fallback: 8083, placeholder: 'n', summary: "operators' port", allowed: somePort },
  sitePort: {
    fallback: 8080,
    placeholder: 'n',
    summary: 'port of the simulated site of `matinee start`',
    allowed: somePort,
  },
  deadline: {
    fallback: '250ms',
    placeholder: 'duration',
    summary: 'time for a personal answer before the next rung answers',
    allowed: 'a duration from 1ms to 1m, such as 250ms',
  },
  workers: {
    fallback: Math.max(1, availableParallelism() - 1),
    placeholder: 'n',
    summary: 'worker threads that score',
    allowed: 'a whole number from 1 to 64',
  },
  transport: {
    fallback: 'auto',
    placeholder: 'name',
    summary: 'HTTP transport: auto, uws or node',
    allowed: 'auto, uws or node',
  },
  seed: {
    fallback: 1,
    placeholder: 'n',
    summary: 'seed of every random number',
    allowed: 'a whole number from 0 to 4294967295',
  },
  source: {
    fallback: '',
    placeholder: 'url',
    summary: "the site's log: dir:PATH or kafka://host:port/topic",
    allowed: 'dir:PATH or kafka://host:port[,host:port]/topic',
  },
  filmApi: { fallback: '', placeholder: 'url', summary: 'where /movie/<id> is asked', allowed: httpAllowed },
  userApi: { fallback: '', placeholder: 'url', summary: 'where /user/<id> is asked', allowed: httpAllowed },
  lookupRate: {
    fallback: 10,
    placeholder: 'n',
    summary: 'most requests a second to each API, of up to 200 ids',
    allowed: 'a whole number from 1 to 10000',
  },
  ratingScale: {
    fallback: LEARNED,
    placeholder: 'scale',
    summary: 'the scale of ratings: learned, or such as 1-10',
    allowed: 'learned, or a lowest and a highest rating such as 1-10',
  },
  logZone: {
    fallback: UTC,
    placeholder: 'zone',
    summary: "the zone of the log's times: UTC, or such as +02:00",
    allowed: 'UTC, or hours and minutes from it such as +02:00',
  },
  kafkaGroup: {
    fallback: '',
    placeholder: 'name',
    summary: 'consumer group, one for each state (default: named after the state)',
    allowed: 'a name without blanks',
  },
  kafkaMechanism: {
    fallback: 'plain',
    placeholder: 'name',
    summary: 'SASL: plain, scram-sha-256 or scram-sha-512',
    allowed: 'plain, scram-sha-256 or scram-sha-512',
  },
  kafkaUser: { fallback: '', placeholder: 'name', summary: 'SASL user; empty: no SASL', allowed: 'a name' },
  kafkaPassword: {
    fallback: '',
    placeholder: 'text',
    summary: 'SASL password',
    allowed: 'a password',
    secret: true,
  },
  kafkaTls: { fallback: 'off', placeholder: 'off|on', summary: 'whether the brokers speak TLS', allowed: 'off or on' },
  kafkaCa: {
    fallback: '',
    placeholder: 'file',
    summary: 'PEM file of the authority that signed the brokers’ certificates',
    allowed: 'a file',
  },
  llmUrl: {
    fallback: '',
    placeholder: 'url',
    summary: 'a language model that reads self-descriptions too: base URL of its chat completions; empty: none',
    allowed: 'http:// or https:// without user, query or fragment, such as https://llm.example/v1',
  },
  llmKey: { fallback: '', placeholder: 'text', summary: 'its API key', allowed: 'a key without blanks', secret: true },
  llmModel: { fallback: '', placeholder: 'name', summary: 'its name at that URL', allowed: 'a name' },
  llmInputUsd: {
    fallback: '',
    placeholder: 'usd',
    summary: 'what a million tokens sent to it cost, in dollars; 0 where nothing is charged',
    allowed: someDollars,
  },
  llmOutputUsd: {
    fallback: '',
    placeholder: 'usd',
    summary: 'what a million tokens of its answers cost, in dollars',
    allowed: someDollars,
  },
  llmDailyUsd: {
    fallback: '',
    placeholder: 'usd',
    summary: 'what it may cost in a day (UTC), in dollars',
    allowed: someDollars,
  },
  llmTimeout: {
    fallback: '30s',
    placeholder: 'duration',
    summary: 'time for one of its answers',
    allowed: 'a duration from 100ms to 10m, such as 30s',
  },
};

export const settingKeys = Object.keys(settings) as readonly SettingKey[];

/** `dataDir` → `--data-dir` */
export const flagOf = (key: SettingKey): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `dataDir` → `MATINEE_DATA_DIR` */
export const variableOf = (key: SettingKey): string => `MATINEE_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
