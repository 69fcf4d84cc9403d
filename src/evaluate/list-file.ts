/** Lists as a file of JSON lines, one test user a line, for comparison with other tools. */

import { writeFileSync } from 'node:fs';
import { fail, succeed, type Result } from '../core/errors.js';
import type { TestCase } from './cases.js';
import type { Candidate } from './report.js';

/** `{"user":…,"items":[film ids, best first]}`. Errors: file-unreadable. */
export function writeLists(path: string, cases: readonly TestCase[], { model, lists }: Candidate): Result<void> {
  const lines = cases.map(({ user }, i) => {
    const items = Array.from(lists[i]!, (row) => model.filmIds[row]!);
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
