/** The signal test: what chance is, what is counted, and that it tells taste from popularity in logs made with and without. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plantedLog } from '../../bench/sparse-log/planted.js';
import { bundledData } from '../../src/app/import.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { readInteractions } from '../../src/dataset/interactions.js';
import { coincidenceCounter } from '../../src/evaluate/signal/coincidences.js';
import { drawMeetings, type Log, type Meetings } from '../../src/evaluate/signal/meetings.js';
import { shuffle } from '../../src/evaluate/signal/shuffle.js';
import { signalLine, signalOf } from '../../src/evaluate/signal/signal.js';
import { stretchesOf } from '../../src/evaluate/signal/stretches.js';
import { importFiles } from '../../src/ingest/import/import.js';
import { openState } from '../../src/store/state.js';
import { interactions } from '../dataset/arbitrary.js';

const filmsOf = ({ start, filmOf }: Meetings): number[][] =>
  Array.from({ length: start.length - 1 }, (_, user) => [...filmOf.subarray(start[user], start[user + 1])].sort());

const counts = (values: Iterable<number>): Map<number, number> => {
  const of = new Map<number, number>();
  for (const value of values) of.set(value, (of.get(value) ?? 0) + 1);
  return of;
};

/** One log after the other, of other users, at another time. */
function joined(logs: readonly Log[]): Log {
  const before = logs.map((_, i) => logs.slice(0, i).reduce((sum, { users }) => sum + users.length, 0));
  return {
    users: Float64Array.from(logs.flatMap(({ users }) => [...users])),
    films: logs[0]!.films,
    userOf: Int32Array.from(logs.flatMap(({ userOf }, i) => Array.from(userOf, (user) => user + before[i]!))),
    filmOf: Int32Array.from(logs.flatMap(({ filmOf }) => [...filmOf])),
    time: Float64Array.from(logs.flatMap(({ time }, i) => Array.from(time, () => 1_000_000 * (i + 1)))),
  };
}

describe('chance', () => {
  test('keeps what each user and each film has, in each stretch of time', () => {
    fc.assert(
      fc.property(interactions, fc.nat(), (log, seed) => {
        const meetings = drawMeetings(log, random(seed));
        const stretches = stretchesOf(meetings.time);
        const before = {
          users: filmsOf(meetings),
          stretches: stretches.map((at) => at.map((i) => meetings.filmOf[i]!)),
        };
        shuffle(meetings, stretches, random(seed));
        const after = filmsOf(meetings);
        expect(after.map(({ length }) => length)).toEqual(before.users.map(({ length }) => length));
        expect(after.every((films) => new Set(films).size === films.length)).toBe(true);
        for (const [i, stretch] of stretches.entries()) {
          expect(counts(stretch.map((at) => meetings.filmOf[at]!))).toEqual(counts(before.stretches[i]!));
        }
      }),
    );
  });

  test('makes all worlds of these margins equally often', () => {
    const log: Log = {
      users: new Float64Array(4),
      films: ['a', 'b', 'c', 'd'],
      userOf: Int32Array.of(0, 0, 1, 1, 1, 2, 2, 3, 3),
      filmOf: Int32Array.of(0, 1, 0, 1, 2, 0, 3, 2, 3),
      time: new Float64Array(9),
    };
    const draws = random(1);
    const meetings = drawMeetings(log, draws);
    const stretches = stretchesOf(meetings.time);
    const worlds = new Map<string, number>();
    const rounds = 40_000;
    for (let round = 0; round < rounds; round++) {
      shuffle(meetings, stretches, draws);
      const world = JSON.stringify(filmsOf(meetings));
      worlds.set(world, (worlds.get(world) ?? 0) + 1);
    }
    expect(worlds.size).toBe(matricesWith([2, 3, 2, 2], [3, 2, 2, 2]));
    const expected = rounds / worlds.size;
    const chi = [...worlds.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // Shuffles follow one another, so the statistic varies more than chi-squared: by a factor that stays small.
    expect(chi / (worlds.size - 1)).toBeLessThan(3);
  });
});

/** Matrices of zeros and ones with these row and column sums, by trying all rows. */
function matricesWith([first, ...rows]: readonly number[], columns: readonly number[]): number {
  if (first === undefined) return columns.every((left) => left === 0) ? 1 : 0;
  let sum = 0;
  for (let mask = 0; mask < 2 ** columns.length; mask++) {
    const row = columns.map((_, column) => (mask >> column) & 1);
    const left = columns.map((of, column) => of - row[column]!);
    if (row.reduce((a, b) => a + b, 0) === first && left.every((of) => of >= 0)) sum += matricesWith(rows, left);
  }
  return sum;
}

test('coincidences are those counted one by one', () => {
  fc.assert(
    fc.property(interactions, (log) => {
      const meetings = drawMeetings(log, random(1));
      const users = filmsOf(meetings);
      const popularity = counts(meetings.filmOf);
      const ordered = users.reduce((sum, { length }) => sum + length * (length - 1), 0);
      let expected = 0;
      for (const [a, ofA] of popularity) {
        for (const [b, ofB] of popularity) {
          if (a >= b) continue;
          const n = users.filter((films) => films.includes(a) && films.includes(b)).length;
          const e = (ordered * ofA * ofB) / meetings.filmOf.length ** 2;
          expected += (n * (n - 1)) / (1 + 2 * e);
        }
      }
      expect(coincidenceCounter(meetings)()).toBeCloseTo(expected, 9);
    }),
  );
});

test('of each user, two films at least and thirty at most', () => {
  const lengths = [1, 2, 30, 31, 500];
  const log: Log = {
    users: new Float64Array(5),
    films: Array.from({ length: 500 }, String),
    userOf: Int32Array.from(lengths.flatMap((length, user) => new Array<number>(length).fill(user))),
    filmOf: Int32Array.from(lengths.flatMap((length) => Array.from({ length }, (_, i) => i))),
    time: new Float64Array(564),
  };
  const drawn = filmsOf(drawMeetings(log, random(1)));
  expect(drawn.map(({ length }) => length).sort((a, b) => a - b)).toEqual([2, 30, 30, 30]);
  expect(drawn.every((films) => new Set(films).size === films.length)).toBe(true);
});

describe('of a log', () => {
  test('by popularity alone, there is no taste', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const signal = signalOf(plantedLog({ users: 20_000, films: 5_000, share: 0, seed }), seed);
      expect(signal, `seed ${seed}`).toMatchObject({ users: 20_000, verdict: 'none' });
    }
  });

  test('whose popularity changes, there is none either', () => {
    const of = (seed: number): Log => plantedLog({ users: 10_000, films: 5_000, share: 0, seed });
    const changing = joined([of(1), of(2)]);
    expect(signalOf(changing, 1)).toMatchObject({ verdict: 'none' });
    expect(signalOf({ ...changing, time: changing.time.fill(0) }, 1)).toMatchObject({ verdict: 'measurable' });
  });

  test('with weak taste, it is found, and not called large', () => {
    for (let seed = 1; seed <= 2; seed++) {
      const signal = signalOf(plantedLog({ users: 20_000, films: 5_000, share: 0.35, seed }), seed);
      expect(signal, `seed ${seed}`).toMatchObject({ verdict: 'measurable' });
      expect(signal.lift!.value).toBeLessThan(1.5);
    }
  });

  test('too small, nothing is said', () => {
    expect(signalOf(plantedLog({ users: 500, films: 5_000, share: 0.35, seed: 1 }), 1).verdict).toBe('unclear');
    expect(signalOf(plantedLog({ users: 100, films: 10, share: 0, seed: 1 }), 1).verdict).toBe('unclear');
    const empty: Log = {
      users: new Float64Array(0),
      films: [],
      userOf: new Int32Array(0),
      filmOf: new Int32Array(0),
      time: new Float64Array(0),
    };
    const nothing = signalOf(empty, 1);
    expect(nothing).toEqual({ users: 0, pairs: 0, lift: undefined, verdict: 'unclear' });
    expect(signalLine(nothing)).toMatch(/^too few users .* \(0 users/);
  });

  test('the same seed gives the same answer', () => {
    const log = plantedLog({ users: 2_000, films: 500, share: 0.2, seed: 3 });
    expect(signalOf(log, 5)).toEqual(signalOf(log, 5));
    expect(signalOf(log, 5)).not.toEqual(signalOf(log, 6));
  });
});

test('the bundled ratings hold much taste', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const state = unwrap(openState(folder));
  try {
    unwrap(await importFiles(state, { files: [bundledData] }, () => undefined));
    const signal = signalOf(readInteractions(state), 1);
    expect(signal).toMatchObject({ users: 671, verdict: 'measurable' });
    expect(signal.lift!.low).toBeGreaterThan(1.5);
    expect(signalLine(signal)).toMatch(/^taste beyond popularity is measurable, its effect large: .* 2\.\d+ times/);
  } finally {
    await state.close();
    await rm(folder, { recursive: true });
  }
});
