/** Lists of films in results against splitting. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachListedFilm, isFilmList } from '../../src/world/listed-films.js';
import { bytesOf } from './log-lines.js';

function listed(text: string): string[] {
  // Something before and behind that must not be read.
  const bytes = bytesOf(`x,${text},y, z`);
  const ids: string[] = [];
  forEachListedFilm(bytes, 2, bytes.length - 5, (start, end) => {
    ids.push(Buffer.from(bytes.subarray(start, end)).toString());
  });
  return ids;
}

const isList = (text: string): boolean => isFilmList(bytesOf(`x,${text}, y`), 2, 2 + text.length);

test.each([
  ['', []],
  ['a+1', ['a+1']],
  ['a+1, b+2', ['a+1', 'b+2']],
  ['a+1,b+2', ['a+1', 'b+2']],
  ['a+1, b+2,', ['a+1', 'b+2']],
  [',, ,a', ['a']],
])('%j lists %j', (text, ids) => {
  expect(listed(text)).toEqual(ids);
});

test.each(['', 'a', 'a+1, b+2', 'aDdjc1gioFamIk7, 0x', 'a'.repeat(255)])('%j is a list', (text) => {
  expect(isList(text)).toBe(true);
});

test.each([' ', ',', 'a,b', 'a,', 'a, ', ', a', 'a,  b', 'a , b', 'a, b=1', 'a\0', 'x, '.repeat(3), 'a'.repeat(256)])(
  '%j is no list',
  (text) => {
    expect(isList(text)).toBe(false);
  },
);

const id = fc.string({ unit: fc.constantFrom(...Array.from('abz019+._*-')), minLength: 1, maxLength: 30 });

test('any ids come back from their list, in order', () => {
  fc.assert(
    fc.property(fc.array(id), fc.constantFrom(', ', ','), (ids, separator) => {
      expect(listed(ids.join(separator))).toEqual(ids);
      expect(isList(ids.join(', '))).toBe(true);
    }),
  );
});
