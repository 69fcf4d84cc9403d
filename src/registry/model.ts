/**
 * A model as the whole product understands it: an item matrix Y, an encoder that makes a user's vector x, and the film ids
 * of the rows y_j. The score of item j is x·y_j + bias_j.
 */

import type { Weighting } from '../dataset/weight.js';

/** How a user's vector is made at request time. */
export type Encoder =
  /** Everyone has the same vector: the tensor `user`. */
  | { readonly type: 'constant' }
  /**
   * Implicit least squares (Hu, Koren, Volinsky 2008): from a history of rows i with weights w_i,
   * x = (YᵀY + Σ αw_i·y_i y_iᵀ + λI)⁻¹ Σ (1 + αw_i)·y_i with λ = reg·(Σ αw_i + items)^regScaling
   * (the scaling of Rendle et al. 2022, "Revisiting iALS"; 0 gives the classic objective).
   * The items must be in their principal axes (YᵀY diagonal), see docs/decisions/0001-principal-axes.md.
   */
  | FoldIn
  /**
   * A sum over the history of rows i with weights w_i: x = Σ w_i·(1 + k_i)^(−recency)·gain_i·y_i, with the tensor `gain`;
   * k_i counts the films of the sum that are newer than i. What is left out of the sum makes nothing older.
   */
  | Sum;

interface FoldIn extends Partial<Weighting> {
  readonly type: 'fold-in';
  readonly alpha: number;
  readonly reg: number;
  readonly regScaling: number;
}

interface Sum extends Weighting {
  readonly type: 'sum';
  /** 0…4; 0, or absent: old films count as much as new ones. */
  readonly recency?: number;
}

/** All films weigh 1, whatever the scale. */
export const ALIKE: Weighting = { floor: 1, ratingHigh: 5 };

/** An encoder that does not say weighs all films alike. */
export function weightingOf(encoder: Encoder): Weighting {
  if (encoder.type === 'constant') return ALIKE;
  const { floor = ALIKE.floor, ratingHigh = ALIKE.ratingHigh } = encoder;
  return { floor, ratingHigh };
}

/** 0 for an encoder that does not say, or cannot. */
export const recencyOf = (encoder: Encoder): number => (encoder.type === 'sum' ? (encoder.recency ?? 0) : 0);

export type ModelKind = 'popularity' | 'ials' | 'linear' | 'text';

/** For people of whom nothing is known but what they say: more columns for the items (docs/cold-start.md). */
export interface Cold {
  readonly weights: ColdWeights;
  /** items × c, row-major f32, c as in cold/columns.ts: facts alone, every weight is on the user's side. */
  readonly columns: Float32Array;
}

/** What counts how much, in the unit of this model's scores; where each is added: cold/cold-vector.ts. */
export interface ColdWeights {
  readonly prior: number;
  readonly genre: number;
  readonly text: number;
  readonly era: number;
  readonly group: number;
  readonly dislikedGenre: number;
  readonly popular: number;
  readonly unpopular: number;
}

export interface Model {
  readonly kind: ModelKind;
  readonly encoder: Encoder;
  /** The film of each row, in the site's vocabulary; its length is the number of items. Rows are never state indexes. */
  readonly filmIds: readonly string[];
  /** d, 1…256. */
  readonly dimensions: number;
  /** items × d, row-major f32. */
  readonly items: Float32Array;
  /** One f32 an item, added to its score. */
  readonly bias?: Float32Array;
  /** The user vector of a constant encoder, d × f32. */
  readonly user?: Float32Array;
  /** Of a sum encoder: how much one f32 an item counts in a history. */
  readonly gain?: Float32Array;
  /** Absent where nothing but histories can be answered. */
  readonly cold?: Cold;
  /** Up to 100 rows, best first: the static rung of the ladder while this model is current. */
  readonly fallback: Int32Array;
}
