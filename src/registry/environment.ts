/**
 * The LMDB environment of a registry, opened only after it was found sound. Three databases:
 *
 *   manifests   id                          → the manifest, JSON
 *   chunks      id/tensor/000000, …000001   → up to 1 MiB of the tensor's bytes; id/overlays/…: overlay-store.ts
 *   pointers    current, previous, candidate → id; absent while unset
 */

import { statSync, truncateSync } from 'node:fs';
import type { Database, RootDatabase } from 'lmdb';
import { fail, succeed, type Result } from '../core/errors.js';
import { lmdbFileIn, openRoot } from '../store/lmdb-root.js';
import { transactor, type Transact } from '../store/transaction.js';

export interface Environment {
  readonly root: RootDatabase;
  readonly transact: Transact;
  readonly manifests: Database<string, string>;
  readonly chunks: Database<Uint8Array, string>;
  readonly pointers: Database<string, string>;
}

const missing = 'Train a model with `matinee train`, or bring one with `matinee models import`.';

/** Makes the folder unless `readOnly`. Errors: data-missing (`readOnly`, and there is no registry), file-unreadable. */
export function openEnvironment(folder: string, readOnly: boolean): Result<Environment> {
  const hint = 'Check its permissions; if the file is damaged, move it away, then train or import the models again.';
  return openRoot(folder, { what: 'a model registry', readOnly, missing, hint }, (root) => {
    if (!readOnly) restoreLength(root, lmdbFileIn(folder));
    const manifests = root.openDB<string, string>({ name: 'manifests', encoding: 'string' });
    const chunks = root.openDB<Uint8Array, string>({ name: 'chunks', encoding: 'binary' });
    const pointers = root.openDB<string, string>({ name: 'pointers', encoding: 'string' });
    // Undefined, whatever its types say, when the environment may not be written and holds no such database.
    if ([manifests, chunks, pointers].includes(undefined!)) {
      void root.close();
      return fail('data-missing', `${folder} does not hold a model registry`, { hint: missing });
    }
    walk([manifests, chunks, pointers]);
    return succeed({ root, transact: transactor(root, folder), manifests, chunks, pointers });
  });
}

/**
 * A page beyond the end of a file that was cut off would end the process with a signal; a page of zeros is an error that
 * can be told. Inside a write transaction, because another process may be making the file longer.
 */
function restoreLength(root: RootDatabase, file: string): void {
  root.transactionSync(() => {
    const { pageSize, lastPageNumber } = root.getStats() as { pageSize: number; lastPageNumber: number };
    const length = (lastPageNumber + 1) * pageSize;
    if (statSync(file).size < length) truncateSync(file, length);
  });
}

/** Touches every page of the trees, so that a damaged one is found now and not under a request. */
function walk(databases: readonly Database<unknown, string>[]): void {
  for (const database of databases) database.getKeysCount();
}
