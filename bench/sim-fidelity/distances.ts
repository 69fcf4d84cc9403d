/** How far two records of who watched what are apart: each distance with its name and the bar it has to meet. */

import type { Better } from '../harness/rows.js';
import {
  activities,
  correlation,
  correlations,
  genreShares,
  jensenShannon,
  kolmogorovSmirnov,
  meanShares,
  pairsOf,
  rankDistance,
  rankFrequency,
  rootMeanSquare,
  spreads,
  type Watched,
} from '../../src/sim/viewers/fidelity.js';

export interface Distance {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly better: Better;
  /** What is held to be like MovieLens. */
  readonly bar: number;
}

/** Of `a` from `b`. */
export function distances(a: Watched, b: Watched): Distance[] {
  const [sharesA, sharesB] = [genreShares(a), genreShares(b)];
  const [pairsA, pairsB] = [sharesA, sharesB].map((shares) => pairsOf(correlations(shares))) as [number[], number[]];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const row = (name: string, unit: string, value: number, better: Better, bar: number): Distance => ({
    ...{ name, unit, value, better, bar },
  });
  return [
    row('rank and frequency', 'rms of log10 ratios', rankDistance(rankFrequency(a), rankFrequency(b)), 'lower', 0.1),
    row('activity', 'Kolmogorov–Smirnov', kolmogorovSmirnov(activities(a), activities(b)), 'lower', 0.12),
    row(
      'genres watched',
      'Jensen–Shannon bits',
      jensenShannon(meanShares(sharesA), meanShares(sharesB)),
      'lower',
      0.005,
    ),
    row('genre correlations', 'correlation', correlation(pairsA, pairsB), 'higher', 0.9),
    row('genre correlations, apart', 'rms', rootMeanSquare(pairsA, pairsB), 'lower', 0.12),
    row(
      'how much viewers differ in genres',
      'ratio of deviations',
      mean(spreads(sharesA)) / mean(spreads(sharesB)),
      'higher',
      0.75,
    ),
  ];
}
