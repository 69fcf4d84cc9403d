/** What the scans of the kernel bench are given: matrices, user vectors, films seen, films masked. */

import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { createLocalEngine } from '../../src/engine/local.js';
import type { Model } from '../../src/registry/model.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import type { ScanLoad } from './scan.js';
import { histories, randomNormal, trainedLike } from '../harness/matrix.js';

const ITEMS = 27_278;
const DIMENSIONS = 64;
const QUERIES = 1024;
const SEEN = 50;
const MASKED = 0.05;

const modelOf = (items: Float32Array): Model => ({
  kind: 'ials',
  encoder: { type: 'fold-in', ...ialsDefaults },
  filmIds: Array.from({ length: items.length / DIMENSIONS }, (_, row) => `film+${row}`),
  dimensions: DIMENSIONS,
  items,
  fallback: new Int32Array(0),
});

export const trainedLikeModel = (): Model => modelOf(trainedLike(ITEMS, DIMENSIONS, 1));

export const trainedLikeHistories = (users: number, length: number): Int32Array[] => histories(users, length, ITEMS, 2);

/** Nothing seen, nothing masked. */
export const normalLoad = (): ScanLoad => ({
  model: modelOf(randomNormal(ITEMS, DIMENSIONS, 3)),
  vectors: randomNormal(QUERIES, DIMENSIONS, 4),
  seen: Array.from({ length: QUERIES }, () => new Int32Array(0)),
  allowed: new Uint8Array(ITEMS).fill(1),
});

/** Users of at least 50 films, in turn: their vectors, 50 of their films seen, and a random twentieth of all films masked. */
export function trainedLoad(model: Model, watched: readonly Int32Array[]): ScanLoad {
  const { encode } = unwrap(createLocalEngine(model));
  const users = watched.filter(({ length }) => length >= SEEN);
  const rowsOf = (query: number): Int32Array => users[query % users.length]!;
  const vectors = new Float32Array(QUERIES * model.dimensions);
  for (let query = 0; query < QUERIES; query++) {
    const rows = rowsOf(query);
    const weights = new Float32Array(rows.length).fill(1);
    vectors.set(encode({ rows, weights, seen: new Int32Array(0) }), query * model.dimensions);
  }
  const { uniform } = random(5);
  return {
    ...{ model, vectors },
    seen: Array.from({ length: QUERIES }, (_, query) => rowsOf(query).slice(0, SEEN)),
    allowed: Uint8Array.from(model.filmIds, () => (uniform() < MASKED ? 0 : 1)),
  };
}
