/**
 * The unit of a model's scores, so that what is not learned by the model can be weighed against what is: how well the
 * films that people name speak for one another. Scores of a linear model are near 0.1, those of iALS near 1.
 */

import assert from 'node:assert/strict';
import { lambdaOf } from '../registry/lambda.js';
import type { Encoder, Model } from '../registry/model.js';

/** Of the best liked films: those are named, and those are answered. */
const SAMPLE = 256;

/**
 * The root of the mean square, over the best liked films, of the best score that one of them as the whole history gives
 * another; 1 where there is none.
 * @param likes by row
 */
export function scoreUnit(model: Model, likes: Float64Array): number {
  const { items, dimensions: d } = model;
  const rows = [...likes.keys()].sort((a, b) => likes[b]! - likes[a]! || a - b).slice(0, SAMPLE);
  let squares = 0;
  const vectorOf = oneFilmEncoder(model);
  for (const named of rows) {
    const x = vectorOf(named);
    let best = 0;
    for (const row of rows) {
      if (row === named) continue;
      let score = 0;
      for (let k = 0; k < d; k++) score += x[k]! * items[row * d + k]!;
      best = Math.max(best, score);
    }
    squares += best * best;
  }
  return squares > 0 ? Math.sqrt(squares / rows.length) : 1;
}

/** The vector of who met one film: registry/model.ts has the formulas. */
function oneFilmEncoder(model: Model): (row: number) => Float64Array {
  const { encoder, items, gain, dimensions: d } = model;
  const rowOf = (row: number): Float64Array => Float64Array.from(items.subarray(row * d, (row + 1) * d));
  if (encoder.type === 'sum') return (row) => rowOf(row).map((y) => gain![row]! * y);
  assert(encoder.type === 'fold-in', 'who is the same as everybody is no stranger');
  return foldIn(model, encoder, rowOf);
}

/** In principal axes A = YᵀY + λI is diagonal, and (A + α·yyᵀ)⁻¹y = A⁻¹y / (1 + α·yᵀA⁻¹y) (Sherman, Morrison 1950). */
function foldIn(
  { items, filmIds, dimensions: d }: Model,
  { alpha, reg, regScaling }: Extract<Encoder, { type: 'fold-in' }>,
  rowOf: (row: number) => Float64Array,
): (row: number) => Float64Array {
  const diagonal = new Float64Array(d).fill(lambdaOf(alpha, reg, regScaling, 1, filmIds.length));
  for (let at = 0; at < items.length; at++) diagonal[at % d]! += items[at]! ** 2;
  return (row) => {
    const y = rowOf(row);
    const share = y.reduce((sum, value, k) => sum + value ** 2 / diagonal[k]!, 0);
    return y.map((value, k) => ((1 + alpha) * value) / diagonal[k]! / (1 + alpha * share));
  };
}
