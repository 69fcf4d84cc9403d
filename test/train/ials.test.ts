/** Training as a whole: determinism, descent, the model it makes, and what it refuses. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Progress } from '../../src/core/progress.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { trainIals, type IalsTraining } from '../../src/train/ials.js';
import { checkIalsParameters, ialsDefaults } from '../../src/train/ials-parameters.js';
import { synthetic } from './synthetic.js';

const interactions = synthetic({ users: 300, films: 200, liked: 0.2, other: 0.01, seed: 5 });
const parameters = { ...ialsDefaults, dimensions: 18, iterations: 8, seed: 11 };

const lossesOf = ({ iterations }: IalsTraining): (number | undefined)[] => iterations.map(({ loss }) => loss);

test('the same bits on one, two and three threads, and from run to run', async () => {
  const runs = [];
  for (const threads of [1, 2, 3, 2]) runs.push(unwrap(await trainIals(interactions, parameters, { threads })));
  for (const run of runs.slice(1)) {
    expect(Buffer.from(run.model.items.buffer).equals(Buffer.from(runs[0]!.model.items.buffer))).toBe(true);
    expect(lossesOf(run)).toEqual(lossesOf(runs[0]!));
  }
  const other = unwrap(await trainIals(interactions, { ...parameters, seed: 12 }));
  expect(other.model.items).not.toEqual(runs[0]!.model.items);
});

test('the loss never rises, and every iteration is reported', async () => {
  const progress: Progress[] = [];
  const options = { onProgress: (step: Progress) => progress.push(step) };
  const run = unwrap(await trainIals(interactions, { ...parameters, iterations: 20 }, options));
  const losses = lossesOf(run);
  expect(losses).toHaveLength(20);
  expect(run.iterations.every(({ seconds }) => seconds > 0)).toBe(true);
  for (const [i, loss] of losses.slice(1).entries()) expect(loss!).toBeLessThanOrEqual(losses[i]! * (1 + 1e-6));
  expect(progress.map(({ done, total }) => [done, total])).toEqual(losses.map((_, i) => [i + 1, 20]));
});

test('without tracking no loss is computed and the model is the same', async () => {
  const tracked = unwrap(await trainIals(interactions, parameters));
  const untracked = unwrap(await trainIals(interactions, parameters, { trackLoss: false }));
  expect(lossesOf(untracked)).toEqual(untracked.iterations.map(() => undefined));
  expect(untracked.model).toEqual(tracked.model);
});

test('the model finds the films of the taste that a history shows', async () => {
  const { model } = unwrap(await trainIals(interactions, { ...parameters, dimensions: 4, reg: 2 }));
  const engine = unwrap(createLocalEngine(model));
  for (const parity of [0, 1]) {
    const rows = Int32Array.of(parity, parity + 2, parity + 4);
    const [answer] = engine.topK([{ rows, weights: Float32Array.of(1, 1, 1), seen: rows }], 20);
    expect(Array.from(answer!.rows, (row) => row % 2)).toEqual(new Array(20).fill(parity));
  }
});

test('a film without interactions has no vector, and a single interaction is enough to train on', async () => {
  const films = [...interactions.films, 'unseen'];
  const { model } = unwrap(await trainIals({ ...interactions, films }, parameters));
  expect(model.items.slice(-18)).toEqual(new Float32Array(18));
  expect(model.filmIds).toHaveLength(201);

  const one = synthetic({ users: 1, films: 1, liked: 1, other: 1, seed: 1 });
  const trained = unwrap(await trainIals(one, parameters));
  expect(trained.model.items.every(Number.isFinite)).toBe(true);
  expect(trained.model.items.some((value) => value !== 0)).toBe(true);
});

test('parameters out of their limits and missing data are refused', async () => {
  for (const change of [
    { dimensions: 257 },
    { dimensions: 1.5 },
    { alpha: 0 },
    { reg: Number.NaN },
    { iterations: 0 },
  ]) {
    const [name] = Object.keys(change);
    expect(checkIalsParameters({ ...parameters, ...change })).toMatchObject({
      ok: false,
      error: { code: 'usage', message: expect.stringContaining(name!) as string },
    });
  }
  expect(await trainIals(interactions, { ...parameters, reg: -1 })).toMatchObject({
    ok: false,
    error: { code: 'usage' },
  });
  const nothing = synthetic({ users: 3, films: 3, liked: 0, other: 0, seed: 1 });
  expect(await trainIals(nothing, parameters)).toMatchObject({ ok: false, error: { code: 'data-missing' } });
});
