/** Small sound models, and the facts of versions, for the registry's tests. */

import { random } from '../../src/core/random.js';
import type { VersionFacts } from '../../src/registry/manifest.js';
import type { Model } from '../../src/registry/model.js';

export const popularity = (filmIds: readonly string[]): Model => ({
  kind: 'popularity',
  encoder: { type: 'constant' },
  filmIds,
  dimensions: 1,
  items: Float32Array.from(filmIds, (_, row) => filmIds.length - row),
  user: Float32Array.of(1),
  fallback: Int32Array.from(filmIds.keys()).slice(0, 100),
});

/** Each item has one dimension that is not zero, so that YᵀY is diagonal. */
export function ials(seed: number, n = 40, d = 8): Model {
  const { normal } = random(seed);
  const items = new Float32Array(n * d);
  for (let row = 0; row < n; row++) items[row * d + (row % d)] = normal() + 4;
  return {
    kind: 'ials',
    encoder: { type: 'fold-in', alpha: 40, reg: 0.01, regScaling: 1 },
    filmIds: Array.from({ length: n }, (_, row) => `film+${row}+1999`),
    dimensions: d,
    items,
    bias: Float32Array.from({ length: n }, () => normal()),
    fallback: Int32Array.of(2, 0, 1).slice(0, n),
  };
}

/** Made to sum, in no axes in particular. */
export function linear(seed: number, n = 40, d = 8): Model {
  const { normal, uniform } = random(seed);
  return {
    kind: 'linear',
    encoder: { type: 'sum', floor: -0.5, ratingHigh: 5, recency: 0.6 },
    filmIds: Array.from({ length: n }, (_, row) => `film+${row}+1999`),
    dimensions: d,
    items: Float32Array.from({ length: n * d }, () => normal()),
    gain: Float32Array.from({ length: n }, () => uniform()),
    fallback: Int32Array.of(2, 0, 1).slice(0, n),
  };
}

/** With t = 2 text columns: 52 a film. */
export const withCold = (model: Model): Model => ({
  ...model,
  cold: {
    weights: { prior: 1, genre: 2, text: 3, era: 4, group: 5, dislikedGenre: 6, popular: 7, unpopular: 0.5 },
    columns: Float32Array.from({ length: model.filmIds.length * 52 }, (_, at) => at / 7),
  },
});

export const facts = (second: number): VersionFacts => ({
  hyperparameters: { dimensions: 8, alpha: 40, method: 'cg' },
  seed: 7,
  command: 'matinee train ials --seed 7',
  code: { version: '0.1.0', commit: null, dirty: null, lockfileSha256: null, kernelSha256: null, node: 'v20.19.0' },
  data: {
    files: [{ name: 'ratings.csv', sha256: 'a'.repeat(64), rows: 100 }],
    fingerprint: 'b'.repeat(64),
    users: 10,
    films: 40,
    interactions: 90,
    fromMs: 0,
    toMs: 1e12,
  },
  parent: null,
  metrics: { loss: 0.5, 'recall@20': { value: 0.2, low: 0.1, high: 0.3 } },
  created: new Date(Date.UTC(2026, 0, 2, 3, 4, second, 567)),
});
