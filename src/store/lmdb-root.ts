/** Opens an LMDB environment only after its file was found sound, and says in one way what is wrong with it. */

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { fail, type Result } from '../core/errors.js';
import { lmdbFault } from './lmdb-file.js';
import { shortageAt } from './room.js';

export interface Opening {
  /** With its article: `the state`. */
  readonly what: string;
  readonly readOnly: boolean;
  /** What to do when there is none, which is an error only for who may not make one. */
  readonly missing: string;
  /** What to do when it cannot be opened. */
  readonly hint: string;
}

const DATABASES_MAX = 32;
const ROOM = 'Make room, and run the same command again.';

export const lmdbFileIn = (folder: string): string => join(folder, 'data.mdb');

/** `use` closes the root when it fails. Errors: data-missing, file-unreadable, storage-failed, and those of `use`. */
export function openRoot<T>(
  folder: string,
  { what, readOnly, missing, hint }: Opening,
  use: (root: RootDatabase) => Result<T>,
): Result<T> {
  const file = lmdbFileIn(folder);
  const isNew = !existsSync(file);
  if (readOnly && isNew) return fail('data-missing', `${folder} does not hold ${what}`, { hint: missing });
  try {
    if (isNew) mkdirSync(folder, { recursive: true });
    const shortage = isNew ? shortageAt(file) : undefined;
    if (shortage !== undefined)
      return fail('storage-failed', `cannot make ${what} in ${folder}: ${shortage}`, { hint: ROOM });
    const fault = isNew ? undefined : lmdbFault(file);
    if (fault !== undefined) return fail('file-unreadable', fault, { hint });
    // An explicit noSubdir: else LMDB takes a folder with a dot in its name for a file. No overlapping sync: a transaction is to
    // be on the disk when it returns, and after a writer was killed in the middle of one, closing elsewhere would never end.
    return use(open({ path: folder, readOnly, noSubdir: false, maxDbs: DATABASES_MAX, overlappingSync: false }));
  } catch (cause) {
    return fail('file-unreadable', `cannot open ${what} in ${folder}: ${(cause as Error).message}`, { hint, cause });
  }
}
