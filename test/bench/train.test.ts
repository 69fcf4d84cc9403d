/** The training bench compares like with like: its data is what it says, and its peer, where installed, solves the same problem. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPython } from '../../bench/harness/python.js';
import { openPeerTrainer, type PeerTrainer } from '../../bench/peers/als.js';
import { powerLaw } from '../../bench/train/interactions.js';
import { readProblem, writeProblem, type TrainProblem } from '../../bench/train/problem.js';
import { ourTrainer, type Trainer } from '../../bench/train/trainer.js';
import { referenceObjective } from '../../src/train/ials-reference.js';

const python = findPython();
if (python === undefined) console.log('skipped: the peer is not installed, `npm run bench:train` installs it');

test('the same interactions from the same seed, others from another', () => {
  expect(powerLaw(200, 300, 1)).toEqual(powerLaw(200, 300, 1));
  expect(powerLaw(200, 300, 1).indices).not.toEqual(powerLaw(200, 300, 2).indices);
});

test('rows hold different items, and few users and items have most of the interactions', () => {
  const [users, items] = [3000, 5000];
  const { indptr, indices } = powerLaw(users, items, 1);
  const lengths = Array.from({ length: users }, (_, user) => indptr[user + 1]! - indptr[user]!);
  for (let user = 0; user < users; user++) {
    expect(new Set(indices.subarray(indptr[user], indptr[user + 1])).size).toBe(lengths[user]);
  }
  const counts = new Array<number>(items).fill(0);
  for (const item of indices) counts[item]!++;
  const shareOfTenth = (values: number[]): number => {
    const sorted = [...values].sort((a, b) => b - a);
    return sorted.slice(0, values.length / 10).reduce((a, b) => a + b) / indices.length;
  };
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(40);
  expect(shareOfTenth(lengths)).toBeGreaterThan(0.35);
  expect(shareOfTenth(counts)).toBeGreaterThan(0.65);
  expect(indices.length / users).toBeGreaterThan(120);
  expect(indices.length / users).toBeLessThan(160);
});

describe.skipIf(python === undefined)('against implicit', () => {
  const shape = { users: 300, items: 400, dimensions: 16, seed: 1 };
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  let problem: TrainProblem;
  let ours: Trainer;
  let peer: PeerTrainer;
  beforeAll(async () => {
    writeProblem(folder, shape);
    problem = readProblem(folder, shape);
    ours = ourTrainer(problem, 2);
    peer = await openPeerTrainer(python!, problem, 2);
  });
  afterAll(async () => {
    await ours.close();
    await peer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('its loss is the objective of the definition', async () => {
    const { matrix, dimensions, alpha, lambda, start } = problem;
    const ridges = { users: new Array(shape.users).fill(lambda), items: new Array(shape.items).fill(lambda) };
    const expected = referenceObjective(matrix, start.users, start.items, dimensions, alpha, ridges);
    expect((await peer.loss(start)) / expected).toBeCloseTo(1, 6);
  });

  test('after one iteration all rows agree, and the losses after five', async () => {
    for (const side of ['users', 'items'] as const) {
      await ours.half(side);
      await peer.half(side);
      const [mine, theirs] = [(await ours.factors())[side], (await peer.factors())[side]];
      expect(largestDifference(mine, theirs, shape.dimensions)).toBeLessThan(1e-4);
    }
    for (let iteration = 1; iteration < 5; iteration++) {
      for (const side of ['users', 'items'] as const) await Promise.all([ours.half(side), peer.half(side)]);
    }
    const [loss, peerLoss] = [await peer.loss(await ours.factors()), await peer.loss(await peer.factors())];
    expect(loss / peerLoss).toBeCloseTo(1, 5);
    expect(loss).toBeLessThan(0.95 * (await peer.loss(problem.start)));
  });
});

/** The largest |a − b| / |b| of all rows. */
function largestDifference(a: Float32Array, b: Float32Array, d: number): number {
  expect(a).toHaveLength(b.length);
  let largest = 0;
  for (let at = 0; at < b.length; at += d) {
    let [difference, length] = [0, 0];
    for (let i = at; i < at + d; i++) {
      difference += (a[i]! - b[i]!) ** 2;
      length += b[i]! ** 2;
    }
    largest = Math.max(largest, Math.sqrt(difference / length));
  }
  return largest;
}
