/**
 * What of a user speaks for a film: the user's vector split into what it was made of, and what each part adds to a score. In
 * f64, off the request path; the parts sum to the score without bias.
 */

import {
  ENCODER_CONSTANT,
  ENCODER_SUM,
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_LAMBDA,
  LANE_VECTOR,
  LANE_WEIGHTS,
  MODEL_ALPHA,
  MODEL_COLD,
  MODEL_COLD_SCALE,
  MODEL_DIMENSIONS,
  MODEL_ENCODER,
  MODEL_ENCODER_DATA,
  MODEL_POSITION_OF,
  MODEL_ROWS,
  MODEL_ROW_OF,
  MODEL_STRIDE,
} from '../../assembly/layout.js';
import { decadeCount, decadeName } from '../cold/columns.js';
import { groupNames } from '../cold/group-lift.js';
import { genreNames } from '../text/genre-words.js';
import { coldWeightsAt, columnsBehind } from './cold-image.js';
import { foldInContributions, sumContributions } from './explain.js';
import type { ReasonKind } from './protocol.js';
import type { Views } from './views.js';

export interface Evidence {
  readonly kind: ReasonKind;
  /** The film as a row of the model, −1 for what is no film. */
  readonly row: number;
  /** For people; empty for a film. */
  readonly name: string;
  /** What it adds to the score of each row that was asked for. */
  readonly adds: readonly number[];
}

/** Addresses. */
interface Place {
  readonly model: number;
  readonly lane: number;
}

/** Of a lane with a history: its films, newest first. Nothing for a model that does not look at it. */
export function historyEvidence(views: Views, { model, lane }: Place, rows: Uint32Array): Evidence[] {
  const { u32 } = views;
  if (u32[(model + MODEL_ENCODER) >>> 2] === ENCODER_CONSTANT) return [];
  const rowOf = u32[(model + MODEL_ROW_OF) >>> 2]! >>> 2;
  const at = (lane + LANE_HISTORY) >>> 2;
  const positions = Array.from(u32.subarray(at, at + u32[(lane + LANE_HISTORY_COUNT) >>> 2]!));
  const parts = contributionsOf(views, model, lane, positions, rows);
  return positions.map((position, j) => ({
    ...{ kind: 'watched', row: u32[rowOf + position]!, name: '' },
    adds: parts.map((part) => part[j]!),
  }));
}

/** Of a stranger's lane: the films they name, then what else their words name. */
export function strangerEvidence(views: Views, place: Place, rows: Uint32Array): Evidence[] {
  const { model, lane } = place;
  const { u32, f32, f64 } = views;
  const image = u32[(model + MODEL_COLD) >>> 2]!;
  const d = u32[(model + MODEL_DIMENSIONS) >>> 2]!;
  const columns = columnsBehind(d, u32[(image + MODEL_DIMENSIONS) >>> 2]!);
  const columnsOf = (row: number): Float32Array => rowAt(views, image, row).subarray(d);
  const items = Array.from(rows, columnsOf);

  const named = historyEvidence(views, place, rows);
  // The columns are scaled here, on both sides of the product.
  const share = coldWeightsAt(views, model).text / named.length / f64[(model + MODEL_COLD_SCALE) >>> 3]! ** 2;
  const films = named.map(({ row, adds }): Evidence => {
    const own = columnsOf(row);
    const alike = items.map((item) => dot(own, item, columns.text, columns.decades));
    return { kind: 'named', row, name: '', adds: adds.map((add, i) => add + share * alike[i]!) };
  });

  const at = ((lane + LANE_VECTOR) >>> 2) + d;
  const words = (kind: ReasonKind, from: number, names: readonly string[]): Evidence[] =>
    names.flatMap((name, k) => {
      const weight = f32[at + from + k]!;
      return weight === 0 ? [] : { kind, row: -1, name, adds: items.map((item) => weight * item[from + k]!) };
    });
  const decades = Array.from({ length: decadeCount }, (_, decade) => decadeName(decade));
  return [
    ...films,
    ...words('genre', columns.genres, genreNames),
    ...words('decade', columns.decades, decades),
    ...words('group', columns.groups, groupNames),
    ...words('popularity', columns.popularity, ['popularity']),
  ];
}

/** What the film at each position, of the history in a lane, adds to the score of each row. */
function contributionsOf(
  views: Views,
  model: number,
  lane: number,
  positions: readonly number[],
  rows: Uint32Array,
): Float64Array[] {
  const { u32, f32, f64, buffer } = views;
  const encoder = u32[(model + MODEL_ENCODER) >>> 2]!;
  const d = u32[(model + MODEL_DIMENSIONS) >>> 2]!;
  const rowOf = u32[(model + MODEL_ROW_OF) >>> 2]! >>> 2;
  const items = Array.from(rows, (row) => rowAt(views, model, row));
  const history = positions.map((position) => rowAt(views, model, u32[rowOf + position]!));
  const weights = f32.subarray((lane + LANE_WEIGHTS) >>> 2);
  const data = u32[(model + MODEL_ENCODER_DATA) >>> 2]!;
  if (encoder === ENCODER_SUM) {
    const factors = positions.map((position, j) => weights[j]! * f32[(data >>> 2) + position]!);
    return sumContributions(history, factors, items);
  }
  const alpha = f64[(model + MODEL_ALPHA) >>> 3]!;
  const lambda = f64[(lane + LANE_LAMBDA) >>> 3]!;
  return foldInContributions({ d, gram: new Float64Array(buffer, data, d), alpha, lambda, history, weights }, items);
}

/** A row of an image, d × f32. */
function rowAt({ u32, buffer }: Views, image: number, row: number): Float32Array {
  const position = u32[(u32[(image + MODEL_POSITION_OF) >>> 2]! >>> 2) + row]!;
  const stride = u32[(image + MODEL_STRIDE) >>> 2]!;
  const rows = u32[(image + MODEL_ROWS) >>> 2]!;
  return new Float32Array(buffer, rows + position * stride * 4, u32[(image + MODEL_DIMENSIONS) >>> 2]);
}

function dot(a: Float32Array, b: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += a[i]! * b[i]!;
  return sum;
}
