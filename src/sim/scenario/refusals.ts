/** Checks an object of a scenario file against a schema, and says of each key that is wrong what it may be. */

import type { z } from 'zod';
import { didYouMean } from '../../core/nearest.js';
import { printable } from '../../core/printable.js';
import { notesOf } from './parameters.js';

export type Checked<T> = { readonly value: T } | { readonly problems: readonly string[] };

export const problemsIn = (...checked: readonly Checked<unknown>[]): string[] =>
  checked.flatMap((one) => ('problems' in one ? one.problems : []));

const SHOWN_LENGTH = 60;
const shown = (value: unknown): string => printable(JSON.stringify(value), SHOWN_LENGTH);

/** `acts[1]` and `film` → `acts[1].film` */
const pathOf = (where: string, key: string): string => (where === '' ? key : `${where}.${key}`);

/**
 * @param where path of the object in the file, empty for the whole
 * @param otherKeys that are allowed beside those of the schema, and have been taken out of `given`
 */
export function check<S extends z.ZodObject>(
  schema: S,
  given: unknown,
  where: string,
  otherKeys: readonly string[] = [],
): Checked<z.output<S>> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return { value: parsed.data };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { problems: [`${where || 'the file'} is ${shown(given)}: must be an object`] };
  }

  const keys = [...otherKeys, ...Object.keys(schema.shape)];
  const problems = parsed.error.issues.flatMap((issue): string[] => {
    const key = issue.path[0];
    if (typeof key === 'string') return [refusal(schema, key, (given as Record<string, unknown>)[key], where)];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(
        (name) => `${pathOf(where, printable(name, SHOWN_LENGTH))} means nothing: ${didYouMean(name, keys)}`,
      );
    }
    return [`${where}: ${issue.message}`];
  });
  return { problems: [...new Set(problems)] };
}

function refusal(schema: z.ZodObject, key: string, value: unknown, where: string): string {
  const { allowed } = notesOf(schema, key);
  const what = value === undefined ? 'is missing' : `is ${shown(value)}`;
  return `${pathOf(where, key)} ${what}: must be ${allowed}`;
}
