/** Every leak, planted: the run fails with its name, and nothing is trained. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import type { Cut } from '../../src/evaluate/cases.js';
import { measure, type Contender } from '../../src/evaluate/measure.js';
import { caseOf, cutOf, type Meeting } from './example.js';

const films = Array.from({ length: 10 }, () => unknownFilm);
const training: Meeting[] = [
  [1, 0, 1000],
  [1, 1, 2000],
  [2, 0, 3000],
];
const sound = cutOf(training, [caseOf(1, [0, 1], [5]), caseOf(3, [2], [6])], { cutMs: 4000 });

let answered = 0;
const contender: Contender = {
  name: 'any',
  answer: ({ cases }) => {
    answered++;
    return Promise.resolve({ ok: true, value: cases.map(() => Int32Array.of(7)) });
  },
};

async function leakIn(cut: Cut): Promise<unknown> {
  answered = 0;
  const measured = await measure([sound, cut], [contender], films, 20);
  expect(answered).toBe(measured.ok ? 2 : 0);
  return measured.ok
    ? undefined
    : { ...measured.error.fields, code: measured.error.code, says: measured.error.message };
}

const planted: readonly [leak: string, cut: Cut, says: string][] = [
  ['future-item', { ...sound, cutMs: 3000 }, 'user 2 met film+0 at 1970-01-01T00:00:03.000Z'],
  [
    'future-item',
    cutOf([...training, [4, 4, 0]], sound.cases, { cutMs: 4000 }),
    'user 4 met film+4 at an unknown time',
  ],
  ['test-user-in-training', { ...sound, strangers: true }, 'test user 1'],
  ['target-in-history', { ...sound, cases: [caseOf(3, [2, 4], [6, 4])] }, 'user 3 is to find film+4'],
  ['duplicate-across-split', { ...sound, cases: [caseOf(2, [], [0])] }, 'user 2 is to find film+0'],
  [
    'text-after-split',
    { ...sound, cases: [caseOf(3, [], [6], { text: { words: 'I liked it', writtenMs: 4000 } })] },
    "user 3's text was written at 1970-01-01T00:00:04.000Z",
  ],
];

test.each(planted)('%s', async (leak, cut, says) => {
  expect(await leakIn({ ...cut, name: 'planted' })).toEqual({
    ...{ code: 'leak-found', leak, cut: 'planted' },
    says: expect.stringMatching(new RegExp(`^${leak} \\(planted\\): .*${says.replaceAll('+', '\\+')}`)) as string,
  });
});

test('a text from before the cut, and strangers who are strangers, are no leak', async () => {
  const early = caseOf(3, [], [6], { text: { words: 'I like it', writtenMs: 3999 } });
  expect(await leakIn({ ...sound, cases: [early], strangers: true })).toBeUndefined();
});

test('names of contenders differ, and each gives a list for each case', async () => {
  await expect(measure([sound], [contender, contender], films, 20)).rejects.toThrow(/names differ/);
  const lazy: Contender = { name: 'lazy', answer: () => Promise.resolve({ ok: true, value: [] }) };
  await expect(measure([sound], [lazy], films, 20)).rejects.toThrow(/a list for each case/);
  expect(unwrap(await measure([sound], [contender], films, 20)).windows).toHaveLength(2);
});
