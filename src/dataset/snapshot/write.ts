/** Writes a state as a snapshot: all of it or nothing, and all from one moment, whoever else writes into the state meanwhile. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, MatineeError, succeed, type Result } from '../../core/errors.js';
import type { OnProgress } from '../../core/progress.js';
import type { State } from '../../store/state.js';
import { logFactsOf } from './log-facts.js';
import { contentDigest, MANIFEST_FILE, snapshotId, type FileFacts, type SnapshotManifest } from './manifest.js';
import { publish, workFolder } from './shelf.js';
import type { Row, Table } from './table.js';
import { fileOf, tables } from './tables.js';
import { writeTable } from './write-table.js';

export interface SnapshotFacts {
  /** Of the program that writes. */
  readonly code: SnapshotManifest['code'];
  readonly created: Date;
  readonly onProgress: OnProgress;
}

/**
 * It does not return to the event loop in between: until then LMDB keeps one read transaction open, and so what other processes
 * commit stays out (their pages are kept for us: a state that is written to grows by as much in that time). One row group of one
 * table is in memory at a time. Errors: storage-failed.
 */
export function writeSnapshot(state: State, shelf: string, facts: SnapshotFacts): Result<SnapshotManifest> {
  let folder: string | undefined;
  try {
    folder = workFolder(shelf);
    state.resetRead();
    const stateVersion = state.version(); // before the first row: at worst it is too old, and the next snapshot is made in vain
    const files: Record<string, FileFacts> = {};
    for (const table of tables) {
      const rows = told(table, state, facts.onProgress);
      const written = writeTable(join(folder, fileOf(table)), table.columns, rows);
      files[fileOf(table)] = { ...written, columns: columnsOf(table) };
    }
    const content = {
      ...{ format: 1 as const, code: facts.code, layout: state.meta.layout(), ...logFactsOf(state) },
      counts: {
        users: state.histories.count(),
        films: state.films.count(),
        interactions: files['interactions.parquet']!.rows,
      },
      files,
    };
    const sha256 = contentDigest(content);
    const id = snapshotId(facts.created, sha256);
    const manifest = { id, created: facts.created.toISOString(), stateVersion, sha256, ...content };
    writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    publish(shelf, folder, id);
    return succeed(manifest);
  } catch (cause) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    if (!isFileFault(cause)) throw cause;
    return fail('storage-failed', `cannot write a snapshot into ${shelf}: ${cause.message}`, {
      hint: 'Is the disk full? The state and the snapshots before are untouched.',
      cause,
    });
  }
}

export const columnsOf = ({ columns }: Pick<Table, 'columns'>): FileFacts['columns'] =>
  Object.entries(columns).map(([name, type]) => ({ name, type }));

const ROWS_A_REPORT = 50_000;

function* told(table: Table, state: State, onProgress: OnProgress): Generator<Row> {
  let done = 0;
  for (const row of table.rows(state)) {
    yield row;
    if (++done % ROWS_A_REPORT === 0) onProgress({ task: `snapshot: ${table.name}`, done });
  }
}

const isFileFault = (error: unknown): error is Error =>
  error instanceof Error && !(error instanceof MatineeError) && 'syscall' in error;
