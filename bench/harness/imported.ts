/** Files as interactions, the way `matinee import` and `matinee train` read them. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { readInteractions, type Interactions } from '../../src/dataset/interactions.js';
import { importFiles } from '../../src/ingest/import/import.js';
import { openState } from '../../src/store/state.js';

/** Takes a second for 100,000 rows. */
export async function readImported(files: readonly string[]): Promise<Interactions> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const state = unwrap(openState(folder));
  try {
    unwrap(await importFiles(state, { files }, () => undefined));
    return readInteractions(state);
  } finally {
    await state.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
