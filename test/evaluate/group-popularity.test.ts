/** Popularity by age and gender: groups that differ get lists that differ, others get popularity. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { unknownUser, type UserFacts } from '../../src/dataset/facts.js';
import { groupPopularity, knowsGroups } from '../../src/evaluate/group-popularity.js';
import { caseOf, cutOf, type Meeting } from './example.js';

/** Women meet film 1, men film 2, all of them film 0; of film 3 it is one of them. */
const meetings: Meeting[] = Array.from({ length: 400 }, (_, i) => i + 1).flatMap((user): Meeting[] => [
  ...(user % 3 > 0 ? [[user, 0, 1] as const] : []),
  [user, user <= 196 ? 1 : 2, 2],
]);
const facts = new Map<number, UserFacts>(
  Array.from({ length: 400 }, (_, i) => [i + 1, { ...unknownUser, gender: i + 1 <= 196 ? 'F' : 'M' }]),
);

test('a group gets what it meets more than others do, less what its members know; who is in none, popularity', async () => {
  const users = new Map([...facts, [901, { ...unknownUser, gender: 'F' }], [902, { ...unknownUser, gender: 'M' }]]);
  const cases = [
    ...[caseOf(901, [], [1]), caseOf(902, [], [2]), caseOf(903, [], [0])],
    ...[caseOf(901, [0], [1]), caseOf(902, [2], [0])],
  ];
  const lists = unwrap(await groupPopularity(users).answer(cutOf([...meetings, [1, 3, 9]], cases), 3));
  expect(lists.map((list) => [...list])).toEqual([
    [0, 1, 2],
    [0, 2, 1],
    [0, 2, 1],
    [1, 2, 3],
    [0, 1, 3],
  ]);
});

test('groups are known when anybody is in one', () => {
  expect(knowsGroups(facts)).toBe(true);
  expect(knowsGroups(new Map([[1, { ...unknownUser, occupation: 'artist', gender: 'unsaid' }]]))).toBe(false);
});
