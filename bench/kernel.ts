/** The engine's kernels against a plain loop: CPU time a query, one thread, both sides interleaved. */

import { unwrap } from '../src/core/errors.js';
import { random } from '../src/core/random.js';
import { createLocalEngine, type Query } from '../src/engine/local.js';
import type { Model } from '../src/registry/model.js';
import { compare, report, type Row } from './measure.js';
import { plainScan } from './plain-scan.js';

const ITEMS = 27_278;
const DIMENSIONS = 64;
const HISTORY = 20;
const QUERIES = 256;

/** Columns lose weight as those of principal axes do; with `trained`, rows as films lose viewers. */
function model(trained: boolean): Model {
  const { normal } = random(1);
  const items = new Float32Array(ITEMS * DIMENSIONS);
  for (let row = 0; row < ITEMS; row++) {
    const norm = trained ? 0.02 + 2 / Math.sqrt(row + 1) : 1;
    for (let i = 0; i < DIMENSIONS; i++) items[row * DIMENSIONS + i] = (normal() * norm) / (trained ? 1 + 0.15 * i : 1);
  }
  return {
    kind: 'ials',
    encoder: { type: 'fold-in', alpha: 10, reg: 500, regScaling: 0 },
    filmIds: Array.from({ length: ITEMS }, (_, row) => `film+${row}`),
    dimensions: DIMENSIONS,
    items,
    fallback: new Int32Array(0),
  };
}

function rows(name: string, trained: boolean): Row[] {
  const { integer } = random(2);
  const engine = unwrap(createLocalEngine(model(trained)));
  const queries: Query[] = Array.from({ length: QUERIES }, () => {
    const history = Int32Array.from({ length: HISTORY }, () => integer(ITEMS));
    return { rows: history, weights: new Float32Array(HISTORY).fill(1), seen: history };
  });
  const vectors = queries.slice(0, 16).map((query) => engine.encode(query));
  const { items } = engine.model;
  const plain = (): number => {
    let sum = 0;
    for (const vector of vectors) sum += plainScan(vector, items, DIMENSIONS, 20)[0]!;
    return sum;
  };
  const ours = (batch: number) => (): number => {
    let sum = 0;
    for (let at = 0; at < QUERIES; at += batch) sum += engine.topK(queries.slice(at, at + batch), 20)[0]!.rows[0]!;
    return sum;
  };
  return [1, 64].map((batch) =>
    compare(`${name}, batch ${batch}`, { run: ours(batch), units: QUERIES }, { run: plain, units: vectors.length }),
  );
}

report('kernel', [...rows('random normal', false), ...rows('trained-like', true)]);
