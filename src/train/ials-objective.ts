/**
 * What iALS makes small. With s = x_u·y_i, c = αw and λ of a row = reg · (Σ c of the row + rows of the other
 * side)^regScaling (Rendle et al. 2022, "Revisiting the performance of iALS on item recommendation benchmarks"):
 *
 *     L = Σ over all pairs s²  +  Σ over observed pairs [(1 + c)(1 − s)² − s²]  +  Σ λ_u|x_u|²  +  Σ λ_i|y_i|²
 *
 * that is, a squared error of weight 1 + c towards 1 where a pair was observed, and of weight 1 towards 0 elsewhere.
 */

import type { IalsJob } from './ials-job.js';
import type { Side } from './ials-plan.js';

/** The first sum is the inner product of the Gram matrices of both sides, so no pair is ever visited for it. */
export async function objective(job: IalsJob, userGram: Float64Array, itemGram: Float64Array): Promise<number> {
  const allPairs = userGram.reduce((sum, entry, i) => sum + entry * itemGram[i]!, 0);
  return allPairs + (await job.observedLoss()) + penalty(job, 'users') + penalty(job, 'items');
}

/** Σ λ|row|². */
function penalty({ factors, ridges, stride }: IalsJob, side: Side): number {
  const [values, lambdas] = [factors[side], ridges[side]];
  let sum = 0;
  for (let row = 0; row < lambdas.length; row++) {
    for (let at = row * stride; at < (row + 1) * stride; at++) sum += lambdas[row]! * (values[at]! * values[at]!);
  }
  return sum;
}
