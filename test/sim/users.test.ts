/** Users: who they are says the API, and what they say of themselves comes from their true tastes. */

import { expect, test } from 'vitest';
import { genreNames } from '../../src/sim/catalogue/genres.js';
import { ageOf, userOf } from '../../src/sim/viewers/users.js';
import { createSimWorld } from '../../src/sim/world.js';

const world = createSimWorld({ seed: 9, films: 1_500, users: 50_000 });
const ids = Array.from({ length: 1_500 }, (_, i) => i + 1);
const images = ids.map((id) => world.tastes.selfImage(id));
const NOW = Date.UTC(2026, 0, 1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const filmsOf = new Map(
  genreNames.map((genre) => [genre, [...world.ids.keys()].filter((film) => world.film(film).genres.includes(genre))]),
);

test('a self-image names genres of the site and titles of the catalogue, and is always the same', () => {
  const titles = new Set(world.ids.map((_, film) => world.film(film).title));
  for (const [i, image] of images.entries()) {
    expect(image.likedGenres.length).toBeGreaterThanOrEqual(1);
    for (const genre of [...image.likedGenres, ...image.dislikedGenres]) expect(genreNames).toContain(genre);
    expect(image.likedGenres.filter((genre) => image.dislikedGenres.includes(genre))).toEqual([]);
    for (const named of [image.likedTitles, image.dislikedTitles]) {
      expect(named.length).toBeLessThanOrEqual(3);
      expect(named.every((title) => titles.has(title))).toBe(true);
    }
    if (i % 100 === 0) expect(world.tastes.selfImage(i + 1)).toEqual(image);
  }
});

test('viewers enjoy what they say they like more than what they say they dislike', () => {
  const differences = ids.slice(0, 300).flatMap((id, i) => {
    const { likedGenres, dislikedGenres } = images[i]!;
    if (dislikedGenres.length === 0) return [];
    const pleasure = (genre: string): number =>
      mean(
        filmsOf
          .get(genre)!
          .slice(0, 60)
          .map((film) => world.tastes.satisfaction(id, film, NOW)),
      );
    return [pleasure(likedGenres[0]!) - pleasure(dislikedGenres[0]!)];
  });
  expect(mean(differences)).toBeGreaterThan(0.1);
  expect(differences.filter((difference) => difference > 0).length / differences.length).toBeGreaterThan(0.85);
});

test('self-images differ: eras, popular films, one genre or three', () => {
  expect(new Set(images.map(({ era }) => era))).toEqual(new Set(['old', 'recent', null]));
  expect(new Set(images.map(({ likesPopular }) => likesPopular)).size).toBe(2);
  expect(new Set(images.map(({ likedGenres }) => likedGenres.length))).toEqual(new Set([1, 2, 3]));
  expect(new Set(images.flatMap(({ likedGenres }) => likedGenres)).size).toBeGreaterThan(12);
});

test('who says nothing is not asked for a self-image, and silence is of both kinds at once', () => {
  let asked = 0;
  const users = ids.map((id) =>
    userOf(9, id, () => {
      asked++;
      return images[id - 1]!;
    }),
  );
  const silent = users.filter(({ likes }) => likes === null);
  expect(users.filter(({ dislikes }) => dislikes === null)).toEqual(silent);
  expect(asked).toBe(users.length - silent.length);
  expect(silent.length / users.length).toBeCloseTo(0.3, 1);
  expect(users).toEqual(ids.map((id) => world.user(id)));
});

test('an age can be asked for alone', () => {
  for (const id of ids.slice(0, 200)) expect(ageOf(9, id)).toBe(world.user(id)!.age);
});
