/** What the viewers of the simulated site do: one film at a time, lists followed as stated, by day and by night. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { measuredFaults } from '../../src/sim/log/fault-rates.js';
import { rhythmAt } from '../../src/sim/site/rhythm.js';
import type { AnswerTruth } from '../../src/sim/site/truth.js';
import { eventsOf, evening, live, world, type Event, type LivelyOptions } from './lively-site.js';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const watched = (options: LivelyOptions): Event[] =>
  live(options).lines.flatMap((lines) => eventsOf(lines).filter(({ kind }) => kind === 'watch'));

test('nobody watches two films at once, and nobody rates another film than the last', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const last = new Map<number, Event>();
      const astray: unknown[] = [];
      const { lines } = live({ seed, hours: 3, listFor: () => [1, 2, 3] });
      for (const event of eventsOf(lines[0]!)) {
        const before = last.get(event.user);
        const goesOn = before?.film === event.film && (event.kind === 'rate' || before.value === event.value - 1);
        if (!goesOn && (event.kind === 'rate' || event.value > 0)) astray.push([before, event]);
        if (event.kind === 'watch') last.set(event.user, event);
      }
      expect(astray).toEqual([]);
      expect(last.size).toBeGreaterThan(300);
    }),
    { numRuns: 3 },
  );
});

describe('a viewer with a list', () => {
  /** Twenty films in any order, so that no place has the better ones. */
  function lists(seed: number): () => number[] {
    const { integer } = random(seed);
    return () => {
      const films = new Set<number>();
      while (films.size < 20) films.add(integer(world.ids.length));
      return [...films];
    };
  }
  type Shown = AnswerTruth & { readonly chosen: NonNullable<AnswerTruth['chosen']> };
  const shown = (followShare: number): Shown[] =>
    live({ hours: 20, conditions: { followShare }, listFor: lists(3) }).truths.filter(
      (truth): truth is Shown => truth.chosen !== null,
    );
  const usual = shown(0.6);

  test.each([
    [0, shown(0)],
    [0.6, usual],
    [1, shown(1)],
  ])('picks from it with the stated probability: %d', (share, truths) => {
    expect(truths.length).toBeGreaterThan(700);
    const followed = truths.filter(({ chosen }) => chosen.place >= 0).length / truths.length;
    // 4.5 standard deviations of the binomial: once in 150,000 seeds.
    expect(Math.abs(followed - share)).toBeLessThanOrEqual(4.5 * Math.sqrt((share * (1 - share)) / truths.length));
  });

  test('picks the films that please, and those that stand first', () => {
    const picked = usual.filter(({ chosen }) => chosen.place >= 0);
    for (const { list, chosen } of picked) expect(list[chosen.place]).toBe(chosen.film);
    const [ofChosen, ofList] = [
      picked.map(({ chosen }) => chosen.satisfaction),
      picked.map((truth) => mean(truth.satisfaction)),
    ];
    expect(mean(ofChosen) - mean(ofList)).toBeGreaterThan(0.05);
    // Attention at place i is 1 / (1 + i / 5): the first five of twenty places have 44 % of it.
    const firstFive = picked.filter(({ chosen }) => chosen.place < 5).length / picked.length;
    expect(Math.abs(firstFive - 0.44)).toBeLessThan(4.5 * Math.sqrt((0.44 * 0.56) / picked.length));
  });

  test('is told of in the truth file as the tastes say', () => {
    const { tastes } = world;
    for (const { user, time, list, satisfaction, chosen } of usual.slice(0, 100)) {
      const enjoys = (id: string): number => tastes.satisfaction(Number(user), world.indexOf(id)!, Date.parse(time));
      for (const [place, id] of list.entries()) expect(satisfaction[place]).toBeCloseTo(enjoys(id), 4);
      expect(chosen.satisfaction).toBeCloseTo(enjoys(chosen.film), 4);
    }
  });
});

test('the audience follows the hours of the day', () => {
  const byHour = new Array<number>(24).fill(0);
  for (const { hour } of watched({ hours: 24, startMs: evening - 2 * 3_600_000 })) byHour[hour]!++;
  for (let hour = 0; hour < 18; hour++) {
    const share = byHour[hour]! / byHour[21]!;
    // Whoever has begun a film sees it to its end: the audience is an hour behind.
    const [now, before] = [hour + 0.5, hour - 0.5].map((at) => rhythmAt(Date.UTC(2026, 0, 2) + at * 3_600_000)) as [
      number,
      number,
    ];
    expect(share, `hour ${hour}`).toBeGreaterThan(Math.min(now, before) - 0.06);
    expect(share, `hour ${hour}`).toBeLessThan(Math.max(now, before) + 0.06);
  }
});

describe('conditions', () => {
  const usual = watched({ hours: 6 });

  test('arrivalRate: so many times the usual audience', () => {
    for (const arrivalRate of [0, 0.25, 0.5]) {
      const share = watched({ hours: 6, conditions: { arrivalRate } }).length / usual.length;
      expect(Math.abs(share - arrivalRate)).toBeLessThan(0.05);
    }
  });

  test('arrivals: nobody else sits down', () => {
    const arrivals = { minAge: 18, maxAge: 30, gender: 'F' } as const;
    const events = watched({ hours: 3, linesPerSecond: 1, conditions: { arrivals } });
    const users = [...new Set(events.map(({ user }) => user))].map((user) => world.user(user)!);
    expect(users.length).toBeGreaterThan(50);
    expect(users.filter(({ age, gender }) => age < 18 || age > 30 || gender !== 'F')).toEqual([]);
  });

  test('filmsAvailable: nobody watches what does not exist, also when it was recommended', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: world.ids.length }), (filmsAvailable) => {
        const listFor = (): number[] => [world.ids.length - 1, 0, world.ids.length - 2];
        const films = watched({ hours: 1, conditions: { filmsAvailable }, listFor }).map(({ film }) => film);
        expect(films.length).toBeGreaterThan(1_000);
        expect(Math.max(...films)).toBeLessThan(filmsAvailable);
      }),
      { numRuns: 5 },
    );
    expect(Math.max(...watched({ hours: 1, conditions: { filmsAvailable: 4 } }).map(({ film }) => film))).toBe(3);
  });

  test('popularityPull: what is popular is watched the more', () => {
    const popularity = [0, 0.5, 1, 2, 6].map((popularityPull) =>
      mean(watched({ hours: 3, conditions: { popularityPull } }).map(({ film }) => world.weights[film]!)),
    );
    for (const [i, pulled] of popularity.slice(1).entries()) expect(pulled / popularity[i]!).toBeGreaterThan(1.1);
  });

  test('tasteShift: people watch what they have come to like', () => {
    const { tastes } = world;
    const gain = (events: readonly Event[]): number =>
      mean(
        events.map(
          ({ user, film }) => tastes.satisfaction(user, film, evening, 1) - tastes.satisfaction(user, film, evening),
        ),
      );
    const [before, after] = [usual, watched({ hours: 6, conditions: { tasteShift: 1 } })].map((events) =>
      gain(events.filter(({ value }) => value === 0)),
    ) as [number, number];
    expect(after - before).toBeGreaterThan(0.1);
  });
});

test('whatever the faults, the events are the same, each in its partition', () => {
  const rates = Object.fromEntries(Object.entries(measuredFaults).map(([kind, rate]) => [kind, 20 * rate]));
  fc.assert(
    fc.property(seeds, (seed) => {
      const options = { seed, hours: 2, partitions: 2, listFor: () => [5, 6, 7] };
      const { lines, faults } = live({ ...options, faults: rates });
      const originals = new Map(faults.map(({ partition, line, original }) => [`${partition} ${line}`, original]));
      const undone = lines.map((told, partition) =>
        told.flatMap((line, at) => {
          const place = `${partition} ${at}`;
          return originals.has(place) ? (originals.get(place) ?? []) : line;
        }),
      );
      expect(new Set(faults.map(({ kind }) => kind)).size).toBeGreaterThan(5);
      expect(undone).toEqual(live(options).lines);
    }),
    { numRuns: 3 },
  );
});
