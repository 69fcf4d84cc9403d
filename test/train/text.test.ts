/** The text model against likeness word by word, and what it makes of films that say nothing. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { referenceSum } from '../../src/engine/reference.js';
import { validateModel } from '../../src/registry/validate.js';
import { unknownFilmText, type FilmText } from '../../src/text/text-encoder.js';
import { learnTerms, termsOf } from '../../src/text/tf-idf.js';
import { trainText } from '../../src/train/text.js';
import { textDefaults } from '../../src/train/text-parameters.js';
import type { TrainingData } from '../../src/train/training-data.js';
import { synthetic } from './synthetic.js';

const words = ['ghost', 'ship', 'train', 'robbery', 'opera', 'desert', 'garden', 'lawyer', 'violin', 'volcano'];
const parameters = { ...textDefaults, prior: 0, floor: 1 };

/** Films of up to four words each, drawn from a few. */
function dataOf(films: number, seed: number): TrainingData {
  const { integer } = random(seed);
  const some = (): string => Array.from({ length: integer(5) }, () => words[integer(words.length)]!).join(' ');
  const texts = Array.from({ length: films }, (): FilmText => ({ title: some(), genres: [], summary: some() }));
  return { interactions: synthetic({ users: 20, films, liked: 0.5, other: 0.2, seed }), films: texts };
}

/** The slow twin: every two films by their words, nothing projected. */
function likeness(films: readonly FilmText[], a: number, b: number): number {
  const documents = films.map(({ title, summary }) => `${title}\n${summary ?? ''}`);
  const terms = learnTerms(documents);
  const [left, right] = [termsOf(documents[a]!, terms), termsOf(documents[b]!, terms)];
  return left.indices.reduce((sum, term, i) => {
    const at = right.indices.indexOf(term);
    return at < 0 ? sum : sum + left.values[i]! * right.values[at]!;
  }, 0);
}

test('with all directions a score is the sum of the likeness to what was watched', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 30 }), fc.nat(), (count, seed) => {
      const data = dataOf(count, seed);
      const { items, gain, dimensions: d } = unwrap(trainText(data, { ...parameters, dimensions: 64 }));
      const [rows, weights] = [
        [0, 1, 3],
        [1, 0.5, 2],
      ];
      const vector = referenceSum(items, d, gain!, rows, weights);
      for (let film = 0; film < count; film++) {
        const score = vector.reduce((sum, x, k) => sum + x * items[film * d + k]!, 0);
        const expected = rows.reduce((sum, row, i) => sum + weights[i]! * likeness(data.films, row, film), 0);
        expect(score).toBeCloseTo(expected, 4);
      }
    }),
    { numRuns: 30 },
  );
});

test('who watched what changes nothing but the bias', () => {
  const { films, interactions } = dataOf(12, 3);
  const others = synthetic({ users: 9, films: 12, liked: 0.9, other: 0.1, seed: 8 });
  const [one, other] = [interactions, others].map((log) =>
    unwrap(trainText({ interactions: log, films }, textDefaults)),
  );
  expect(other!.items).toEqual(one!.items);
  expect(other!.bias).not.toEqual(one!.bias);
});

test('a film that says nothing has a row of zeros', () => {
  const data = dataOf(12, 5);
  const model = unwrap(trainText({ ...data, films: data.films.with(4, unknownFilmText) }, parameters));
  const row = (film: number): Float32Array =>
    model.items.subarray(film * model.dimensions, (film + 1) * model.dimensions);
  expect(Math.hypot(...row(4))).toBe(0);
  expect(Math.hypot(...row(5))).toBeCloseTo(1, 5);
});

test('where nothing is known of any film the bias alone ranks', () => {
  const { interactions, films } = dataOf(4, 1);
  const model = unwrap(trainText({ interactions, films: films.map(() => unknownFilmText) }, textDefaults));
  expect(unwrap(validateModel(model))).toMatchObject({ dimensions: 1, items: new Float32Array(4) });
  expect(model.bias).toHaveLength(4);
});

test('where there is no film there is nothing to train on', () => {
  const interactions = {
    ...{ users: new Float64Array(0), films: [], userOf: new Int32Array(0), filmOf: new Int32Array(0) },
    ...{ preference: new Float32Array(0), time: new Float64Array(0), ratingHigh: 5 },
  };
  expect(trainText({ interactions, films: [] }, textDefaults)).toMatchObject({
    ok: false,
    error: { code: 'data-missing', hint: expect.stringContaining('matinee import') as string },
  });
});

test('a parameter out of its limits is refused by name', () => {
  expect(trainText(dataOf(4, 1), { ...parameters, recency: 9 })).toMatchObject({
    ok: false,
    error: { code: 'usage', message: expect.stringContaining('recency') as string },
  });
});
