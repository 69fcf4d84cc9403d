/** The kernel bench compares like with like: its peers, where they are installed, give the same answers as the kernels. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFoldIn, plainFoldIn, termsOf } from '../../bench/kernel/fold-in.js';
import { createScan } from '../../bench/kernel/scan.js';
import { histories, randomNormal, trainedLike } from '../../bench/harness/matrix.js';
import { openPeers, type Peers } from '../../bench/peers/peers.js';
import { findPython } from '../../bench/harness/python.js';
import { foldInModel } from '../engine/models.js';

const ITEMS = 3000;
const D = 32;
const QUERIES = 50;
const ENCODER = { alpha: 4, reg: 0.75, regScaling: 0.5 };
const python = findPython();
if (python === undefined) console.log('skipped: the peers are not installed, `npm run bench:kernel` installs them');

const vectors = randomNormal(QUERIES, D, 1);
const model = foldInModel(trainedLike(ITEMS, D, 2), D, ENCODER);

function closeTo(actual: Float64Array, expected: Float64Array): void {
  expect(actual).toHaveLength(expected.length);
  const size = Math.max(...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-5 * size);
}

test.each([20, 150])('the fold-in kernel and the plain one agree on %i films', (films) => {
  const watched = histories(20, films, ITEMS, 3);
  closeTo(createFoldIn(model, watched).vectors(), plainFoldIn(model, watched).vectors());
});

test('a scan answers neither films seen nor films masked', () => {
  const seen = histories(QUERIES, 50, ITEMS, 4);
  const allowed = Uint8Array.from({ length: ITEMS }, (_, row) => (row % 20 === 0 ? 0 : 1));
  for (const [query, rows] of createScan({ model, vectors, seen, allowed }).top().entries()) {
    expect(rows).toHaveLength(20);
    expect([...rows].filter((row) => allowed[row] === 0 || seen[query]!.includes(row))).toEqual([]);
  }
});

describe.skipIf(python === undefined)('peers', () => {
  let peers: Peers;
  beforeAll(async () => {
    peers = await openPeers(python!);
  });
  afterAll(() => peers.close());

  test.each([
    ['random normal', foldInModel(randomNormal(ITEMS, D, 5), D, ENCODER)],
    ['trained-like', model],
  ])('%s: the same twenty films, and the same checksum at every batch size', async (_name, asked) => {
    const seen = Array.from({ length: QUERIES }, () => new Int32Array(0));
    const scan = createScan({ model: asked, vectors, seen, allowed: new Uint8Array(ITEMS).fill(1) });
    const ours = scan.top().map((rows) => new Set(rows));
    await peers.load(asked.items, vectors, D);
    for (const peer of ['faiss', 'implicit'] as const) {
      expect((await peers.top(peer)).map((rows) => new Set(rows))).toEqual(ours);
    }
    const sum = ours.reduce((total, rows) => total + [...rows].reduce((a, b) => a + b), 0);
    expect([1, 7, 64].map((batch) => scan.run(batch))).toEqual([sum, sum, sum]);
  });

  test('numpy folds in the same vectors', async () => {
    const watched = histories(20, 40, ITEMS, 6);
    const { alpha, ridge } = termsOf(model, 40);
    await peers.load(model.items, vectors, D);
    const { vectors: solved } = await peers.fold(watched, alpha, ridge);
    closeTo(createFoldIn(model, watched).vectors(), solved);
  });
});
