/** The names of titles that are hard to cut. */

import { expect, test } from 'vitest';
import { namesOf } from '../../src/text/title-names.js';

const partsOf = (title: string): string[] =>
  namesOf(title).flatMap(({ kind, words }) => (kind === 'part' ? [words.join(' ')] : []));

test('a part ends before its colons, blanks and `or`', () => {
  expect(partsOf('Dr. Strangelove or: How I Learned')).toContain('dr strangelove');
  expect(partsOf('Metropolis : or : - Uncut')).toContain('metropolis');
  expect(partsOf('Terror: Redux')).toEqual(['terror', 'redux']);
  expect(partsOf('Mirror or how: Redux')).toContain('mirror');
});

test.each([
  ['colons', `a${':'.repeat(9_998)}b`],
  ['blanks', `a${' '.repeat(9_998)}b`],
  ['`or` and blanks', `a or${' '.repeat(9_995)}b`],
  ['colons with blanks between', `a${' :'.repeat(4_999)}b`],
])('a long title of %s takes no more than a moment', (_, title) => {
  const startMs = performance.now();
  namesOf(title);
  expect(performance.now() - startMs).toBeLessThan(500);
});
