/** Asks contenders for lists at every cut of a protocol, and measures each list: the same cases for all, in the same order. */

import assert from 'node:assert/strict';
import { succeed, type Result } from '../core/errors.js';
import type { FilmFacts } from '../dataset/facts.js';
import type { Interactions } from '../dataset/interactions.js';
import type { Model } from '../registry/model.js';
import type { Cut, TestCase } from './cases.js';
import { refuseLeaks } from './leaks.js';
import { listsOf } from './lists.js';
import { metricValues } from './metrics/metrics.js';

/** Who answers: a recipe that is trained at each cut, or anything else that makes lists. */
export interface Contender {
  readonly name: string;
  /** A list for each of the cut's cases: dense films, best first, at most k. */
  readonly answer: (cut: Cut, k: number) => Promise<Result<readonly Int32Array[]>>;
}

/** A contender that learns a model from the training half alone, and answers through the production engine. */
export const learner = (name: string, train: (interactions: Interactions) => Promise<Result<Model>>): Contender => ({
  name,
  answer: async (cut, k) => {
    const model = await train(cut.train);
    if (!model.ok) return model;
    assert.deepEqual(model.value.filmIds, cut.train.films, 'rows of the model are the dense films');
    return listsOf(model.value, cut.cases, k);
  },
});

/** A user at a cut. */
export interface Window {
  readonly cut: Cut;
  readonly test: TestCase;
}

export interface Measured {
  readonly name: string;
  /** One a window. */
  readonly lists: readonly Int32Array[];
  /** By metric, e.g. `recall@20`: one value a window, NaN where the list has none. */
  readonly values: ReadonlyMap<string, Float64Array>;
}

export interface Measurement {
  readonly k: number;
  /** The cases of all cuts, one cut after the other. */
  readonly windows: readonly Window[];
  /** Of each dense film. */
  readonly films: readonly FilmFacts[];
  /** In the order of the contenders. */
  readonly measured: readonly Measured[];
}

/**
 * @param cuts at least one, all of the same films
 * @param contenders of different names
 * @param films facts of each dense film
 * Errors: leak-found, before anything is trained; those of the contenders.
 */
export async function measure(
  cuts: readonly Cut[],
  contenders: readonly Contender[],
  films: readonly FilmFacts[],
  k: number,
): Promise<Result<Measurement>> {
  assert.equal(new Set(contenders.map(({ name }) => name)).size, contenders.length, 'names differ');
  for (const cut of cuts) {
    const sound = refuseLeaks(cut);
    if (!sound.ok) return sound;
  }
  const measured: Measured[] = [];
  for (const contender of contenders) {
    const one = await measureOne(cuts, contender, films, k);
    if (!one.ok) return one;
    measured.push(one.value);
  }
  const windows = cuts.flatMap((cut) => cut.cases.map((test) => ({ cut, test })));
  return succeed({ k, windows, films, measured });
}

async function measureOne(
  cuts: readonly Cut[],
  { name, answer }: Contender,
  films: readonly FilmFacts[],
  k: number,
): Promise<Result<Measured>> {
  const lists: Int32Array[] = [];
  const parts: Map<string, Float64Array>[] = [];
  for (const cut of cuts) {
    const answered = await answer(cut, k);
    if (!answered.ok) return answered;
    assert.equal(answered.value.length, cut.cases.length, 'a list for each case');
    for (const list of answered.value) lists.push(list);
    parts.push(metricValues(cut, answered.value, films, k));
  }
  const values = new Map(
    [...parts[0]!.keys()].map((metric) => [metric, joined(parts.map((part) => part.get(metric)!))]),
  );
  return succeed({ name, lists, values });
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
