/** What a key of a scenario file may be: a schema, and the words for refusals and for the reference. */

import { z } from 'zod';
import { parseWorldDuration } from './duration.js';

export interface Notes {
  readonly summary: string;
  /** Completing "must be …". */
  readonly allowed: string;
  /** As it would stand in the file; undefined where there is none. */
  readonly fallback: string | undefined;
}

const registry = z.registry<Notes>();

/** Every key of every schema here has them. */
export const notesOf = (schema: z.ZodObject, key: string): Notes => registry.get(schema.shape[key] as z.ZodType)!;

export function noted<S extends z.ZodType>(schema: S, allowed: string, summary: string, fallback?: unknown): S {
  registry.add(schema, {
    summary,
    allowed,
    fallback: fallback === undefined ? undefined : JSON.stringify(fallback),
  });
  return schema;
}

export const share = (summary: string, fallback: number) =>
  noted(z.number().min(0).max(1).default(fallback), 'a number from 0 to 1', summary, fallback);

export const number = (low: number, high: number, summary: string, fallback: number) =>
  noted(z.number().min(low).max(high).default(fallback), `a number from ${low} to ${high}`, summary, fallback);

export const wholeNumber = (low: number, high: number, summary: string, fallback: number) =>
  noted(z.int().min(low).max(high).default(fallback), `a whole number from ${low} to ${high}`, summary, fallback);

export const DURATION = 'a whole number of seconds, minutes, hours or days, such as 90s, 10m, 2h or 3d';

/** World seconds. */
export const seconds = (low: number) =>
  z
    .string()
    .transform((text) => parseWorldDuration(text) ?? NaN)
    .pipe(z.number().min(low));

export const duration = (summary: string, fallback: string) =>
  noted(seconds(0).prefault(fallback), DURATION, summary, fallback);

export const oneOfNames = <const T extends readonly [string, ...string[]]>(names: T, summary: string) =>
  noted(z.enum(names), names.join(' or '), summary);
