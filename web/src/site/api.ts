/** Asks the site's endpoints; what goes wrong is told in words to whoever looks at the page. */

import { signal } from '@preact/signals';
import type { Refusal } from '../../../src/sim/page/answers.js';

/** Of what was asked last. */
export const problem = signal<Refusal>();

const gone: Refusal = { message: 'The site does not answer.', hint: 'Is it still running? Then try again.' };

/**
 * With a body it is a POST. `T` is the type in src/sim/page/answers.ts of what the path answers.
 * @returns undefined when it was refused or failed
 */
export async function ask<T extends object>(path: string, body?: object): Promise<T | undefined> {
  const posted = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, body === undefined ? {} : posted);
    const answer = (await response.json()) as T | Refusal;
    problem.value = response.ok ? undefined : (answer as Refusal);
    return response.ok ? (answer as T) : undefined;
  } catch {
    problem.value = gone;
    return undefined;
  }
}
