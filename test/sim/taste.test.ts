/** True tastes: pure functions of viewer, film and time, and of another form than any model that is served. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { genreNames } from '../../src/sim/catalogue/genres.js';
import { readArchetypes } from '../../src/sim/viewers/archetypes.js';
import { explore } from '../../src/sim/viewers/choice.js';
import { genreTones } from '../../src/sim/viewers/film-traits.js';
import { idealAt } from '../../src/sim/viewers/mood.js';
import { ratingOf, shareWatched } from '../../src/sim/viewers/reactions.js';
import { createViewer } from '../../src/sim/viewers/viewer.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';

const small = (seed = 5): SimWorld => createSimWorld({ seed, films: 2_000, users: 20_000 });
const world = small();
const { tastes } = world;
const NOW = Date.UTC(2026, 7, 27, 18, 44);
const DAY = 86_400_000;
const users = Array.from({ length: 400 }, (_, i) => i + 1);
const films = Array.from(world.ids.keys());
const viewerOf = (user: number, age = 29): ReturnType<typeof createViewer> =>
  createViewer(world.seed, user, age, readArchetypes(), genreTones(world.seed));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const genresOf = films.map((film) => world.film(film).genres);
const filmsOf = new Map(genreNames.map((genre) => [genre, films.filter((film) => genresOf[film]!.includes(genre))]));

test('satisfaction is the same whenever, in whatever order and by whomever it is asked', () => {
  const asked = fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 1_999 }), fc.nat(400 * DAY));
  const other = small().tastes;
  fc.assert(
    fc.property(
      fc.array(asked, { minLength: 2, maxLength: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, shift) => {
        const ask = ({ satisfaction }: typeof tastes, list: typeof all): number[] =>
          list.flatMap(([user, film, ms]) => [
            satisfaction(user, film, NOW + ms),
            satisfaction(user, film, NOW + ms, shift),
          ]);
        const first = ask(tastes, all);
        // Everybody again at another time and, 512 apart, whoever takes their places in the memory.
        ask(
          tastes,
          all.map(([user, film]) => [user + 512, film, 0]),
        );
        expect(ask(tastes, all)).toEqual(first);
        expect(ask(other, all.toReversed())).toEqual(ask(tastes, all.toReversed()));
        expect(first.every((value) => value >= 0 && value <= 1)).toBe(true);
      },
    ),
  );
});

test('another seed makes other people', () => {
  const other = small(6).tastes;
  expect(films.slice(0, 50).map((film) => other.satisfaction(1, film, NOW))).not.toEqual(
    films.slice(0, 50).map((film) => tastes.satisfaction(1, film, NOW)),
  );
});

test('films that people come across please by half on average, and very differently', () => {
  const draws = random(2);
  const values = users.flatMap((user) =>
    Array.from({ length: 20 }, () => tastes.satisfaction(user, world.pickFilm(draws.uniform()), NOW)),
  );
  values.sort((a, b) => a - b);
  expect(mean(values)).toBeGreaterThan(0.4);
  expect(mean(values)).toBeLessThan(0.6);
  expect(values[values.length * 0.9]! - values[values.length * 0.1]!).toBeGreaterThan(0.35);
});

test('what everybody watches pleases more than any film at all, and what suits oneself far more', () => {
  const popular = films.toSorted((a, b) => world.weights[b]! - world.weights[a]!).slice(0, 20);
  const pleasures = users.slice(0, 100).map((user) => {
    const all = films.map((film) => tastes.satisfaction(user, film, NOW));
    const best = all.toSorted((a, b) => b - a).slice(0, 20);
    return { best: mean(best), popular: mean(popular.map((film) => all[film]!)), any: mean(all) };
  });
  expect(mean(pleasures.map(({ popular, any }) => popular - any))).toBeGreaterThan(0.03);
  expect(mean(pleasures.map(({ best, popular }) => best - popular))).toBeGreaterThan(0.15);
});

test('a hated genre spoils every film that has it', () => {
  const haters = users.filter((user) => viewerOf(user, world.user(user)!.age).veto !== 0);
  expect(haters.length).toBeGreaterThan(20);
  for (const user of haters.slice(0, 50)) {
    const { veto } = viewerOf(user, world.user(user)!.age);
    const hated = genreNames.findIndex((_, genre) => veto === 1 << genre);
    const spoilt = filmsOf.get(genreNames[hated]!)!.map((film) => tastes.satisfaction(user, film, NOW));
    expect(Math.max(...spoilt)).toBeLessThan(0.4);
  }
});

test('tastes drift by small steps, and far within a year', () => {
  const steady = { ...viewerOf(1), moodiness: -1 };
  const year = Array.from({ length: 4 * 365 }, (_, part) => idealAt(world.seed, 1, steady, 82_000 + part));
  const apart = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((value, tone) => value - b[tone]!));
  const steps = year.slice(1).map((ideal, i) => apart(ideal, year[i]!));
  expect(Math.max(...steps)).toBeLessThan(0.02);
  expect(Math.max(...year.map((ideal) => apart(ideal, year[0]!)))).toBeGreaterThan(0.3);
});

test('at other hours other films please, though not everybody feels the difference', () => {
  const pleasures = users.map((user) => films.slice(0, 20).map((film) => tastes.satisfaction(user, film, NOW)));
  const later = users.map((user) => films.slice(0, 20).map((film) => tastes.satisfaction(user, film, NOW + DAY / 2)));
  const changed = pleasures.filter((before, i) =>
    before.some((value, film) => Math.abs(value - later[i]![film]!) > 0.05),
  );
  expect(changed.length).toBeGreaterThan(users.length / 10);
  expect(changed.length).toBeLessThan(users.length);
});

test('a planted shift moves everybody to other films, the farther the more', () => {
  const rare = filmsOf.get('Western')!;
  const usual = filmsOf.get('Drama')!.filter((film) => genresOf[film]!.length === 1);
  const pleasure = (some: readonly number[], shift: number): number =>
    mean(
      users
        .slice(0, 100)
        .flatMap((user) => some.slice(0, 50).map((film) => tastes.satisfaction(user, film, NOW, shift))),
    );
  expect(tastes.satisfaction(1, 1, NOW, 0)).toBe(tastes.satisfaction(1, 1, NOW));
  for (const [less, more] of [
    [0, 0.3],
    [0.3, 0.6],
    [0.6, 1],
  ] as const) {
    expect(pleasure(rare, more)).toBeGreaterThan(pleasure(rare, less));
    expect(pleasure(usual, more)).toBeLessThan(pleasure(usual, less));
  }
});

test('children like other films than their parents', () => {
  const ages = (user: number): number => world.user(user)!.age;
  const everybody = Array.from({ length: 4_000 }, (_, i) => i + 1);
  const family = filmsOf.get('Family')!.slice(0, 40);
  const pleasure = (some: readonly number[]): number =>
    mean(some.slice(0, 150).flatMap((user) => family.map((film) => tastes.satisfaction(user, film, NOW))));
  const children = pleasure(everybody.filter((user) => ages(user) < 14));
  expect(children).toBeGreaterThan(pleasure(everybody.filter((user) => ages(user) > 30)) + 0.05);
});

test('some watch a hundred times as much as others, as in MovieLens', () => {
  const activities = Array.from({ length: 20_000 }, (_, i) => tastes.activity(i + 1)).sort((a, b) => a - b);
  const rated = readArchetypes().map((archetype) => archetype.films);
  expect(mean(activities)).toBeCloseTo(1, 1);
  for (const share of [0.1, 0.5, 0.9]) {
    const expected = rated[Math.floor(share * rated.length)]! / mean(rated);
    expect(activities[share * 20_000]! / expected).toBeCloseTo(1, 0);
  }
  expect(activities.at(-1)! / activities[0]!).toBeGreaterThan(100);
});

test('who explores picks what pleases, not only what comes first', () => {
  const draws = random(4);
  const picked = Array.from({ length: 4_000 }, () =>
    explore(
      draws,
      () => draws.integer(100),
      (film) => film / 100,
    ),
  );
  expect(mean(picked)).toBeGreaterThan(65);
  expect(new Set(picked).size).toBeGreaterThan(70);
});

test('the better a film pleases, the more of it is watched and the better it is rated', () => {
  const draws = random(3);
  for (const scale of [5, 10]) {
    const levels = [0, 0.2, 0.4, 0.6, 0.8, 1].map((satisfaction) => {
      const reactions = Array.from({ length: 2_000 }, () => ({
        share: shareWatched(satisfaction, draws),
        rating: ratingOf(satisfaction, draws, scale),
      }));
      const ratings = reactions.map(({ rating }) => rating);
      expect(ratings.every((rating) => Number.isInteger(rating) && rating >= 1 && rating <= scale)).toBe(true);
      expect(reactions.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
      return { rating: mean(ratings), share: mean(reactions.map(({ share }) => share)) };
    });
    for (const [i, level] of levels.slice(1).entries()) {
      expect(level.rating).toBeGreaterThan(levels[i]!.rating);
      expect(level.share).toBeGreaterThan(levels[i]!.share);
    }
  }
});
