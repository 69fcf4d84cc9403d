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

export const schema = z.object({
  dataDir: path,
  modelsDir: path,
  host,
  port,
  adminHost: host,
  adminPort: port,
  deadline: milliseconds(1, 60_000),
  workers: wholeNumber(1, 64),
  transport: z.enum(['auto', 'uws', 'node']),
  seed: wholeNumber(0, 4_294_967_295),
});

export type SettingKey = keyof z.output<typeof schema>;

export interface Setting {
  readonly fallback: string | number;
  /** What stands for the value in help, e.g. `path`. */
  readonly placeholder: string;
  readonly summary: string;
  /** What a value may be, completing "must be …". */
  readonly allowed: string;
}

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
};

export const settingKeys = Object.keys(settings) as readonly SettingKey[];

/** `dataDir` → `--data-dir` */
export const flagOf = (key: SettingKey): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `dataDir` → `MATINEE_DATA_DIR` */
export const variableOf = (key: SettingKey): string => `MATINEE_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
