/** The log as it is written: no line that a fault asks for gets lost, however many lines are written at once. */

import { expect, test } from 'vitest';
import { LogLines } from '../../src/sim/log/log-lines.js';
import type { FaultTruth } from '../../src/sim/log/spoiler.js';

test('every line too many is written, also when a burst of lines asks for many', () => {
  const truths: FaultTruth[] = [];
  const onFault = (truth: FaultTruth): void => void truths.push(truth);
  const lines = new LogLines([], { seed: 1, partitions: 2, ratingScale: 5, onFault });
  lines.second = Date.UTC(2026, 0, 5);
  lines.faults = { tombstone: 0.3, duplicate: 0.3 };
  for (let user = 1; user <= 1_000; user++) lines.create(0, user);
  while (lines.owesLine) lines.payLine();

  const kinds = (kind: string): number => truths.filter((truth) => truth.kind === kind).length;
  expect(lines.count).toBe(1_000 + truths.length);
  for (const kind of ['tombstone', 'duplicate']) {
    expect(kinds(kind)).toBeGreaterThan(240);
    expect(kinds(kind)).toBeLessThan(360);
  }
  const told = lines.take().map(({ bytes }) => Buffer.from(bytes).toString('latin1').split('\n'));
  for (const { kind, partition, line } of truths) expect(told[partition]![line] === '').toBe(kind === 'tombstone');
});
