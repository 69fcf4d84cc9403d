/** New viewers of the simulated world: who is taken, and that nothing of them is in what is learnt from. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandNames, chooseNewcomers, meet } from '../../bench/newcomers/arrivals.js';
import { populate } from '../../bench/newcomers/population.js';
import { random } from '../../src/core/random.js';
import { ageOf } from '../../src/sim/viewers/users.js';
import { createSimWorld } from '../../src/sim/world.js';

const past = { fromMs: Date.UTC(2026, 0, 5), days: 28 };
const world = createSimWorld({ seed: 1, films: 400, users: 1_000 });

test('bands are named by their ages', () => {
  expect(bandNames.at(0)).toBe('under 18');
  expect(bandNames.at(1)).toBe('18 to 24');
  expect(bandNames.at(-1)).toBe('56 and over');
});

test('first come whoever comes, then only those whose band is not full', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(40), fc.nat(5), (seed, anyAge, each) => {
      const chosen = chooseNewcomers((user) => ageOf(seed, user), 11, { anyAge, each });
      expect(chosen.slice(0, anyAge)).toMatchObject(
        Array.from({ length: anyAge }, (_, i) => ({ user: 11 + i, anyAge: true })),
      );
      for (const band of bandNames.keys()) {
        const sizeOf = (some: readonly { band: number }[]): number => some.filter((one) => one.band === band).length;
        expect(sizeOf(chosen)).toBe(Math.max(each, sizeOf(chosen.slice(0, anyAge))));
      }
    }),
    { numRuns: 20 },
  );
});

test('what is learnt from has each film of a viewer once, oldest first, and nobody who is new', () => {
  const { interactions, people } = populate(world, random(1), 40, 30, past);
  const { users, userOf, filmOf, time, preference } = interactions;
  expect(people).toHaveLength(users.length);
  expect(Math.max(...users)).toBeLessThanOrEqual(40);
  expect(new Set(userOf.map((user, i) => user * world.ids.length + filmOf[i]!)).size).toBe(userOf.length);
  for (let i = 1; i < userOf.length; i++) {
    expect(userOf[i]! > userOf[i - 1]! || (userOf[i] === userOf[i - 1] && time[i]! >= time[i - 1]!)).toBe(true);
  }
  expect(preference.every((value) => value > 0 && value <= 1)).toBe(true);
});

test('nobody has to find the films they may speak of', () => {
  const chosen = chooseNewcomers((user) => ageOf(world.seed, user), 41, { anyAge: 200, each: 0 });
  const met = meet(world, chosen, random(1), past.fromMs);
  expect(met.some(({ known }) => known.length > 0)).toBe(true);
  expect(met.some(({ relevant }) => relevant.size > 0)).toBe(true);
  for (const { known, relevant } of met) expect(known.filter((film) => relevant.has(film))).toEqual([]);
});
