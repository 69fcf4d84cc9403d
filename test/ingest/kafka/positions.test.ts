/** Where partitions stand, without a broker. */

import { expect, test } from 'vitest';
import { KafkaPositions } from '../../../src/ingest/kafka/positions.js';
import { Suspects } from '../../../src/ingest/kafka/suspects.js';

const nothing = new Map<number, number>();
const at = (low: number, high: number) => [{ partition: 0, low, high }];

test('a stored position wins over where to start, and that over the beginning', () => {
  const positions = new KafkaPositions(new Map([[0, 7]]));
  const limits = [0, 1, 2].map((partition) => ({ partition, low: 1, high: 9 }));
  expect(positions.survey(limits, new Map([[0, 3], [1, 4]]))).toEqual([]); // prettier-ignore
  expect([0, 1, 2].map((partition) => positions.queued(partition))).toEqual([7, 4, 1]);
  expect([...positions.lag().values()]).toEqual([2, 5, 8]);
});

test('what retention took is a gap, once', () => {
  const positions = new KafkaPositions(new Map([[0, 5]]));
  expect(positions.survey(at(8, 20), nothing)).toEqual([{ kind: 'gap', partition: 0, from: 5, to: 8 }]);
  expect(positions.survey(at(8, 20), nothing)).toEqual([]);
  expect(positions.queued(0)).toBe(8);
});

test('limits that are older than what was fetched change nothing', () => {
  const positions = new KafkaPositions(new Map([[0, 0]]));
  positions.survey(at(0, 10), nothing);
  positions.enqueue(0, 15, 15);
  expect(positions.observe(at(0, 12))).toEqual([]);
  expect(positions.endedAt(0)).toBeUndefined();
  expect(positions.waiting(0)).toBe(0);
});

test('a log that ends before our position is waited for; what it brought meanwhile is a gap', () => {
  const positions = new KafkaPositions(new Map([[0, 80]]));
  positions.survey(at(0, 50), nothing);
  expect(positions.endedAt(0)).toBe(50);
  expect(positions.observe(at(0, 79))).toEqual([]);
  expect(positions.observe(at(0, 90))).toEqual([{ kind: 'gap', partition: 0, from: 50, to: 80 }]);
  expect(positions.endedAt(0)).toBeUndefined();
});

test('what was queued and not given is read again when the partition comes back', () => {
  const positions = new KafkaPositions(new Map([[0, 0]]));
  positions.survey(at(0, 100), nothing);
  positions.enqueue(0, 60, 100);
  positions.give(0, 40);
  positions.rewind(0);
  expect(positions.queued(0)).toBe(40);
  expect(positions.reachedGoal).toBe(false);
  positions.give(0, 100);
  expect(positions.reachedGoal).toBe(true);
});

test('of several partitions the broken one is found, and the others are let in again', () => {
  for (const broken of [0, 1, 2]) {
    const suspects = new Suspects(60_000);
    const reading = (): number[] => [0, 1, 2].filter((partition) => suspects.mayRead(partition));
    let blamed: number | undefined;
    for (let fetch = 0; fetch < 12; fetch += 1) {
      if (reading().includes(broken)) blamed = suspects.blame(reading()) ?? blamed;
      else suspects.admit([0, 1, 2]);
    }
    expect(blamed).toBe(broken);
    expect(reading()).toEqual([0, 1, 2].filter((partition) => partition !== broken));
  }
});
