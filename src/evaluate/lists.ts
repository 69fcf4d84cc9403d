/** The lists a model would answer the test users, by the production engine. */

import assert from 'node:assert/strict';
import { succeed, type Result } from '../core/errors.js';
import { weightOf } from '../dataset/weight.js';
import { createLocalEngine, type Query } from '../engine/local.js';
import { weightingOf, type Model } from '../registry/model.js';
import type { TestCase } from './cases.js';

/**
 * Rows best first, at most k, without the films of the user's history. Who has no history, or none the model can use,
 * gets the model's fallback list, as in service. Rows of the model must be the dense films of the cases.
 * Errors: memory-full.
 */
export function listsOf(model: Model, cases: readonly TestCase[], k: number): Result<Int32Array[]> {
  const created = createLocalEngine(model);
  if (!created.ok) return created;
  const { floor } = weightingOf(model.encoder);
  const queries = cases.map((test) => queryOf(test, floor));
  const scored = created.value.topK(queries, k);
  return succeed(
    cases.map(({ history }, i) => {
      const { rows } = scored[i]!;
      const list = history.length > 0 && rows.length > 0 ? rows : fallbackFor(model, history, k);
      for (const row of history) assert(!list.includes(row), `row ${row} was answered though it was seen`);
      return list;
    }),
  );
}

/** What weighs nothing makes no part of the vector, though it was seen. */
function queryOf({ history, preferences }: TestCase, floor: number): Query {
  const weights = preferences.map((preference) => weightOf(preference, floor));
  const counts = (_: number, i: number): boolean => weights[i]! > 0;
  return { rows: history.filter(counts), weights: weights.filter(counts), seen: history };
}

function fallbackFor({ fallback }: Model, history: Int32Array, k: number): Int32Array {
  return fallback.filter((row) => !history.includes(row)).slice(0, k);
}
