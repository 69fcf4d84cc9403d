/** User records of both type styles, broken ones, and a sample of the site's own. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { readUserRecord } from '../../src/world/user-record.js';

const record = {
  ...{ user_id: 118511, age: 21, occupation: 'college/grad student', gender: 'M' },
  ...{ self_description_likes: 'Action, crime and populr movies.', self_description_dislikes: 'Horror.' },
};

const user = {
  ...{ user: 118511, age: 21, occupation: 'college/grad student', gender: 'M' },
  ...{ likes: 'Action, crime and populr movies.', dislikes: 'Horror.' },
};

test('the newer type style, and the older with numbers as text', () => {
  expect(readUserRecord(record)).toEqual({ fields: user, violations: [] });
  expect(readUserRecord({ ...record, user_id: '118511', age: '21', extra: [] })).toEqual({
    fields: user,
    violations: [],
  });
});

test('what is missing is null, and no violation', () => {
  const nothing = { age: null, occupation: null, gender: null, likes: null, dislikes: null };
  expect(readUserRecord({ user_id: 7 })).toEqual({ fields: { user: 7, ...nothing }, violations: [] });
  for (const missing of [null, 'null', '']) {
    const fields = { age: missing, occupation: missing, gender: missing, self_description_likes: missing };
    expect(readUserRecord({ user_id: 7, ...fields })).toEqual({ fields: { user: 7, ...nothing }, violations: [] });
  }
});

test.each([
  [{ age: 'old' }, 'age is no number', { age: null }],
  [{ age: -1 }, 'age is below 0', { age: null }],
  [{ age: 900 }, 'age is above 150', { age: null }],
  [{ gender: 1 }, 'gender is no text', { gender: null }],
  [{ self_description_likes: ['Action'] }, 'self_description_likes is no text', { likes: null }],
])('a field of a wrong type is lost and named: %j', (broken, what, lost) => {
  const { fields, violations } = readUserRecord({ ...record, ...broken });
  expect(fields).toEqual({ ...user, ...lost });
  expect(violations.map((violation) => violation.what)).toEqual([what]);
});

test.each([undefined, null, '24f162', '-25611', '', 1.5, -1, 10_000_000_000, {}])(
  'with the user id %j a record is of no use',
  (user_id) => {
    const { fields, violations } = readUserRecord({ ...record, user_id });
    expect(fields).toBeNull();
    expect(violations.map(({ what }) => what)).toEqual(['user_id is no user id']);
  },
);

test.each([null, 7, 'text', []])('%j is no record', (value) => {
  expect(readUserRecord(value)).toEqual({
    fields: null,
    violations: [{ what: 'record is no object', sample: JSON.stringify(value) }],
  });
});

test('whatever JSON comes is read without an exception', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(record)), fc.jsonValue()), (value) => {
      const { fields, violations } = readUserRecord(value);
      if (fields === null) expect(violations.length).toBeGreaterThan(0);
      else expect(fields.age ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});

const data = process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data');
const sample = join(data, 'users', 'users-2026.jsonl');

test.skipIf(!existsSync(sample))(`the site's own users have no violation (skipped without ${sample})`, () => {
  const lines = readFileSync(sample, 'utf8').trim().split('\n');
  const readings = lines.map((line) => readUserRecord(JSON.parse(line)));
  expect(readings.flatMap(({ violations }) => violations)).toEqual([]);
  expect(readings.map(({ fields }) => fields?.user)).toContain(118511);
  expect(readings.every(({ fields }) => fields!.age! >= 8 && fields!.likes !== null)).toBe(true);
});
