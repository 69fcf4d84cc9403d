/** The world: a pure function of its seed, as skewed and as odd as the real one. */

import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { aliasTable } from '../../src/sim/alias-table.js';
import { filmSpelt } from '../../src/sim/catalogue/films.js';
import { createSimWorld } from '../../src/sim/world.js';
import { isFilmId } from '../../src/world/film-id.js';
import { smallWorld } from './small-world.js';

const world = createSimWorld({ seed: 3, films: 27_000, users: 1_000_000 });
const someUsers = Array.from({ length: 20_000 }, (_, i) => world.user(1 + i * 50)!);
const someFilms = Array.from({ length: 9_000 }, (_, i) => world.film(i * 3));
const share = <T>(items: readonly T[], is: (item: T) => boolean): number => items.filter(is).length / items.length;

test('the same seed makes the same world, another seed another', () => {
  const facts = (seed: number): unknown => {
    const { ids, film, user } = smallWorld(seed);
    return [ids, ids.map((_, i) => film(i)), Array.from({ length: 2_000 }, (_, i) => user(i + 1))];
  };
  expect(facts(1)).toEqual(facts(1));
  expect(facts(2)).not.toEqual(facts(1));
});

test('known films come first, under their own ids, with the genres the site knows', () => {
  const known = [
    { id: 'toy+story+1995', title: 'Toy Story', year: 1995, genres: ['Animation', 'Children', 'IMAX'] },
    { id: 'alien+1979', title: 'Alien', year: 1979, genres: ['Horror', 'Sci-Fi'] },
  ];
  const { film, indexOf, ids } = createSimWorld({ seed: 1, films: 50, users: 10, known });
  expect(film(0)).toMatchObject({ id: 'toy+story+1995', title: 'Toy Story', genres: ['Animation', 'Family'] });
  expect(film(1).genres).toEqual(['Horror', 'Science Fiction']);
  expect(indexOf('alien+1979')).toBe(1);
  expect(ids).toHaveLength(50);
});

test('27,000 films have as many ids, all well-formed, some as odd as the real ones', () => {
  expect(new Set(world.ids).size).toBe(27_000);
  expect(world.ids.filter((id) => !isFilmId(id))).toEqual([]);
  const odd = [/^\+/, /^\.\.\./, /\+$/, /\+(\d{4})\+\1$/, /_/, /\*/, /'/, /-/, /\.\d/];
  for (const pattern of odd) expect(world.ids.some((id) => pattern.test(id))).toBe(true);
});

test('films lack what the real ones lack, and a missing cost is not a free film', () => {
  expect(share(someFilms, ({ cost }) => cost === null)).toBeCloseTo(0.03, 2);
  expect(share(someFilms, ({ cost }) => cost === 0)).toBeCloseTo(0.02, 2);
  expect(share(someFilms, ({ language }) => language === 'en')).toBeCloseTo(0.74, 1);
  expect(share(someFilms, ({ genres }) => genres.length === 0)).toBeCloseTo(0.018, 2);
  expect(someFilms.some(({ runtime }) => runtime === null)).toBe(true);
  expect(someFilms.some(({ runtime }) => runtime !== null && runtime > 300)).toBe(true);
});

test('users are as old, as male and as silent as the real ones', () => {
  const ages = someUsers.map(({ age }) => age).sort((a, b) => a - b);
  expect(ages[ages.length >> 1]).toBe(29);
  expect(ages[0]).toBe(8);
  expect(ages.at(-1)).toBe(90);
  expect(share(someUsers, ({ gender }) => gender === 'M')).toBeCloseTo(0.83, 1);
  expect(share(someUsers, ({ likes }) => likes === null)).toBeCloseTo(0.3, 1);
  expect(new Set(someUsers.map(({ occupation }) => occupation)).size).toBe(21);
  expect(new Set(someUsers.map(({ likes }) => likes)).size).toBeGreaterThan(10_000);
});

test('nobody lives outside the ids', () => {
  for (const id of [0, -1, 1.5, 1_000_001, NaN]) expect(world.user(id)).toBeUndefined();
});

test('a film known only by its id always has the same facts', () => {
  expect(filmSpelt(1, 'fight+club+1999')).toEqual(filmSpelt(1, 'fight+club+1999'));
  expect(filmSpelt(1, 'fight+club+1999')).toMatchObject({ id: 'fight+club+1999', title: 'Fight Club', year: 1999 });
});

test('popularity is skewed, and reaches the last film', () => {
  const draws = random(1);
  const counts = new Uint32Array(27_000);
  for (let i = 0; i < 400_000; i++) counts[world.pickFilm(draws.uniform())]!++;
  const sorted = Array.from(counts).sort((a, b) => b - a);
  expect(sorted[0]! / 400_000).toBeCloseTo(0.0115, 2);
  expect(sorted[0]!).toBeGreaterThan(5 * sorted[100]!);
  expect(counts.filter((count) => count > 0).length).toBeGreaterThan(20_000);
});

test('an alias table draws each outcome by its weight', () => {
  const table = aliasTable([1, 0, 3, 4]);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 80_000; i++) counts[table.pick((i + 0.5) / 80_000)]!++;
  expect(counts).toEqual([10_000, 0, 30_000, 40_000]);
});
