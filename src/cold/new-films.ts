/**
 * Rows for films that came after a model was trained, from the trained films that they are like (film-likeness.ts):
 *
 *   row, gain, groups   the mean of those of the 100 most like it, weighed by the fourth power of the likeness
 *   text                the same mean, of length 1: the encoder of the version's texts is not kept
 *   genres, decade      its own
 *   bias, popularity    those of trained films that as many people met
 */

import type { Model } from '../registry/model.js';
import type { OverlayRows } from '../registry/overlay.js';
import { coldColumnsOf, type ColdModel } from './columns.js';
import { writeFacts } from './film-columns.js';
import { likenesses, type FilmAbout, type Likeness } from './film-likeness.js';

export interface MetFilm extends FilmAbout {
  /** People who met it by now. */
  readonly met: number;
}

/** A film that a model was trained on; of one that the site no longer has, nobody knows how many people met it. */
export interface TrainedFilm extends FilmAbout {
  readonly met: number | null;
}

/** Chosen on other seeds than those reported: docs/overlays.md. */
const LIKE_MAX = 100;
const SHARPNESS = 4;
/** Of trained films that are about as well known: their mean is the new film's popularity. */
const PEERS = 20;

/**
 * A film that is like none has a row of zeros.
 * @param known by row of the model
 */
export function newFilmRows(
  model: Model,
  known: readonly TrainedFilm[],
  fresh: readonly MetFilm[],
): Pick<OverlayRows, 'items' | 'bias' | 'gain' | 'cold'> {
  const { items, bias, gain, cold, dimensions } = model;
  const alike = likenesses(known, fresh);
  const sharesOf = fresh.map((film) => shares(alike(film, LIKE_MAX)));
  const peers = peersOf(known);
  const meanOf = (matrix: Float32Array, width: number): Float32Array => means(matrix, width, sharesOf);
  const metAlike = (values: Float32Array): Float32Array =>
    Float32Array.from(fresh, ({ met }) =>
      peers(met).reduce((sum, row, _, { length }) => sum + values[row]! / length, 0),
    );
  return {
    items: meanOf(items, dimensions),
    ...(bias && { bias: metAlike(bias) }),
    ...(gain && { gain: meanOf(gain, 1) }),
    ...(cold && { cold: coldRows({ ...model, cold }, fresh, meanOf, metAlike) }),
  };
}

/** Parts of 1 in which films like it make up a film. */
function shares(alike: readonly Likeness[]): Likeness[] {
  const weights = alike.map(({ value }) => value ** SHARPNESS);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return alike.map(({ film }, i) => ({ film, value: weights[i]! / all }));
}

/** One row of `width` for each film. */
function means(matrix: Float32Array, width: number, films: readonly (readonly Likeness[])[]): Float32Array {
  const rows = new Float32Array(films.length * width);
  const row = new Float64Array(width);
  for (const [film, parts] of films.entries()) {
    row.fill(0);
    for (const { film: known, value } of parts) {
      for (let k = 0; k < width; k++) row[k]! += value * matrix[known * width + k]!;
    }
    rows.set(row, film * width);
  }
  return rows;
}

/** For a number of people, the rows of films that nearly as many met. */
function peersOf(known: readonly TrainedFilm[]): (met: number) => number[] {
  const peers = known.flatMap(({ met }, row) => (met === null ? [] : [{ row, met }]));
  peers.sort((a, b) => a.met - b.met || a.row - b.row);
  const last = Math.max(0, peers.length - PEERS);
  return (met) => {
    const above = peers.findIndex((peer) => peer.met >= met);
    const from = above < 0 ? last : Math.min(last, Math.max(0, above - PEERS / 2));
    return peers.slice(from, from + PEERS).map(({ row }) => row);
  };
}

function coldRows(
  model: ColdModel,
  fresh: readonly MetFilm[],
  meanOf: (matrix: Float32Array, width: number) => Float32Array,
  metAlike: (values: Float32Array) => Float32Array,
): Float32Array {
  const columns = coldColumnsOf(model);
  const trained = model.cold.columns;
  const popularity = metAlike(
    Float32Array.from(model.filmIds, (_, row) => trained[row * columns.count + columns.popularity]!),
  );
  const rows = meanOf(trained, columns.count);
  for (const [film, { genres, year }] of fresh.entries()) {
    const own = rows.subarray(film * columns.count, (film + 1) * columns.count);
    const text = ofLengthOne(own.slice(columns.text, columns.decades));
    const groups = own.slice(columns.groups, columns.popularity);
    own.fill(0);
    writeFacts(own, columns, { genres, year, text });
    own.set(groups, columns.groups);
    own[columns.popularity] = popularity[film]!;
  }
  return rows;
}

function ofLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((x) => x / length) : vector;
}
