import { expect, test } from 'vitest';
import { answers, ingestNews, swaps, workerDeaths } from '../../src/core/channels.js';
import { MatineeError } from '../../src/core/errors.js';
import { createLog, logEvents } from '../../src/observe/log.js';
import { answerEvent } from './events.js';

const swap = { pointer: 'current', version: 'ials-1', overlay: 0, seconds: 0.0814 };
const corrupt = new MatineeError('version-corrupt', 'tensor items is damaged', {
  hint: 'Train again.',
  fields: { tensor: 'items' },
});

function logOf(isTty: boolean, publish: () => void): string {
  let written = '';
  const stop = logEvents(createLog({ write: (text) => (written += text) }, isTty));
  publish();
  stop();
  publish();
  return written;
}

test('for programs: one JSON object a line, with the error and its fields', () => {
  const lines = logOf(false, () => {
    swaps.publish({ ...swap, result: 'loaded' });
    swaps.publish({ ...swap, result: 'refused', error: corrupt });
    workerDeaths.publish({ requests: 7, error: new Error('out of memory') });
  });
  const entries = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(entries).toMatchObject([
    { level: 'info', msg: 'model loaded', pointer: 'current', version: 'ials-1', ms: 81 },
    { level: 'error', error: { code: 'version-corrupt', hint: 'Train again.', tensor: 'items' } },
    { level: 'error', requests: 7, error: { message: 'out of memory' } },
  ]);
});

test('for people: short lines, the hint below', () => {
  const text = logOf(true, () => {
    swaps.publish({ ...swap, result: 'loaded' });
    swaps.publish({ ...swap, result: 'refused', error: corrupt });
  });
  expect(text.replace(/^\d\d:\d\d:\d\d/gm, 'HH:MM:SS').split('\n')).toEqual([
    'HH:MM:SS model loaded (pointer current, version ials-1, ms 81)',
    'HH:MM:SS error: model refused, the one before goes on serving (pointer current, version ials-1, ms 81)',
    '  tensor items is damaged',
    '  hint: Train again.',
    '',
  ]);
});

test('a refused overlay does not stop its version, and what a version lacks is said', () => {
  const text = logOf(true, () => {
    swaps.publish({ ...swap, overlay: 3, result: 'refused', error: corrupt });
    swaps.publish({ ...swap, result: 'loaded', lacks: 'strangers get the popular list' });
  });
  expect(text).toContain('error: overlay refused, the version serves without it');
  expect(text).toContain('overlay 3');
  expect(text).toContain('lacks strangers get the popular list');
});

test('what is in the way of reading the log, and when it no longer is', () => {
  const publish = (): void => {
    ingestNews.publish({ kind: 'fault', code: 'source-unreachable', message: 'Kafka is away', hint: 'Does it run?' });
    ingestNews.publish({ kind: 'recovered' });
    ingestNews.publish({ kind: 'gap', partition: 1, from: 5, to: 9 });
  };
  expect(
    logOf(true, publish)
      .replace(/^\d\d:\d\d:\d\d/gm, 'HH:MM:SS')
      .split('\n'),
  ).toEqual([
    'HH:MM:SS error: the log cannot be read, answers go on from the last state',
    '  Kafka is away',
    '  hint: Does it run?',
    'HH:MM:SS the log is read again',
    'HH:MM:SS error: lines of the log were gone before they were read (partition 1, from 5, to 9)',
    '',
  ]);
  const [fault] = logOf(false, publish).split('\n');
  expect(JSON.parse(fault!)).toMatchObject({ error: { code: 'source-unreachable', message: 'Kafka is away' } });
});

test('no line for a request', () => {
  expect(logOf(false, () => answers.publish(answerEvent()))).toBe('');
});
