/** Composition of an import: the state, opened for writing, and the files. */

import { join } from 'node:path';
import type { Config } from '../config/load.js';
import type { Result } from '../core/errors.js';
import { packageRoot } from '../core/package.js';
import type { OnProgress } from '../core/progress.js';
import { importFiles, type ImportOptions } from '../ingest/import/import.js';
import type { ImportReport } from '../ingest/import/report.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';

/** MovieLens latest-small, which ships with the sources (data/README.md). */
export const bundledData = join(packageRoot, 'data/movielens-latest-small');

export async function importInto(
  config: Config,
  options: ImportOptions,
  onProgress: OnProgress,
): Promise<Result<ImportReport>> {
  const state = openState(stateFolderOf(config));
  if (!state.ok) return state;
  try {
    return await importFiles(state.value, options, onProgress);
  } finally {
    await state.value.close();
  }
}
