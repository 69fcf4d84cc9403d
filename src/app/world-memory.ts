/** What a simulated world must know to go on after it was stopped: its time, who has an account, and who came from outside. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { guestSchema } from '../sim/site/guest.js';
import { fail, succeed, type Result } from '../core/errors.js';
import { parseJson } from '../core/json.js';

const schema = z.strictObject({
  seed: z.int().min(0),
  /** How often it was played. */
  runs: z.int().min(0),
  timeMs: z.int().min(0),
  registered: z.int().min(1),
  /** People who signed up on its page. */
  guests: z.array(guestSchema).readonly().default([]),
});

export type WorldMemory = z.output<typeof schema>;

/**
 * What was remembered of the world of this seed; undefined where there is none yet.
 * Errors: file-unreadable, format-invalid, usage (it is of another seed: its viewers would be other people under the same ids).
 */
export function recall(path: string, seed: number): Result<WorldMemory | undefined> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return succeed(undefined);
    return fail('file-unreadable', `cannot read ${path} (${(cause as Error).message})`, { cause, fields: { path } });
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success && parsed.data.seed !== seed) {
    return fail('usage', `${path} is of a world of seed ${parsed.data.seed}, not ${seed}`, {
      hint: `Go on with --seed ${parsed.data.seed}, or begin another world with another --data-dir.`,
      fields: { path },
    });
  }
  if (parsed.success) return succeed(parsed.data);
  return fail('format-invalid', `${path} is not what a simulated world keeps: ${z.prettifyError(parsed.error)}`, {
    hint: 'Delete it: the world then begins anew, behind the log that is there.',
    fields: { path },
  });
}

/** A reader finds the old content or the new, never half of it. */
export function remember(path: string, memory: WorldMemory): void {
  writeFileSync(`${path}.part`, JSON.stringify(memory));
  renameSync(`${path}.part`, path);
}
