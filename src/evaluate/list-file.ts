/** Lists as a file of JSON lines, one test user a line, for comparison with other tools. */

import { writeFileSync } from 'node:fs';
import { fail, succeed, type Result } from '../core/errors.js';
import type { Measured, Window } from './measure.js';

/** `{"user":…,"items":[film ids, best first]}`, in the order of the windows. Errors: file-unreadable. */
export function writeLists(path: string, windows: readonly Window[], { lists }: Measured): Result<void> {
  const lines = windows.map(({ cut, test: { user } }, i) => {
    const items = Array.from(lists[i]!, (row) => cut.train.films[row]!);
    return `${JSON.stringify({ user, items })}\n`;
  });
  try {
    writeFileSync(path, lines.join(''));
    return succeed(undefined);
  } catch (cause) {
    const hint = 'Name a file in a folder that exists and may be written.';
    return fail('file-unreadable', `cannot write ${path}: ${(cause as Error).message}`, { hint, cause });
  }
}
