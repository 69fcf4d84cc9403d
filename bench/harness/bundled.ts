/** The bundled data's own model, trained with the defaults, and what its users watched. */

import { bundledData } from '../../src/app/import.js';
import { unwrap } from '../../src/core/errors.js';
import { byUser } from '../../src/dataset/sparse.js';
import type { Model } from '../../src/registry/model.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { readImported } from './imported.js';

export interface Bundled {
  readonly model: Model;
  /** Rows of each user, oldest first. */
  readonly histories: readonly Int32Array[];
}

/** Takes about a second. */
export async function bundled(): Promise<Bundled> {
  const interactions = await readImported([bundledData]);
  const { model } = unwrap(await trainIals(interactions, ialsDefaults, { trackLoss: false }));
  const { rows, indptr, indices } = byUser(interactions);
  const histories = Array.from({ length: rows }, (_, user) => indices.slice(indptr[user], indptr[user + 1]));
  return { model, histories };
}
