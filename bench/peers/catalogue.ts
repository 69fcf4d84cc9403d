/** Films, model and histories as files that numpy reads: all that recommender.py answers from. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { openRegistry } from '../../src/registry/registry.js';
import type { Model } from '../../src/registry/model.js';
import { openState, type State } from '../../src/store/state.js';
import type { World } from '../harness/world.js';
import { bytesOf } from './process.js';

/** `histories`: rows of the model that users 1, 2, … watched. */
export function writeCatalogue(folder: string, model: Model, histories: readonly Int32Array[]): void {
  const ends = new Int32Array(histories.length + 1);
  for (const [i, rows] of histories.entries()) ends[i + 1] = ends[i]! + rows.length;
  const films = new Int32Array(ends.at(-1)!);
  for (const [i, rows] of histories.entries()) films.set(rows, ends[i]);
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array): void => {
    writeFileSync(join(folder, name), content);
  };
  write('encoder.json', JSON.stringify(model.encoder));
  write('film-ids.txt', model.filmIds.join('\n'));
  write('items.f32', bytesOf(model.items));
  write('ends.i32', bytesOf(ends));
  write('films.i32', bytesOf(films));
}

/** The folder with the version that the world serves first, and its users' histories. */
export async function exportWorld({ dataDir, modelsDir }: World): Promise<string> {
  const folder = join(dataDir, '../catalogue');
  const registry = unwrap(openRegistry(modelsDir, { readOnly: true }));
  const state = unwrap(openState(join(dataDir, 'state'), { readOnly: true }));
  const model = unwrap(registry.load(registry.pointers().current!));
  writeCatalogue(folder, model, historiesOf(state, model));
  await Promise.all([state.close(), registry.close()]);
  return folder;
}

/** In rows of the model, which knows all films here. */
function historiesOf({ films, histories }: State, { filmIds }: Model): Int32Array[] {
  const rows = new Map(filmIds.map((id, row) => [id, row]));
  const rowOf = Array.from(films.all(), ([, film]) => rows.get(film.id)!);
  return Array.from(histories.users(), (user, i) => {
    assert(user === i + 1, 'users of a bench are numbered from 1');
    const history = histories.read(user)!;
    return Int32Array.from({ length: history.count }, (_, at) => rowOf[history.film(at)]!);
  });
}
