/** The state: one LMDB environment that holds the catalogue, the users, every history, and how far the log has been read. */

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { fail, succeed, type Result } from '../core/errors.js';
import { openFilms, type Films } from './films.js';
import { openHistories, type Histories } from './histories.js';
import { openHeld, type Held } from './held.js';
import { openHours, type Hours } from './hours.js';
import { openImports, type Imports } from './imports.js';
import { lmdbFileIn, openRoot } from './lmdb-root.js';
import { openLookups, type Lookups } from './lookups.js';
import { openMeta, STATE_LAYOUT, type Meta } from './meta.js';
import { openPartitions, type Partitions } from './partitions.js';
import { openProfiles, type Profiles } from './profiles.js';
import { openRequests, type Requests } from './requests.js';
import { databaseSpaces, lastTransaction, type DatabaseSpace } from './space.js';
import { openTallies, type Tallies } from './tallies.js';
import { transactor, type Transact } from './transaction.js';
import { openUsers, type Users } from './users.js';
import { openViewers, type Viewers } from './viewers.js';
import { openViolations, type Violations } from './violations.js';

export interface StateStats {
  readonly users: number;
  readonly films: number;
  /** Pairs of user and film. Counting reads every history: about a second for a million users. */
  readonly interactions: number;
  readonly bytesOnDisk: number;
}

export interface State {
  readonly meta: Meta;
  readonly films: Films;
  readonly users: Users;
  readonly profiles: Profiles;
  readonly histories: Histories;
  readonly viewers: Viewers;
  readonly imports: Imports;
  /** What follows belongs to the log. */
  readonly partitions: Partitions;
  readonly held: Held;
  readonly requests: Requests;
  readonly lookups: Lookups;
  /** Lines by outcome, e.g. `accepted watch`. */
  readonly lines: Tallies;
  readonly hours: Hours;
  readonly violations: Violations;
  /** Some 100,000 pages of 4 KiB fit into one; LMDB fails what is larger, so large work goes in pieces. */
  readonly transaction: Transact;
  /** Forgets the read snapshot: a thread that never returns to its event loop calls this to see newer commits. */
  resetRead(): void;
  stats(): StateStats;
  /** What each database takes on disk, in order of name. */
  space(): DatabaseSpace[];
  /** The same text, the same content: it names the file, and the newest transaction of any process. */
  version(): string;
  close(): Promise<void>;
}

/** Every thread and process opens its own; one may write at a time, the others wait. */
export function openState(folder: string, options: { readonly readOnly?: boolean } = {}): Result<State> {
  const readOnly = options.readOnly ?? false;
  const opening = {
    ...{ what: 'a state', readOnly, missing: 'Run `matinee import` or `matinee ingest` first.' },
    hint: 'Check its permissions; if the file is damaged, remove the folder and run `matinee import` again.',
  };
  return openRoot(folder, opening, (root) => {
    const meta = openMeta(root);
    if (readOnly && meta.layout() === 0) {
      void root.close();
      return fail('data-missing', `${folder} does not hold a whole state yet`, { hint: opening.missing });
    }
    const state = stateOf(root, meta, lmdbFileIn(folder));
    // Whoever began to make it was interrupted, or nobody did.
    if (meta.layout() === 0 && state.films.count() === 0) meta.begin();
    const layout = meta.layout();
    if (layout === STATE_LAYOUT) return succeed(state);
    void root.close();
    return fail('file-unreadable', `the state in ${folder} was written by another release (layout ${layout})`, {
      hint: 'Remove the folder and fill it again: `matinee import` or `matinee ingest --from earliest`.',
    });
  });
}

function stateOf(root: RootDatabase, meta: Meta, file: string): State {
  const viewers = openViewers(root);
  const transact = transactor(root, dirname(file), [viewers]);
  const films = openFilms(root, transact);
  const histories = openHistories(root, transact, viewers);
  const profiles = openProfiles(root, transact);

  const interactions = (): number => {
    let sum = 0;
    for (const user of histories.users()) sum += histories.read(user)?.count ?? 0;
    return sum;
  };

  return {
    meta,
    films,
    users: openUsers(root, transact, profiles),
    profiles,
    histories,
    viewers,
    imports: openImports(root),
    partitions: openPartitions(root),
    held: openHeld(root),
    requests: openRequests(root),
    lookups: openLookups(root, transact),
    lines: openTallies(root, 'lines'),
    hours: openHours(root),
    violations: openViolations(root),
    transaction: transact,
    resetRead: () => root.resetReadTxn(),
    stats: () => ({
      users: histories.count(),
      films: films.count(),
      interactions: interactions(),
      bytesOnDisk: statSync(file).size,
    }),
    space: () => databaseSpaces(root),
    version: () => {
      const { ino, birthtimeMs } = statSync(file);
      return [ino, Math.floor(birthtimeMs), lastTransaction(root)].join('-');
    },
    close: () => root.close(),
  };
}
