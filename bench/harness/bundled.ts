/** The bundled data's own model, trained with the defaults, and what its users watched. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledData } from '../../src/app/import.js';
import { unwrap } from '../../src/core/errors.js';
import { readInteractions, type Interactions } from '../../src/dataset/interactions.js';
import { byUser } from '../../src/dataset/sparse.js';
import { importFiles } from '../../src/ingest/import/import.js';
import type { Model } from '../../src/registry/model.js';
import { openState } from '../../src/store/state.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';

export interface Bundled {
  readonly model: Model;
  /** Rows of each user, oldest first. */
  readonly histories: readonly Int32Array[];
}

/** Takes about a second. */
export async function bundled(): Promise<Bundled> {
  const interactions = await readBundled();
  const { model } = unwrap(await trainIals(interactions, ialsDefaults, { trackLoss: false }));
  const { rows, indptr, indices } = byUser(interactions);
  const histories = Array.from({ length: rows }, (_, user) => indices.slice(indptr[user], indptr[user + 1]));
  return { model, histories };
}

async function readBundled(): Promise<Interactions> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const state = unwrap(openState(folder));
  try {
    unwrap(await importFiles(state, { files: [bundledData] }, () => undefined));
    return readInteractions(state);
  } finally {
    await state.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
