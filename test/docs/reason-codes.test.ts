/** The reference of reason codes is what the source gives. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { LogLine } from '../../src/world/log-line.js';
import { heldAdvice, importAdvice, lookupAdvice, refusalAdvice } from './advice.js';
import {
  commentedUnion,
  importReasons,
  lookupFailures,
  REASON_CODES,
  reasonCodes,
  REGENERATE,
} from './reason-codes.js';

test('the reference of reason codes is up to date', async () => {
  const stale = `${REASON_CODES} is not what the source gives: ${REGENERATE}`;
  await expect(await reasonCodes(), stale).toMatchFileSnapshot(join(packageRoot, REASON_CODES));
});

test('every code stands in it with a meaning and with what to do', async () => {
  const rows = (await reasonCodes()).split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(40);
  const holes = rows.filter((row) => {
    const [, , meaning, , advice] = row.split('|').map((cell) => cell.trim());
    return meaning === '' || advice === '';
  });
  expect(holes).toEqual([]);
});

test('the codes that are read out of comments are all of them', () => {
  expect([...importReasons.keys()]).toEqual(Object.keys(importAdvice));
  expect([...lookupFailures.keys()]).toEqual(Object.keys(lookupAdvice));
});

test('examples of what is held or refused are lines of the log', () => {
  const line = new LogLine();
  const faulty = Object.values({ ...heldAdvice, ...refusalAdvice }).filter(({ example }) => {
    const bytes = Buffer.from(example);
    return line.parse(bytes, 0, bytes.length) < 0;
  });
  expect(faulty).toEqual([]);
});

test('a union is read with its comments, to its end', () => {
  const source = "type X =\n  | 'a' // first\n  | 'b-c'; // last; really\n\n  | 'd' // another type's";
  expect([...commentedUnion(source, 'type X =')]).toEqual([
    ['a', 'first'],
    ['b-c', 'last; really'],
  ]);
});
