/**
 * Weighted implicit least squares (Hu, Koren, Volinsky 2008) by alternating least squares on the objective of
 * ials-objective.ts. One iteration:
 *   1. users: three conjugate-gradient steps a row on its normal equations, from where it stood, items held fixed;
 *   2. items: the same, users held fixed. This half is last, because only the items are kept: a user's vector is solved
 *      anew from the history at request time.
 * At the end the items are turned into their principal axes (decision record 0001).
 */

import { availableParallelism } from 'node:os';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { random } from '../core/random.js';
import type { Interactions } from '../dataset/interactions.js';
import { transpose } from '../linalg/csr.js';
import { lambdaOf } from '../registry/lambda.js';
import type { Model } from '../registry/model.js';
import { bestRows } from './best-rows.js';
import { createIalsJob, type IalsJob } from './ials-job.js';
import { objective } from './ials-objective.js';
import { checkIalsParameters, type IalsParameters } from './ials-parameters.js';
import { learnedMatrix } from './learned.js';
import { filmCounts } from './popularity.js';
import { toPrincipalAxes } from './principal-axes.js';
import { priorBias } from './prior.js';

export interface IalsOptions {
  /** Default: what the machine offers. The result does not depend on it. */
  readonly threads?: number;
  /** Compute the objective after each iteration, about a seventh of its time. Default true. */
  readonly trackLoss?: boolean;
  readonly onProgress?: OnProgress;
}

export interface Iteration {
  /** L after it; undefined when it was not tracked. */
  readonly loss: number | undefined;
  /** Without the time that the loss took. */
  readonly seconds: number;
}

export interface IalsTraining {
  readonly model: Model;
  readonly iterations: readonly Iteration[];
}

/** Errors: usage (a parameter out of its limits), data-missing, memory-full. */
export async function trainIals(
  interactions: Interactions,
  parameters: IalsParameters,
  options: IalsOptions = {},
): Promise<Result<IalsTraining>> {
  const checked = checkIalsParameters(parameters);
  if (!checked.ok) return checked;
  const { dimensions, seed } = parameters;
  const created = jobOf(interactions, parameters, options.threads ?? availableParallelism());
  if (!created.ok) return created;
  const job = created.value;
  try {
    initialise(job.factors.items, job.stride, dimensions, seed);
    const iterations = await iterate(job, parameters.iterations, options);
    const factors = withoutPadding(job.factors.items, job.stride, dimensions);
    return succeed({ model: modelOf(interactions, parameters, factors), iterations });
  } finally {
    await job.close();
  }
}

/** The matrices are not kept: the job has its own copies, and the transpose of 20 M interactions is 160 MB. */
function jobOf(interactions: Interactions, parameters: IalsParameters, threads: number): Result<IalsJob> {
  const { dimensions, alpha, reg, regScaling, floor } = parameters;
  const users = learnedMatrix(interactions, floor);
  if (!users.ok) return users;
  const ridgeOf = (weightSum: number, otherRows: number): number =>
    lambdaOf(alpha, reg, regScaling, weightSum, otherRows);
  return createIalsJob({ dimensions, users: users.value, items: transpose(users.value), alpha, ridgeOf }, threads);
}

/** Small normal numbers: large enough to tell the dimensions apart, too small to look like scores. */
function initialise(items: Float32Array, stride: number, dimensions: number, seed: number): void {
  const { normal } = random(seed);
  const deviation = 0.1 / Math.sqrt(dimensions);
  for (let row = 0; row < items.length; row += stride) {
    for (let k = 0; k < dimensions; k++) items[row + k] = deviation * normal();
  }
}

async function iterate(
  job: IalsJob,
  total: number,
  { trackLoss = true, onProgress }: IalsOptions,
): Promise<Iteration[]> {
  const iterations: Iteration[] = [];
  await job.gram('items');
  for (let done = 1; done <= total; done++) {
    const startMs = performance.now();
    await job.solve('users');
    const userGram = await job.gram('users');
    await job.solve('items');
    const itemGram = await job.gram('items');
    const seconds = (performance.now() - startMs) / 1000;
    const loss = trackLoss ? await objective(job, userGram, itemGram) : undefined;
    iterations.push({ loss, seconds });
    const note = `${loss === undefined ? '' : `loss ${loss.toPrecision(6)}, `}${seconds.toFixed(2)} s`;
    onProgress?.({ task: 'train ials, iteration', done, total, note });
  }
  return iterations;
}

function withoutPadding(factors: Float32Array, stride: number, dimensions: number): Float32Array {
  const rows = factors.length / stride;
  const packed = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    packed.set(factors.subarray(row * stride, row * stride + dimensions), row * dimensions);
  }
  return packed;
}

function modelOf(interactions: Interactions, parameters: IalsParameters, factors: Float32Array): Model {
  const { dimensions, alpha, reg, regScaling, floor, prior, halfLifeDays } = parameters;
  const counts = filmCounts(interactions, halfLifeDays);
  return {
    kind: 'ials',
    encoder: { type: 'fold-in', alpha, reg, regScaling, floor, ratingHigh: interactions.ratingHigh },
    filmIds: interactions.films,
    dimensions,
    items: toPrincipalAxes(factors, interactions.films.length, dimensions),
    ...priorBias(counts, prior),
    fallback: bestRows(counts),
  };
}
