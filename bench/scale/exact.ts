/** Served lists against the plain formulas: the whole system solved in f64, every film scored in a plain loop. */

import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { lambdaOf } from '../../src/registry/lambda.js';
import { LIST_LENGTH } from '../../src/engine/policy.js';
import { referenceFoldIn, referenceTopK } from '../../src/engine/reference.js';
import type { Model } from '../../src/registry/model.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openState } from '../../src/store/state.js';
import type { BenchServer } from '../harness/server.js';
import type { World } from '../harness/world.js';

/** How many of these users get another list than the formulas give. Seconds a user where the model is large. */
export async function differingLists({ url }: BenchServer, world: World, users: readonly number[]): Promise<number> {
  const state = unwrap(openState(join(world.dataDir, 'state'), { readOnly: true }));
  const registry = unwrap(openRegistry(world.modelsDir, { readOnly: true }));
  const model = unwrap(registry.load(registry.pointers().current!));
  const rowOf = new Map(model.filmIds.map((id, row) => [id, row]));
  let differing = 0;
  for (const user of users) {
    const history = state.histories.read(user)!;
    const films = Array.from({ length: history.count }, (_, i) => history.film(i));
    const rows = Int32Array.from(films, (film) => rowOf.get(state.films.get(film)!.id)!);
    const served = await (await fetch(`${url}/recommend/${user}`)).text();
    if (served !== exactList(model, rows)) differing++;
  }
  await Promise.all([state.close(), registry.close()]);
  return differing;
}

function exactList({ items, dimensions: d, encoder, filmIds }: Model, rows: Int32Array): string {
  if (encoder.type !== 'fold-in') throw new Error('the models of these worlds fold in');
  const { alpha, reg, regScaling } = encoder;
  const weights = new Float32Array(rows.length).fill(1);
  const lambda = lambdaOf(alpha, reg, regScaling, rows.length, filmIds.length);
  const vector = Float32Array.from(referenceFoldIn(items, d, rows, weights, alpha, lambda));
  const seen = new Set(rows);
  const best = referenceTopK({ vector, items, d, allowed: (row) => !seen.has(row), k: LIST_LENGTH });
  return best.map(({ row }) => filmIds[row]!).join(',');
}
