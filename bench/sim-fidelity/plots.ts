/** The pictures of docs/simulation: MovieLens and simulated viewers side by side. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import {
  activities,
  comparedGenres,
  correlations,
  genreShares,
  rankFrequency,
  type Watched,
} from '../../src/sim/viewers/fidelity.js';
import { drawCurves, type Axis, type Curve } from './curves.js';
import { drawMatrices } from './matrix.js';

const folder = join(packageRoot, 'docs/simulation');

export function writePlots(real: Watched, few: Watched, many: Watched): void {
  mkdirSync(folder, { recursive: true });
  const curves = (pointsOf: (watched: Watched) => Curve['points']): Curve[] => [
    { name: `MovieLens, ${real.films.length} users`, kind: 'real', points: pointsOf(real) },
    { name: `simulated, ${few.films.length}`, kind: 'few', points: pointsOf(few) },
    { name: `simulated, ${many.films.length}`, kind: 'many', points: pointsOf(many) },
  ];
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('rank-frequency.svg', drawCurves('How unequally films are watched', ranks, shares, curves(ranked)));
  write('activity.svg', drawCurves('How unequally viewers watch', viewers, multiples, curves(sortedActivities)));
  const of = (watched: Watched): number[][] => correlations(genreShares(watched));
  const title = 'Which genres the same people watch: MovieLens below, simulated above';
  write('genre-correlations.svg', drawMatrices(title, comparedGenres, of(real), of(many)));
}

const powers = (from: number, to: number, text: (power: number) => string): Axis['ticks'] =>
  Array.from({ length: to - from + 1 }, (_, i) => [10 ** (from + i), text(from + i)] as const);

const ranks: Axis = {
  ...{ label: 'rank of the film', from: 1, to: 10_000, scale: 'logarithmic' },
  ticks: powers(0, 4, (power) => (10 ** power).toLocaleString('en')),
};
const shares: Axis = {
  ...{ label: 'share of all viewings', from: 1e-5, to: 1e-2, scale: 'logarithmic' },
  ticks: powers(-5, -2, (power) => `${Number((100 * 10 ** power).toPrecision(1))} %`),
};
const viewers: Axis = {
  ...{ label: 'viewers, those who watch least first', from: 0, to: 1, scale: 'linear' },
  ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => [share, `${100 * share} %`] as const),
};
const multiples: Axis = {
  ...{ label: 'films, as a multiple of the mean', from: 0.05, to: 20, scale: 'logarithmic' },
  ticks: [0.1, 0.3, 1, 3, 10].map((value) => [value, String(value)] as const),
};

/** Every film at the first ranks, then a few of each power of ten. */
function ranked(watched: Watched): Curve['points'] {
  const frequencies = rankFrequency(watched);
  const places = Array.from({ length: 200 }, (_, i) => Math.round(10 ** (i / 50))).filter(
    (rank) => rank <= frequencies.length,
  );
  return [...new Set(places)].map((rank) => [rank, frequencies[rank - 1]!]);
}

function sortedActivities(watched: Watched): Curve['points'] {
  const sorted = activities(watched).sort((a, b) => a - b);
  return Array.from({ length: 201 }, (_, i) => [i / 200, sorted[Math.round((i / 200) * (sorted.length - 1))]!]);
}
