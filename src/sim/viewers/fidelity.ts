/** How like real people's simulated viewers' choices are: measures of who watched what, and distances between two of them. */

import { genreNames } from '../catalogue/genres.js';

/** Those that MovieLens has: History is not among them. */
export const comparedGenres = genreNames.filter((name) => name !== 'History');

/** Who watched what. */
export interface Watched {
  /** By viewer: indexes of films, none twice. */
  readonly films: readonly (readonly number[])[];
  /** By film: the site's names. */
  readonly genresOf: (film: number) => readonly string[];
}

/** Share of all viewings that each film has, the most watched first; films that nobody watched are left out. */
export function rankFrequency({ films }: Watched): number[] {
  const counts = new Map<number, number>();
  let total = 0;
  for (const list of films) {
    total += list.length;
    for (const film of list) counts.set(film, (counts.get(film) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => b - a).map((count) => count / total);
}

/** At later ranks MovieLens has but a few ratings for a film: their shares are steps. */
const COMPARED_RANKS = Array.from({ length: 12 }, (_, i) => 2 ** i);

/** Root of the mean square of log10(a / b) at the ranks 1, 2, 4 … 2,048. */
export function rankDistance(a: readonly number[], b: readonly number[]): number {
  const ratios = COMPARED_RANKS.map((rank) => Math.log10(a[rank - 1]! / b[rank - 1]!));
  return rootMeanSquare(
    ratios,
    ratios.map(() => 0),
  );
}

/** Films of each viewer over the mean: who watches much and who little. */
export function activities({ films }: Watched): number[] {
  const mean = films.reduce((sum, list) => sum + list.length, 0) / films.length;
  return films.map((list) => list.length / mean);
}

/** Largest distance between two empirical distributions (Kolmogorov and Smirnov), 0 … 1. */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a, b].map((values) => [...values].sort((p, q) => p - q)) as [number[], number[]];
  let [i, j, most] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= value) i++;
    while (j < y.length && y[j]! <= value) j++;
    most = Math.max(most, Math.abs(i / x.length - j / y.length));
  }
  return most;
}

/** Viewers × genres, in the order of `comparedGenres`: which part of a viewer's films has the genre. */
export function genreShares({ films, genresOf }: Watched): number[][] {
  return films.map((list) => {
    const films = new Map(comparedGenres.map((genre) => [genre, 0]));
    for (const genre of list.flatMap(genresOf)) films.set(genre, films.get(genre)! + 1);
    return [...films.values()].map((count) => count / list.length);
  });
}

/** Genres × genres: Pearson's correlation over the viewers. */
export function correlations(shares: readonly (readonly number[])[]): number[][] {
  const columns = comparedGenres.map((_, genre) => standardised(shares.map((row) => row[genre]!)));
  return columns.map((a) => columns.map((b) => a.reduce((sum, value, viewer) => sum + value * b[viewer]!, 0)));
}

/** Mean 0, sum of squares 1; all 0 where the values do not differ. */
function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return norm === 0 ? centred : centred.map((value) => value / norm);
}

/** What stands beside the diagonal, each pair of genres once. */
export const pairsOf = (matrix: readonly (readonly number[])[]): number[] =>
  matrix.flatMap((row, i) => row.slice(i + 1));

/** Pearson's correlation of two lists of the same length. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [standardised(a), standardised(b)];
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

export const rootMeanSquare = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);

/** Divergence of Jensen and Shannon between two lists of weights, each brought to a sum of 1, in bits: 0 … 1. */
export function jensenShannon(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [a, b].map((weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  }) as [number[], number[]];
  const toMiddle = (from: readonly number[], other: readonly number[]): number =>
    from.reduce((bits, share, i) => bits + (share === 0 ? 0 : share * Math.log2((2 * share) / (share + other[i]!))), 0);
  return (toMiddle(p, q) + toMiddle(q, p)) / 2;
}

/** By genre: the mean over viewers. */
export const meanShares = (shares: readonly (readonly number[])[]): number[] =>
  comparedGenres.map((_, genre) => shares.reduce((sum, row) => sum + row[genre]!, 0) / shares.length);

/** By genre: how different viewers are, as a standard deviation. */
export function spreads(shares: readonly (readonly number[])[]): number[] {
  const means = meanShares(shares);
  return means.map((mean, genre) =>
    Math.sqrt(shares.reduce((sum, row) => sum + (row[genre]! - mean) ** 2, 0) / shares.length),
  );
}
