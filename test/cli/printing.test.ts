/** Tables and progress: what a person sees, with the clock in the test's hand. */

import { expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { processIo } from '../../src/cli/io.js';
import { progressView } from '../../src/cli/progress.js';
import { formatTable } from '../../src/cli/table.js';

test('columns are as wide as their widest cell, numbers to the right', () => {
  const rows = [
    ['Heat', '9', '12 %'],
    ['The Big Lebowski', '1,024', 'all'],
  ];
  expect(formatTable(['title', 'views', 'share'], rows).split('\n')).toEqual([
    'title             views  share',
    'Heat                  9  12 %',
    'The Big Lebowski  1,024  all',
  ]);
});

test('a table without rows is its header', () => {
  expect(formatTable(['id', 'kind'], [])).toBe('id  kind');
});

function watch(isTty: boolean) {
  let written = '';
  let time = 0;
  const io: Io = { ...processIo(), isTty, stderr: { write: (text) => (written += text) } };
  const view = progressView(io, () => time);
  const at = (ms: number, done: number) => {
    time = ms;
    view.onProgress({ task: 'train', done, total: 20, note: 'loss 0.5' });
  };
  return { at, end: view.end, written: () => written };
}

test('short work is silent', () => {
  const shown = watch(true);
  shown.at(1_999, 19);
  shown.end();
  expect(shown.written()).toBe('');
});

test('a log gets a whole line every two seconds', () => {
  const shown = watch(false);
  for (let ms = 0; ms <= 6_000; ms += 500) shown.at(ms, ms / 500);
  shown.end();
  expect(shown.written()).toBe(
    'train: 4 of 20 (20 %), loss 0.5\ntrain: 8 of 20 (40 %), loss 0.5\ntrain: 12 of 20 (60 %), loss 0.5\n',
  );
});

test('a person gets one line rewritten, gone at the end', () => {
  const shown = watch(true);
  shown.at(2_000, 4);
  shown.at(2_050, 5);
  shown.at(2_100, 6);
  shown.end();
  expect(shown.written()).toBe(
    '\r\x1b[Ktrain: 4 of 20 (20 %), loss 0.5\r\x1b[Ktrain: 6 of 20 (30 %), loss 0.5\r\x1b[K',
  );
});

test('work of unknown length shows the count alone', () => {
  let written = '';
  let time = 0;
  const io: Io = { ...processIo(), isTty: false, stderr: { write: (text) => (written += text) } };
  const view = progressView(io, () => time);
  time = 3_000;
  view.onProgress({ task: 'import', done: 7 });
  expect(written).toBe('import: 7\n');
});
