/** Models and vectors for the engine's tests. */

import type { Model } from '../../src/registry/model.js';

/** A model whose user vector is given: the kernels' scan without the fold-in. */
export function constantModel(items: Float32Array, d: number, user: Float32Array, bias?: Float32Array): Model {
  const n = items.length / d;
  return {
    kind: 'popularity',
    encoder: { type: 'constant' },
    filmIds: Array.from({ length: n }, (_, row) => `film+${row}`),
    dimensions: d,
    items,
    user,
    fallback: new Int32Array(0),
    ...(bias === undefined ? {} : { bias }),
  };
}

export function foldInModel(
  items: Float32Array,
  d: number,
  encoder: { alpha: number; reg: number; regScaling: number },
): Model {
  const n = items.length / d;
  return {
    kind: 'ials',
    encoder: { type: 'fold-in', ...encoder },
    filmIds: Array.from({ length: n }, (_, row) => `film+${row}`),
    dimensions: d,
    items,
    fallback: new Int32Array(0),
  };
}

/** A model whose user vector is a sum over the history, in no axes in particular. */
export function sumModel(
  items: Float32Array,
  d: number,
  gain: Float32Array,
  { floor = 1, recency, bias }: { floor?: number; recency?: number; bias?: Float32Array | undefined } = {},
): Model {
  return {
    kind: 'linear',
    encoder: { type: 'sum', floor, ratingHigh: 5, ...(recency === undefined ? {} : { recency }) },
    filmIds: Array.from(gain, (_, row) => `film+${row}`),
    dimensions: d,
    items,
    gain,
    fallback: Int32Array.from(gain.keys()).slice(0, 30),
    ...(bias === undefined ? {} : { bias }),
  };
}
