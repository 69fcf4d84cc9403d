/** Asks the operators' API; what goes wrong comes back as words for the reader. */

import type { Problem } from '../../src/serve/admin-answers.js';

export type Asked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem['error'] };

const gone: Problem['error'] = {
  message: 'The server does not answer.',
  hint: 'Is it still running? This page goes on by itself when it is back.',
};

/** `T` is the type that the path's schema in src/serve/admin-answers.ts has: server and page are built together. */
export async function ask<T extends object>(path: string): Promise<Asked<T>> {
  try {
    const response = await fetch(path);
    const body = (await response.json()) as T | Problem;
    return 'error' in body ? { ok: false, problem: body.error } : { ok: true, value: body };
  } catch {
    return { ok: false, problem: gone };
  }
}
