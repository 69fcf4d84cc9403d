/** Write transactions that nest by joining the one that is open: LMDB's own child transactions cost more than the work. */

import type { RootDatabase } from 'lmdb';
import { MatineeError } from '../core/errors.js';
import { lmdbFileIn } from './lmdb-root.js';
import { shortageAt } from './room.js';

/**
 * All of `work` or, when it throws, nothing of the outermost transaction. Durable when the outermost returns. Throws
 * `storage-failed` when the disk does not take it or might not, `storage-broken` when LMDB takes nothing any more: deep inside an
 * import or a training run there is nobody who could go on.
 *
 * `work` reads a range whole before it changes anything in it.
 */
export type Transact = <T>(work: () => T) => T;

/** Something that collects what a transaction will write, e.g. counts. */
export interface Participant {
  /** The outermost work is done: write what was collected. */
  flush(): void;
  /** The transaction failed: what was collected is void. */
  forget(): void;
}

/** `folder` is what the error names. */
export function transactor(root: RootDatabase, folder: string, participants: readonly Participant[] = []): Transact {
  let isOpen = false;
  return (work) => {
    if (isOpen) return work();
    const shortage = shortageAt(lmdbFileIn(folder));
    if (shortage !== undefined) throw refused(folder, shortage);
    isOpen = true;
    try {
      return root.transactionSync(() => {
        const result = work();
        for (const participant of participants) participant.flush();
        return result;
      });
    } catch (error) {
      for (const participant of participants) participant.forget();
      throw isStorageFault(error) ? storageFailed(folder, error) : error;
    } finally {
      isOpen = false;
    }
  };
}

/** LMDB's errors are plain ones with the number of the fault. */
const isStorageFault = (error: unknown): error is Error =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'number';

/** Page not found, corrupted, panic, map full, bad transaction: after one of them each further use of the environment fails. */
const BROKEN = [-30797, -30796, -30795, -30792, -30782];

const storageFailed = (folder: string, cause: Error): MatineeError =>
  BROKEN.includes((cause as Error & { code: number }).code)
    ? broken(folder, cause)
    : refused(folder, cause.message, cause);

const broken = (folder: string, cause: Error): MatineeError =>
  new MatineeError('storage-broken', `the database in ${folder} cannot be used any more: ${cause.message}`, {
    hint: 'Is memory short? What was stored before is whole: restart this process.',
    fields: { folder },
    cause,
  });

const refused = (folder: string, why: string, cause?: Error): MatineeError =>
  new MatineeError('storage-failed', `cannot write to ${folder}: ${why}`, {
    hint: 'Is the disk full? What was stored before is whole: make room, and run the same command again.',
    fields: { folder },
    cause,
  });
