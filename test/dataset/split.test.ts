/** Splits: nothing leaks, nothing is lost, nothing is asked that was learned. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Interactions } from '../../src/dataset/interactions.js';
import { splitByTime, splitLeaveLastOut } from '../../src/dataset/split.js';
import { interactions } from './arbitrary.js';

type Line = [user: number, film: number, preference: number, time: number];

const lines = ({ userOf, filmOf, preference, time }: Interactions): Line[] =>
  Array.from(userOf, (user, i) => [user, filmOf[i]!, preference[i]!, time[i]!]);

const byUserThenTime = (a: Line, b: Line): number => a[0] - b[0] || a[3] - b[3] || a[1] - b[1];

const share = fc.constantFrom(0.01, 0.2, 0.5, 0.8, 0.99);

test('by time: training is strictly before the cut, the test is not, and unknown times are in neither', () => {
  fc.assert(
    fc.property(interactions, share, (data, trainShare) => {
      const { train, test, cutMs, untimed } = splitByTime(data, trainShare);
      expect(lines(train).every(([, , , time]) => time > 0 && time < cutMs)).toBe(true);
      expect(lines(test).every(([, , , time]) => time > 0 && time >= cutMs)).toBe(true);
      const timed = lines(data).filter(([, , , time]) => time > 0);
      expect([...lines(train), ...lines(test)].sort(byUserThenTime)).toEqual(timed);
      expect(untimed).toBe(lines(data).length - timed.length);
      expect(train.time.length).toBeLessThanOrEqual(trainShare * timed.length);
      expect([train.users, train.films]).toEqual([data.users, data.films]);
    }),
  );
});

test('by time: distinct times meet the share exactly', () => {
  const data = column(10);
  expect(splitByTime(data, 0.8)).toMatchObject({ cutMs: 9000, train: { time: data.time.slice(0, 8) } });
});

test('leave last out: the newest of each user, everything else to learn from', () => {
  fc.assert(
    fc.property(interactions, fc.integer({ min: 1, max: 3 }), (data, count) => {
      const { train, test } = splitLeaveLastOut(data, count);
      expect([...lines(train), ...lines(test)].sort(byUserThenTime)).toEqual(lines(data));
      for (let user = 0; user < data.users.length; user++) {
        const own = lines(data).filter((line) => line[0] === user);
        const asked = lines(test).filter((line) => line[0] === user);
        expect(asked).toEqual(own.length > count ? own.slice(-count) : []);
      }
    }),
  );
});

/** One user, n films, at seconds 1 to n. */
function column(n: number): Interactions {
  return {
    users: Float64Array.of(1),
    films: Array.from({ length: n }, (_, i) => `film+${i}`),
    userOf: new Int32Array(n),
    filmOf: Int32Array.from({ length: n }, (_, i) => i),
    preference: new Float32Array(n),
    time: Float64Array.from({ length: n }, (_, i) => (i + 1) * 1000),
    ratingHigh: 5,
  };
}
