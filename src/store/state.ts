/** The state: one LMDB environment that holds the catalogue, every user's history and where they came from. */

import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { fail, succeed, type Result } from '../core/errors.js';
import { openFilms, type Films } from './films.js';
import { openHistories, type Histories } from './histories.js';
import { openImports, type Imports } from './imports.js';
import { lmdbFault } from './lmdb-file.js';
import { transactor, type Transact } from './transaction.js';

export interface StateStats {
  readonly users: number;
  readonly films: number;
  /** Pairs of user and film. Counting reads every history: about a second for a million users. */
  readonly interactions: number;
  readonly bytesOnDisk: number;
}

export interface State {
  readonly films: Films;
  readonly histories: Histories;
  readonly imports: Imports;
  /** Some 100,000 pages of 4 KiB fit into one; LMDB fails what is larger, so large work goes in pieces. */
  readonly transaction: Transact;
  /** Forgets the read snapshot: a thread that never returns to its event loop calls this to see newer commits. */
  resetRead(): void;
  stats(): StateStats;
  close(): Promise<void>;
}

const hint = 'Check its permissions; if the file is damaged, remove the folder and run `matinee import` again.';

/** Every thread and process opens its own; one may write at a time, the others wait. */
export function openState(folder: string, options: { readonly readOnly?: boolean } = {}): Result<State> {
  const readOnly = options.readOnly ?? false;
  const file = join(folder, 'data.mdb');
  if (readOnly && !existsSync(file)) {
    return fail('data-missing', `there is no state in ${folder}`, { hint: 'Run `matinee import` first.' });
  }
  try {
    const fault = existsSync(file) ? lmdbFault(file) : undefined;
    if (fault !== undefined) return fail('file-unreadable', fault, { hint });
    // An explicit noSubdir: else LMDB takes a folder with a dot in its name for a file.
    const root = open({ path: folder, readOnly, noSubdir: false });
    return succeed(stateOf(root, file));
  } catch (cause) {
    return fail('file-unreadable', `cannot open the state in ${folder}: ${(cause as Error).message}`, { hint, cause });
  }
}

function stateOf(root: RootDatabase, file: string): State {
  const transact = transactor(root, dirname(file));
  const films = openFilms(root, transact);
  const histories = openHistories(root, transact);
  const imports = openImports(root);

  const interactions = (): number => {
    let sum = 0;
    for (const user of histories.users()) sum += histories.read(user)?.count ?? 0;
    return sum;
  };

  return {
    films,
    histories,
    imports,
    transaction: transact,
    resetRead: () => root.resetReadTxn(),
    stats: () => ({
      users: histories.count(),
      films: films.count(),
      interactions: interactions(),
      bytesOnDisk: statSync(file).size,
    }),
    close: () => root.close(),
  };
}
