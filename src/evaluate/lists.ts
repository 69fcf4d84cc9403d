/** The lists a model would answer the test users, by the production engine. */

import assert from 'node:assert/strict';
import { succeed, type Result } from '../core/errors.js';
import { weightOf } from '../dataset/weight.js';
import { servedColdColumns } from '../engine/cold-image.js';
import { createLocalEngine, type LocalEngine, type Query } from '../engine/local.js';
import { referenceTopK } from '../engine/reference.js';
import type { Stranger } from '../engine/strangers.js';
import { weightingOf, type Model } from '../registry/model.js';
import type { TestCase } from './cases.js';

/**
 * Rows best first, at most k: of the case's candidates where it names them, else of all films less the user's history. Who
 * has no history but said something is answered from that, if the model has columns for it; who has nothing the model can
 * use gets its fallback list, as in service. Rows of the model must be the dense films of the cases. Errors: memory-full.
 */
export function listsOf(model: Model, cases: readonly TestCase[], k: number): Result<Int32Array[]> {
  const created = createLocalEngine(model);
  if (!created.ok) return created;
  const engine = created.value;
  const { floor } = weightingOf(model.encoder);
  const queries = cases.map((test) => queryOf(test, floor));
  const scanned = engine.topK(queries, k);
  const asked = answersStrangers(model) ? cases.map(({ stranger }) => stranger).filter(hasTaste) : [];
  const introduced = new Map<TestCase['stranger'], Int32Array>(
    asked.length === 0 ? [] : engine.topKCold(asked, k).map(({ rows }, i) => [asked[i]!, rows]),
  );
  return succeed(
    cases.map((test, i) => {
      const query = queries[i]!;
      const { stranger } = test;
      const rows = test.candidates === undefined ? scanned[i]!.rows : ranked(engine, query, test.candidates, k);
      const cold = introduced.get(stranger);
      const own = query.rows.length > 0 && rows.length > 0 ? rows : cold;
      const list = own !== undefined && own.length > 0 ? own : fallbackFor(model, test, k);
      const never = [...query.seen, ...(stranger?.seen ?? [])];
      for (const row of never) assert(!list.includes(row), `row ${row} was answered though it was seen`);
      return list;
    }),
  );
}

/** Of whom nothing was understood gets the fallback list, as in service. */
const hasTaste = (stranger: TestCase['stranger']): stranger is Stranger => stranger?.taste !== undefined;

/** Whether the engine that serves the model would have a rung for them. */
const answersStrangers = ({ cold, dimensions, filmIds }: Model): boolean =>
  cold !== undefined && servedColdColumns(dimensions, cold.columns.length / filmIds.length) > 0;

/** What weighs nothing makes no part of the vector, though it was seen. Given candidates are ranked all. */
function queryOf({ history, preferences, candidates }: TestCase, floor: number): Query {
  const weights = preferences.map((preference) => weightOf(preference, floor));
  const counts = (_: number, i: number): boolean => weights[i]! > 0;
  const seen = candidates === undefined ? history : new Int32Array(0);
  return { rows: history.filter(counts), weights: weights.filter(counts), seen };
}

/** By the engine's user vector. The scan has no list of its own to choose from for each user, so its slow twin ranks. */
function ranked(engine: LocalEngine, query: Query, candidates: Int32Array, k: number): Int32Array {
  const { items, dimensions: d, bias } = engine.model;
  const among = new Set(candidates);
  const best = referenceTopK({ vector: engine.encode(query), items, d, bias, k, allowed: (row) => among.has(row) });
  return Int32Array.from(best, ({ row }) => row);
}

function fallbackFor({ fallback }: Model, { history, candidates, stranger }: TestCase, k: number): Int32Array {
  const isSeen = (row: number): boolean => history.includes(row) || (stranger?.seen.includes(row) ?? false);
  return fallback.filter((row) => candidates?.includes(row) ?? !isSeen(row)).slice(0, k);
}
