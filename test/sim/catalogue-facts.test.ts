/** What the catalogue invents of films: by the stated rules, with the gaps of the real one, told alike in both styles. */

import { expect, test } from 'vitest';
import { filmJson } from '../../src/sim/api/records.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { createFilms, filmSpelt, type SimFilm } from '../../src/sim/catalogue/films.js';
import { NEWEST_YEAR } from '../../src/sim/catalogue/titles.js';
import { readFilmRecord } from '../../src/world/film-record.js';

const COUNT = 12_000;
const known = bundledCatalogue();
const films = createFilms(5, COUNT, known);
const all = films.ids.map((_, i) => films.film(i));
const indexes = all.map((_, i) => i);

const share = (is: (film: SimFilm) => boolean, of = all): number => of.filter(is).length / of.length;

/** Four standard deviations of a binomial share: a right rule misses them once in 16,000 seeds. */
function expectShare(is: (film: SimFilm) => boolean, expected: number): void {
  const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / COUNT);
  expect(Math.abs(share(is) - expected), `${share(is)} instead of ${expected}`).toBeLessThan(tolerance);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const moment = (f: (i: number) => number): number => mean(a.map((_, i) => f(i)));
  const covariance = moment((i) => (a[i]! - meanA) * (b[i]! - meanB));
  return covariance / Math.sqrt(moment((i) => (a[i]! - meanA) ** 2) * moment((i) => (b[i]! - meanB) ** 2));
}

test('facts follow from the seed and the film, in whatever order they are asked for', () => {
  const again = createFilms(5, COUNT, known);
  for (const i of [COUNT - 1, 5_432, 0, 7]) expect(again.film(i)).toEqual(all[i]);
  expect(createFilms(6, COUNT, known).film(0)).not.toEqual(all[0]);
});

test('as much is missing as in the real catalogue', () => {
  expectShare(({ cost }) => cost === null, 0.03);
  expectShare(({ genres }) => genres.length === 0, 0.018);
  expectShare(({ outside }) => outside.voteCount === 0, 0.024);
  expectShare(({ outside }) => outside.budget === 0, 0.65);
  expectShare(({ outside }) => outside.revenue === 0, 0.67);
  expectShare(({ outside }) => outside.homepage === null, 0.79);
});

test('recent and popular films are dear, old and obscure ones cheap, the oldest free, and missing is not free', () => {
  const paid = indexes.filter((i) => (all[i]!.cost ?? 0) > 0 && all[i]!.year !== null);
  const costs = paid.map((i) => all[i]!.cost!);
  expect(correlation(costs, paid.map((i) => all[i]!.year!))).toBeGreaterThan(0.4); // prettier-ignore
  expect(correlation(costs, paid.map((i) => films.popularity(i)))).toBeGreaterThan(0.2); // prettier-ignore
  const meanCost = (of: readonly number[]): number => of.reduce((sum, i) => sum + all[i]!.cost!, 0) / of.length;
  const dear = paid.filter((i) => all[i]!.year! >= 2000 && films.popularity(i) > 0.98);
  const cheap = paid.filter((i) => all[i]!.year! < 1970 && films.popularity(i) < 0.5);
  expect(meanCost(dear)).toBeGreaterThan(3 * meanCost(cheap));
  expect(Math.max(...costs)).toBeLessThanOrEqual(6.02);
  for (const { cost, year } of all) {
    if (year !== null && NEWEST_YEAR - year > 95) expect([0, null]).toContain(cost);
    else expect(cost).not.toBe(0);
  }
});

test('the age class is marked synthetic, families get milder films than friends of horror', () => {
  expect(new Set(all.map(({ maturity }) => maturity.source))).toEqual(new Set(['synthetic']));
  const adult = (genre: string): number =>
    share(
      ({ maturity }) => maturity.class === 'adult',
      all.filter(({ genres }) => genres.includes(genre)),
    );
  expect(adult('Family')).toBeLessThan(0.05);
  expect(adult('Horror')).toBeGreaterThan(0.6);
  for (const name of ['all', 'teen', 'adult'])
    expect(share(({ maturity }) => maturity.class === name)).toBeGreaterThan(0.2);
});

test('films read the same from both styles, without a violation', () => {
  for (const film of all.filter((_, i) => i % 5 === 0)) {
    const { id, title, year, genres, runtime, language, overview, cost } = film;
    const fields = { id, title, year, genres, runtime, language, overview, cost };
    for (const style of ['old', 'new'] as const) {
      const sent: unknown = JSON.parse(JSON.stringify(filmJson(film, style)));
      expect(readFilmRecord(sent)).toEqual({ fields, violations: [] });
    }
  }
});

test('the old style writes numbers as text, the new one has types and two fields more', () => {
  const film = all.find(
    ({ cost, outside }) => cost !== null && outside.homepage === null && outside.collection === null,
  )!;
  const [old, now] = [filmJson(film, 'old'), filmJson(film, 'new')];
  const { budget, popularity, revenue, voteAverage, voteCount } = film.outside;
  expect(old).toMatchObject({ adult: 'False', belongs_to_collection: {}, homepage: 'null', cost: String(film.cost) });
  expect(old).toMatchObject({ budget: String(budget), popularity: String(popularity), revenue: String(revenue) });
  expect(old).toMatchObject({ vote_average: String(voteAverage), vote_count: String(voteCount) });
  expect(now).toMatchObject({ adult: false, belongs_to_collection: null, homepage: null, license_cost: film.cost });
  expect(now).toMatchObject({ budget, popularity, revenue, vote_average: voteAverage, vote_count: voteCount });
  const only = (a: object, b: object): string[] => Object.keys(a).filter((field) => !(field in b));
  expect(only(now, old)).toEqual(['origin_country', 'tagline', 'license_cost']);
  expect(only(old, now)).toEqual(['cost']);
  const free = filmJson({ ...film, cost: null }, 'new');
  expect(free).not.toHaveProperty('license_cost');
});

test('outside films keep their summary, cast and numbers; invented ones have no number of anybody', () => {
  for (const [i, { summary, cast, imdbId, tmdbId }] of known.entries()) {
    expect(all[i]).toMatchObject({ cast, imdbId, tmdbId, ...(summary === null ? {} : { overview: summary }) });
  }
  expect(all.slice(known.length).every(({ imdbId, tmdbId }) => imdbId === null && tmdbId === null)).toBe(true);
  expect(filmSpelt(1, 'fight+club+1999')).toMatchObject({ imdbId: null, cast: [] });
});
