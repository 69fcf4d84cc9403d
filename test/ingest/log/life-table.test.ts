/** The estimate against its definition, and against the truth where the truth is known. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../../src/core/random.js';
import { AT_RISK_MIN, LifeTable } from '../../../src/ingest/log/life-table.js';

interface One {
  readonly age: number;
  readonly isEvent: boolean;
}

const SPAN = 100;

const shareOf = (all: readonly One[]): number | undefined => {
  const table = new LifeTable(SPAN, 1);
  for (const { age, isEvent } of all) {
    if (isEvent) table.event(age);
    else table.none(age);
  }
  return table.share();
};

/** At each age of an event, the share of those who had come so far that meets it there; so long as they are enough. */
function obviousShare(all: readonly One[]): number {
  let without = 1;
  for (let age = 0; age <= SPAN; age++) {
    const atRisk = all.filter((one) => Math.min(one.age, SPAN) >= age);
    if (atRisk.length < AT_RISK_MIN) break;
    const events = atRisk.filter((one) => one.isEvent && one.age === age);
    without *= 1 - events.length / atRisk.length;
  }
  return 1 - without;
}

test('is the product of what remains at each age', () => {
  const old = fc.record({ age: fc.nat(3 * SPAN), isEvent: fc.constant(false) });
  const event = fc.record({ age: fc.nat(SPAN), isEvent: fc.constant(true) });
  fc.assert(
    fc.property(fc.array(fc.oneof(old, event), { minLength: AT_RISK_MIN, maxLength: 120 }), (all) => {
      expect(shareOf(all)).toBeCloseTo(obviousShare(all), 10);
    }),
  );
});

test('finds the true share however few have come of age', () => {
  const { uniform } = random(7);
  // A third meets the event, at any age alike; nine in ten are looked at before they are of age.
  const all = Array.from({ length: 20_000 }, (): One => {
    const meetsAt = uniform() < 1 / 3 ? uniform() * SPAN : Infinity;
    const seenUntil = uniform() < 0.9 ? uniform() * SPAN : SPAN;
    return meetsAt <= seenUntil
      ? { age: Math.floor(meetsAt), isEvent: true }
      : { age: Math.floor(seenUntil), isEvent: false };
  });
  expect(shareOf(all)).toBeGreaterThan(1 / 3 - 0.02);
  expect(shareOf(all)).toBeLessThan(1 / 3 + 0.02);
});
