/**
 * The shallow linear autoencoder EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data") in the form of
 * embeddings. EASE predicts a user's row x of X by xB, where B has no diagonal and makes |X − XB|² + λ|B|² least:
 *
 *     B_ij = −P_ij / P_jj  for i ≠ j,   P = (XᵀX + λI)⁻¹
 *
 *   1. Eigenpairs XᵀX = VΘVᵀ, the d largest of them.
 *   2. With f_k = θ_k / (θ_k + λ) the inverse is P = (I − V·diag(f)·Vᵀ) / λ, exactly so when d is the rank.
 *   3. So B_ij = r_i·r_j / (1 − h_j) with the rows r of V·diag(√f) and h_j = |r_j|².
 * The item row is y_j = r_j / (1 − h_j), and a history sums gain_j·y_j with gain_j = 1 − h_j. The diagonal of B is not
 * zero here: it only reaches films of the history, which are never answered.
 */

import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { random } from '../core/random.js';
import type { Interactions } from '../dataset/interactions.js';
import type { Model } from '../registry/model.js';
import { bestRows } from './best-rows.js';
import type { Eigenpairs } from '../linalg/lanczos.js';
import { learnedMatrix } from './learned.js';
import { checkLinearParameters, type LinearParameters } from './linear-parameters.js';
import { filmCounts } from './popularity.js';
import { principalDirections } from '../linalg/principal-directions.js';
import { priorBias } from './prior.js';

/** Errors: usage (a parameter out of its limits), data-missing. */
export function trainLinear(
  interactions: Interactions,
  parameters: LinearParameters,
  onProgress?: OnProgress,
): Result<Model> {
  const checked = checkLinearParameters(parameters);
  if (!checked.ok) return checked;
  const matrix = learnedMatrix(interactions, parameters.floor);
  if (!matrix.ok) return matrix;
  const onStep = (done: number): void => onProgress?.({ task: 'train linear, step', done });
  const pairs = principalDirections(matrix.value, parameters.dimensions, random(parameters.seed), onStep);
  return succeed(modelOf(interactions, parameters, pairs));
}

function modelOf(interactions: Interactions, parameters: LinearParameters, pairs: Eigenpairs): Model {
  const { lambda, floor, recency, prior, halfLifeDays } = parameters;
  const counts = filmCounts(interactions, halfLifeDays);
  return {
    kind: 'linear',
    encoder: { type: 'sum', floor, ratingHigh: interactions.ratingHigh, recency },
    filmIds: interactions.films,
    dimensions: pairs.values.length,
    ...embeddings(pairs, interactions.films.length, lambda),
    ...priorBias(counts, prior),
    fallback: bestRows(counts),
  };
}

function embeddings(
  { values, vectors }: Eigenpairs,
  n: number,
  lambda: number,
): { readonly items: Float32Array; readonly gain: Float32Array } {
  const d = values.length;
  const roots = values.map((value) => Math.sqrt(value / (value + lambda)));
  const items = new Float32Array(n * d);
  const gain = new Float32Array(n);
  for (let film = 0; film < n; film++) {
    let rest = 1;
    for (let k = 0; k < d; k++) rest -= (roots[k]! * vectors[k]![film]!) ** 2;
    for (let k = 0; k < d; k++) items[film * d + k] = (roots[k]! * vectors[k]![film]!) / rest;
    gain[film] = rest;
  }
  return { items, gain };
}
