import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, summaryOf } from '../../web/src/site/changes.js';

const listOf = (ids: readonly number[]) =>
  ids.map((id) => ({ id: String(id), title: `Film ${id}`, year: null, genres: [], runtime: 100 }));
const changes = (before: readonly number[], after: readonly number[]) => compare(listOf(before), listOf(after));

test('films are new, moved or gone', () => {
  const { moves, gone } = changes([1, 2, 3, 4], [5, 2, 4, 1]);
  expect([...moves]).toEqual([
    ['5', 'new'],
    ['4', 1],
    ['1', -3],
  ]);
  expect(gone.map(({ id }) => id)).toEqual(['3']);
});

test.each([
  [[1, 2], [1, 2], 'The list is the same as before.'],
  [[1, 2], [2, 1], 'The list has changed: 2 moved.'],
  [[1, 2], [1], 'The list has changed: 1 gone.'],
  [[], [1, 2], 'The list has changed: 2 new.'],
  [[1, 2, 3], [3, 2, 4], 'The list has changed: 1 new, 1 moved, 1 gone.'],
])('from %j to %j: %s', (before, after, text) => {
  expect(summaryOf(changes(before, after))).toBe(text);
});

test('the moves lead from the one list to the other', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const { moves, gone } = changes(before, after);
      for (const [place, id] of after.entries()) {
        const move = moves.get(String(id)) ?? 0;
        if (move === 'new') expect(before).not.toContain(id);
        else expect(before[place + move]).toBe(id);
      }
      expect(gone.map(({ id }) => Number(id))).toEqual(before.filter((id) => !after.includes(id)));
    }),
  );
});
