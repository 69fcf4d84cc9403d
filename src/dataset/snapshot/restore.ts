/** Fills an empty state from a snapshot: afterwards it is the state that was written, and ingest goes on from its offsets. */

import { join } from 'node:path';
import { fail, type Result } from '../../core/errors.js';
import type { OnProgress } from '../../core/progress.js';
import { STATE_LAYOUT } from '../../store/meta.js';
import type { State } from '../../store/state.js';
import { filmTable, restoreViewers } from './film-table.js';
import { restoreLogFacts } from './log-facts.js';
import type { SnapshotManifest } from './manifest.js';
import { readRows } from './read-table.js';
import { fileOf, tables } from './tables.js';
import { verifySnapshot } from './verify.js';

/**
 * In transactions of one row group each: when it fails half-way the state is good for nothing. Errors: usage (the state is not
 * empty), those of `verifySnapshot`, format-invalid (a state of another layout).
 */
export async function restoreSnapshot(
  state: State,
  folder: string,
  onProgress: OnProgress,
): Promise<Result<SnapshotManifest>> {
  if (!isEmpty(state)) {
    return fail('usage', 'the state is not empty', { hint: 'Give a fresh place with --data-dir.' });
  }
  const manifest = await verifySnapshot(folder);
  if (!manifest.ok) return manifest;
  if (manifest.value.layout !== STATE_LAYOUT) {
    return fail('format-invalid', `the snapshot in ${folder} is of a state of layout ${manifest.value.layout}`, {
      hint: `This release writes layout ${STATE_LAYOUT}: fill a state from the log instead, \`matinee ingest --from earliest\`.`,
    });
  }
  for (const table of tables) {
    let done = 0;
    for await (const rows of readRows(join(folder, fileOf(table)), table.columns)) {
      state.transaction(() => {
        table.restore(state, rows);
      });
      done += rows.length;
      onProgress({ task: `restore: ${table.name}`, done, total: manifest.value.files[fileOf(table)]!.rows });
    }
  }
  for await (const rows of readRows(join(folder, fileOf(filmTable)), filmTable.columns)) {
    state.transaction(() => {
      restoreViewers(state, rows);
    });
  }
  state.transaction(() => {
    restoreLogFacts(state, manifest.value);
  });
  return manifest;
}

const isEmpty = ({ films, users, histories, partitions }: State): boolean =>
  films.count() + users.count() + histories.count() + [...partitions.all()].length === 0;
