/**
 * The image for people without a history: the model's own d columns, and behind them those that words can name. Its vectors
 * are made by strangers.ts.
 */

import { DIMENSIONS_MAX, MODEL_COLD, MODEL_COLD_SCALE, MODEL_COLD_WEIGHTS } from '../../assembly/layout.js';
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

/** What stands in the image for strangers, as a model whose user vector is given from outside. */
export interface ColdRows {
  readonly model: Model;
  /** Of the columns behind d, a power of two: the vectors are divided by it there, which changes no bit of a score. */
  readonly scale: number;
}

/**
 * Joins the columns to the model's, in a form that a scan can leave much out of: it skips tiles by the norms of their rows.
 * Popularity counts from the least popular film, where it is given as a logarithm below that of the most popular one: a
 * constant for each user, so that unpopular films, the most, have short rows. The scale makes both sides about as long.
 */
export function coldRowsOf(model: Model, columns: Float32Array): ColdRows {
  const { kind, items, dimensions: d, fallback } = model;
  const n = items.length / d;
  const count = columns.length / n;
  const shifted = fromLeastPopular(columns, count);
  const ratio = longest(items, d) / longest(shifted, count);
  const scale = Number.isFinite(ratio) && ratio > 0 ? 2 ** Math.round(Math.log2(ratio)) : 1;
  const dimensions = d + count;
  const joined = new Float32Array(n * dimensions);
  for (let row = 0; row < n; row++) {
    joined.set(items.subarray(row * d, (row + 1) * d), row * dimensions);
    for (let k = 0; k < count; k++) joined[row * dimensions + d + k] = scale * shifted[row * count + k]!;
  }
  const given = { encoder: { type: 'constant' }, user: new Float32Array(dimensions) } as const;
  return { model: { kind, ...given, filmIds: [], dimensions, items: joined, fallback }, scale };
}

function fromLeastPopular(columns: Float32Array, count: number): Float32Array {
  const { popularity } = columnsBehind(0, count);
  const shifted = columns.slice();
  let least = Infinity;
  for (let at = popularity; at < columns.length; at += count) least = Math.min(least, columns[at]!);
  for (let at = popularity; at < columns.length; at += count) shifted[at]! -= least;
  return shifted;
}

/** The largest norm of a row. */
function longest(rows: Float32Array, d: number): number {
  let most = 0;
  for (let start = 0; start < rows.length; start += d) {
    let squares = 0;
    for (let i = start; i < start + d; i++) squares += rows[i]! ** 2;
    most = Math.max(most, squares);
  }
  return Math.sqrt(most);
}

/** Tells the model's own image where the one for strangers is, how its columns are scaled, and what their words weigh. */
export function linkCold(
  memory: WebAssembly.Memory,
  image: number,
  cold: number,
  scale: number,
  weights: ColdWeights,
): void {
  const header = new DataView(memory.buffer, image);
  header.setUint32(MODEL_COLD, cold, true);
  header.setFloat64(MODEL_COLD_SCALE, scale, true);
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

/** Of such an image: the last one. */
export const popularityColumn = (d: number, dimensions: number): number => d + columnsBehind(d, dimensions).popularity;
