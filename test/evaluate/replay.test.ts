/** The replay against one that sorts all films for every block, and what forgetting is worth where taste changes or does not. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { adviceText } from '../../src/evaluate/replay/replay-text.js';
import { replayOf, type Replay } from '../../src/evaluate/replay/replay.js';
import { createShortlist } from '../../src/evaluate/replay/shortlist.js';
import { streamOf } from '../../src/evaluate/replay/stream.js';
import { interactions } from '../dataset/arbitrary.js';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2022, 0, 1);

test('a shortlist is the head of all films in order of score', () => {
  const halfLife = fc.constantFrom(0.01, 1, 7, Infinity);
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { maxLength: 200 }),
      fc.integer({ min: 1, max: 12 }),
      halfLife,
      (added, n, half) => {
        const list = createShortlist(10, n, half);
        const score = new Array<number>(10).fill(0);
        for (const film of added) {
          list.add(film);
          score.forEach((of, other) => (score[other] = of * 2 ** (-1 / half)));
          score[film]! += 1;
        }
        const placed = score.flatMap((_, film) => (list.place(film) < Infinity ? [film] : []));
        expect(placed.map(list.place).sort((a, b) => a - b)).toEqual([...placed.keys()]);
        expect(placed.length).toBe(Math.min(n, new Set(added).size));
        for (const film of placed) {
          for (let other = 0; other < 10; other++) {
            if (list.place(other) > list.place(film))
              expect(score[other]).toBeLessThanOrEqual(score[film]! * (1 + 1e-9));
          }
        }
      },
    ),
  );
});

describe('a stream', () => {
  test('has every interaction of known time once, oldest first, in blocks of one minute', () => {
    fc.assert(
      fc.property(interactions, (log) => {
        const { rows, blocks, firstOf } = streamOf(log);
        expect([...rows].sort((a, b) => a - b)).toEqual([...log.time.keys()].filter((row) => log.time[row]! > 0));
        expect(blocks.flatMap((block) => [...block])).toEqual([...rows]);
        for (const [i, row] of rows.entries())
          if (i > 0) expect(log.time[row]).toBeGreaterThanOrEqual(log.time[rows[i - 1]!]!);
        for (const row of rows) {
          const own = [...rows].filter((other) => log.userOf[other] === log.userOf[row]);
          expect(firstOf[row]).toBe(Math.min(...own));
        }
      }),
    );
  });

  test('cuts a busy minute after 500, and between minutes', () => {
    const times = [...new Array<number>(1_001).fill(START_MS), START_MS + 59_999, START_MS + MINUTE_MS];
    const { blocks } = streamOf(logOf(times.map((time, user) => ({ user, film: 0, time }))));
    expect(blocks.map(({ length }) => length)).toEqual([500, 500, 2, 1]);
  });
});

interface Event {
  readonly user: number;
  readonly film: number;
  readonly time: number;
}

/** Users must be ascending, and each one's times. */
const logOf = (events: readonly Event[], films = 1): Interactions => ({
  users: Float64Array.from(new Set(events.map(({ user }) => user))),
  films: Array.from({ length: films }, (_, film) => `film+${film}`),
  userOf: Int32Array.from(events, ({ user }) => user),
  filmOf: Int32Array.from(events, ({ film }) => film),
  preference: new Float32Array(events.length).fill(NaN),
  time: Float64Array.from(events, ({ time }) => time),
  ratingHigh: 5,
});

const films = 400;

/**
 * Two films of each of 6,000 users, an hour apart. Films are drawn as the square of a uniform number says, so that some
 * are popular; which ones, moves on by `drift` films an event.
 */
function madeLog(drift: number, seed: number): Interactions {
  const { uniform } = random(seed);
  const draw = (at: number): number => Math.floor(uniform() ** 3 * films + at * drift) % films;
  const events = Array.from({ length: 6_000 }, (_, user) => {
    const film = draw(user);
    let other = draw(user);
    while (other === film) other = draw(user);
    const time = START_MS + user * 2_000;
    return [
      { user, film, time },
      { user, film: other, time: time + 60 * MINUTE_MS },
    ];
  });
  return logOf(events.flat(), films);
}

test('hits are those of lists sorted anew for every block', () => {
  const log = madeLog(0.01, 1);
  const replayed = replayOf(log, 1)!;
  const { blocks } = streamOf(log);
  const count = new Float64Array(films);
  const seen = new Map<number, number[]>();
  let [before, events, hits, tied] = [0, 0, 0, 0];
  for (const block of blocks) {
    for (const row of block) {
      const [user, film] = [log.userOf[row]!, log.filmOf[row]!];
      const own = seen.get(user) ?? [];
      const others = [...count.keys()].filter((other) => other !== film && !own.includes(other));
      const above = others.filter((other) => count[other]! > count[film]!).length;
      const level = others.filter((other) => count[other] === count[film]).length;
      if (before >= 5_000) {
        events++;
        if (above < 20 && count[film]! > 0) {
          if (above + level < 20) hits++;
          else tied++;
        }
      }
      seen.set(user, [...own, film]);
    }
    for (const row of block) count[log.filmOf[row]!]! += 1;
    before += block.length;
  }
  expect(replayed.events).toBe(events);
  const found = Math.round(replayed.allTime.value * events);
  expect(found).toBeGreaterThanOrEqual(hits);
  expect(found).toBeLessThanOrEqual(hits + tied);
  expect(tied).toBeLessThan(0.1 * hits);
});

describe('popularity that forgets', () => {
  test('wins where taste moves on', () => {
    const replayed = replayOf(madeLog(0.05, 2), 1)!;
    expect(replayed.difference.low).toBeGreaterThan(0.02);
    expect(replayed.halfLife).toBeLessThanOrEqual(5_000);
    expect(replayed.difference.value).toBeCloseTo(replayed.decayed.value - replayed.allTime.value, 12);
  });

  test('loses nothing where it stays', () => {
    const { difference, halfLife } = replayOf(madeLog(0, 3), 1)!;
    expect(difference.value).toBeGreaterThan(-0.005);
    expect(halfLife ?? Infinity).toBeGreaterThan(2_000);
  });
});

test('a log within its warm-up says nothing', () => {
  expect(replayOf(logOf([{ user: 0, film: 0, time: START_MS }]), 1)).toBeUndefined();
});

test('what to do about it: nothing, wait, or train', () => {
  const found = (halfLife: number | null, low: number): Replay => ({
    ...{ events: 9, blocks: 2, halfLife, allTime: { value: 0.3, low: 0.2, high: 0.4 } },
    ...{ decayed: { value: 0.31, low: 0.2, high: 0.4 }, difference: { value: 0.01, low, high: 0.02 } },
  });
  expect(adviceText(found(null, 0))).toMatch(/forget nothing served best/);
  expect(adviceText(found(5000, -0.001))).toMatch(/may be chance/);
  expect(adviceText(found(5000, 0.001))).toMatch(/matinee train --model popularity --half-life-events 5000/);
});
