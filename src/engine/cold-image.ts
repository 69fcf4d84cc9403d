/**
 * The image for people without a history: the model's own d columns, and behind them those that words can name. Its vectors
 * are made by strangers.ts.
 */

import { DIMENSIONS_MAX, MODEL_COLD, MODEL_COLD_WEIGHTS } from '../../assembly/layout.js';
import { coldColumns, type ColdColumns } from '../cold/columns.js';
import type { ColdWeights, Model } from '../registry/model.js';
import type { Views } from './views.js';

/** How the weights stand at MODEL_COLD_WEIGHTS. */
const WEIGHTS: readonly (keyof ColdWeights)[] = [
  ...(['prior', 'genre', 'text', 'era', 'group', 'dislikedGenre', 'popular', 'unpopular'] as const),
];

/**
 * Columns behind the model's d that an image for strangers has: all, or none where a vector of the kernels has no room for
 * them.
 */
export const servedColdColumns = (d: number, columns: number): number => (d + columns <= DIMENSIONS_MAX ? columns : 0);

/** Why a model has no rung for strangers, in words; undefined when it has one. */
export function whyNoColdRung(d: number, columns: number): string | undefined {
  if (columns === 0) return 'the version holds no columns for them';
  if (servedColdColumns(d, columns) > 0) return undefined;
  return `${d} dimensions and ${columns} columns for them are more than ${DIMENSIONS_MAX}`;
}

/** The rows that strangers are scored with, as a model whose user vector is given from outside. */
export function coldModelOf({ kind, items, dimensions: d, fallback }: Model, columns: Float32Array): Model {
  const n = items.length / d;
  const count = columns.length / n;
  const dimensions = d + count;
  const joined = new Float32Array(n * dimensions);
  for (let row = 0; row < n; row++) {
    joined.set(items.subarray(row * d, (row + 1) * d), row * dimensions);
    joined.set(columns.subarray(row * count, (row + 1) * count), row * dimensions + d);
  }
  const given = { encoder: { type: 'constant' }, user: new Float32Array(dimensions) } as const;
  return { kind, ...given, filmIds: [], dimensions, items: joined, fallback };
}

/** Tells the model's own image where the one for strangers is, and what their words weigh. */
export function linkCold(memory: WebAssembly.Memory, image: number, cold: number, weights: ColdWeights): void {
  const header = new DataView(memory.buffer, image);
  header.setUint32(MODEL_COLD, cold, true);
  for (const [i, name] of WEIGHTS.entries()) header.setFloat64(MODEL_COLD_WEIGHTS + 8 * i, weights[name], true);
}

/** What `linkCold` left in the image at `model`. */
export function coldWeightsAt({ f64 }: Views, model: number): ColdWeights {
  const at = (model + MODEL_COLD_WEIGHTS) >>> 3;
  return Object.fromEntries(WEIGHTS.map((name, i) => [name, f64[at + i]!])) as unknown as ColdWeights;
}

/** The columns behind the model's d in an image of so many dimensions: those of the text are what the others leave. */
export const columnsBehind = (d: number, dimensions: number): ColdColumns =>
  coldColumns(dimensions - d - coldColumns(0).count);
