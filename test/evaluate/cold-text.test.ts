/** The cuts of `cold-text`: strangers stay strangers, and what is told is not what is asked. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Interactions } from '../../src/dataset/interactions.js';
import { coldTextCuts } from '../../src/evaluate/protocols/cold-text.js';

const FILMS = 30;
const names = ['Drama', 'Comedy', 'War', 'Horror', 'Music'];
const genresOf = (film: number): string[] => [names[film % names.length]!];

/** `counts[u]` films of user u, rated 1…5. */
function interactionsOf(counts: readonly number[]): Interactions {
  const userOf = counts.flatMap((count, user) => Array.from({ length: count }, () => user));
  const filmOf = counts.flatMap((count, user) => Array.from({ length: count }, (_, i) => (i * 7 + user) % FILMS));
  return {
    users: Float64Array.from(counts, (_, user) => 100 + user),
    films: Array.from({ length: FILMS }, (_, film) => `film+${film}`),
    userOf: Int32Array.from(userOf),
    filmOf: Int32Array.from(filmOf),
    preference: Float32Array.from(filmOf, (film, i) => (1 + ((film + i) % 5)) / 5),
    time: new Float64Array(userOf.length),
    ratingHigh: 5,
  };
}

const anyLog = fc.array(fc.integer({ min: 0, max: FILMS }), { minLength: 5, maxLength: 20 }).map(interactionsOf);

test('each user is a stranger once at most, and unknown to the training of that fold', () => {
  fc.assert(
    fc.property(anyLog, fc.nat(100), (log, seed) => {
      const cuts = coldTextCuts(log, genresOf, seed);
      expect(cuts).toHaveLength(5);
      const strangers = cuts.flatMap((cut) => cut.strangers.map(({ user }) => user));
      expect(new Set(strangers).size).toBe(strangers.length);
      for (const { train, strangers: own } of cuts) {
        const known = new Set([...train.userOf].map((user) => train.users[user]!));
        for (const { user } of own) expect(known.has(user)).toBe(false);
      }
    }),
  );
});

test('what is told was met and is not asked; what is asked was liked', () => {
  fc.assert(
    fc.property(anyLog, fc.nat(100), (log, seed) => {
      for (const { user, bestFilms, relevant, favouriteGenres } of coldTextCuts(log, genresOf, seed).flatMap(
        (cut) => cut.strangers,
      )) {
        const own = [...log.userOf.keys()].filter((i) => log.users[log.userOf[i]!] === user);
        const preference = new Map(own.map((i) => [log.filmOf[i]!, log.preference[i]!]));
        expect(relevant.size).toBeGreaterThan(0);
        for (const film of relevant) expect(preference.get(film)).toBeGreaterThanOrEqual(0.8);
        expect(bestFilms.length).toBe(Math.min(2, own.length >> 1));
        for (const film of bestFilms) expect([preference.has(film), relevant.has(film)]).toEqual([true, false]);
        expect(favouriteGenres.length).toBeLessThanOrEqual(3);
      }
    }),
  );
});

test('films that nothing is known of are told only where too few are rated, whatever the order', () => {
  const log = interactionsOf(Array.from({ length: 40 }, (_, user) => 12 + (user % 7)));
  const preference = log.preference.map((rating, i) => (i % 3 === 0 ? rating : NaN));
  const ratings = new Map(
    Array.from(log.userOf.entries()).map(([i, user]) => [`${log.users[user]!} ${log.filmOf[i]!}`, preference[i]!]),
  );
  let decided = 0;
  for (let seed = 1; seed <= 5; seed++) {
    const cuts = coldTextCuts({ ...log, preference }, genresOf, seed);
    for (const { user, bestFilms } of cuts.flatMap(({ strangers }) => strangers)) {
      const [first, second] = bestFilms.map((film) => ratings.get(`${user} ${film}`)!);
      if (Number.isNaN(first)) expect(second, `user ${user}, seed ${seed}`).toBeNaN();
      else if (!Number.isNaN(second!)) expect(first).toBeGreaterThanOrEqual(second!);
      decided += Number(!Number.isNaN(first!));
    }
  }
  expect(decided).toBeGreaterThan(100);
});

test('the same seed cuts the same, another one differently', () => {
  const log = interactionsOf([20, 25, 30, 20, 25, 30, 20, 25]);
  expect(coldTextCuts(log, genresOf, 1)).toEqual(coldTextCuts(log, genresOf, 1));
  expect(coldTextCuts(log, genresOf, 2)).not.toEqual(coldTextCuts(log, genresOf, 1));
});
