/**
 * A model's image: the bytes in shared memory that the kernels read (drawn in assembly/layout.ts).
 *
 *   1. plan     sizes and addresses of all arrays, from the shape alone
 *   2. order    rows sorted by norm, largest first, ties by row, so that whole tiles can be skipped
 *   3. write    f32 rows, int16 tiles with their bounds, tables, film ids; the header last
 */

import {
  BLOCK,
  DIMENSIONS_MAX,
  ENCODER_CONSTANT,
  ENCODER_FOLD_IN,
  ENCODER_SUM,
  HISTORY_MAX,
  LANES,
  MODEL_ALPHA,
  MODEL_BLOCKS,
  MODEL_DIMENSIONS,
  MODEL_ENCODER,
  MODEL_ENCODER_DATA,
  MODEL_FILMS,
  MODEL_FILM_TABLE,
  MODEL_FLOOR,
  MODEL_HEADER_BYTES,
  MODEL_ID_BYTES,
  MODEL_ID_STARTS,
  MODEL_ITEMS,
  MODEL_NORM_MAX,
  MODEL_PAIRS,
  MODEL_POSITION_OF,
  MODEL_QUANTISED,
  MODEL_RATING_HIGH,
  MODEL_RECENCY,
  MODEL_REG,
  MODEL_REG_SCALING,
  MODEL_ROWS,
  MODEL_ROW_OF,
  MODEL_RUNTIMES,
  MODEL_SEEN,
  MODEL_STRIDE,
  MODEL_TILES,
  MODEL_TILE_TABLE,
  MODEL_TRAINED,
  TILE_BLOCKS,
  TILE_BYTES,
} from '../../assembly/layout.js';
import { recencyFactor } from '../dataset/weight.js';
import { recencyOf, weightingOf, type Model } from '../registry/model.js';
import { quantiseTiles } from './quantise.js';

export interface ImageShape {
  readonly items: number;
  /** Items of the version itself; the rows behind them are an overlay's. */
  readonly trained: number;
  readonly dimensions: number;
  /** Total UTF-8 bytes of the film ids. */
  readonly idBytes: number;
  /** State films that the film table covers. */
  readonly films: number;
  /** Slabs that may scan this image at the same time. */
  readonly slabs: number;
}

export const shapeOfModel = ({ filmIds, dimensions }: Model): Omit<ImageShape, 'films' | 'slabs'> => ({
  items: filmIds.length,
  trained: filmIds.length,
  dimensions,
  idBytes: Buffer.byteLength(filmIds.join('')),
});

const SECTIONS = [
  'header',
  'rows',
  'quantised',
  'rowOf',
  'positionOf',
  'tiles',
  'encoder',
  'films',
  'runtimes',
  'recency',
  'idStarts',
  'idBytes',
  'seen',
] as const;
type Section = (typeof SECTIONS)[number];

export interface ImagePlan {
  readonly shape: ImageShape;
  readonly stride: number;
  readonly blocks: number;
  readonly tiles: number;
  /** Offset of each section from the image's address; multiples of 64. */
  readonly offset: Readonly<Record<Section, number>>;
  readonly bytes: number;
}

export function planImage(shape: ImageShape): ImagePlan {
  const stride = Math.ceil(shape.dimensions / 4) * 4;
  const blocks = Math.ceil(shape.items / BLOCK);
  const tiles = Math.ceil(blocks / TILE_BLOCKS);
  const size: Record<Section, number> = {
    header: MODEL_HEADER_BYTES,
    rows: blocks * BLOCK * stride * 4,
    quantised: blocks * BLOCK * stride * 2,
    rowOf: blocks * BLOCK * 4,
    positionOf: shape.items * 4,
    tiles: tiles * TILE_BYTES,
    encoder: Math.max(DIMENSIONS_MAX * 8, shape.items * 4),
    films: shape.films * 4,
    runtimes: shape.films * 8,
    recency: HISTORY_MAX * 4,
    idStarts: (shape.items + 1) * 4,
    idBytes: shape.idBytes,
    seen: shape.slabs * LANES * blocks * 2,
  };
  const offset = {} as Record<Section, number>;
  let bytes = 0;
  for (const section of SECTIONS) {
    offset[section] = bytes;
    bytes += Math.ceil(size[section] / 64) * 64;
  }
  return { shape, stride, blocks, tiles, offset, bytes };
}

/** Rows sorted by norm, largest first, ties by row. */
function orderByNorm(items: Float32Array, n: number, d: number): Int32Array {
  const squares = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += items[row * d + i]! ** 2;
    squares[row] = sum;
  }
  return Int32Array.from(squares.keys()).sort((a, b) => squares[b]! - squares[a]! || a - b);
}

/** Diagonal of YᵀY in f64: in principal axes that is all of it. Rows of an overlay, which are in no axes, have no part in it. */
function gramDiagonal(items: Float32Array, n: number, d: number): Float64Array {
  const diagonal = new Float64Array(d);
  for (let row = 0; row < n; row++) for (let i = 0; i < d; i++) diagonal[i]! += items[row * d + i]! ** 2;
  return diagonal;
}

/**
 * Writes the image at `address`, a zeroed region of `plan.bytes`. `rowOfFilm` maps state film indexes to model rows, −1 for
 * films that the model does not know; `runtimeOfFilm` holds minutes, 0 for unknown, as they are at this moment.
 */
export function writeImage(
  memory: WebAssembly.Memory,
  address: number,
  plan: ImagePlan,
  model: Model,
  rowOfFilm: Int32Array,
  runtimeOfFilm = new Float64Array(rowOfFilm.length),
): void {
  const { buffer } = memory;
  const { items: n, dimensions: d } = plan.shape;
  const at = (section: Section): number => address + plan.offset[section];
  const order = orderByNorm(model.items, n, d);

  const rows = new Float32Array(buffer, at('rows'), plan.blocks * BLOCK * plan.stride);
  const rowOf = new Uint32Array(buffer, at('rowOf'), plan.blocks * BLOCK);
  const positionOf = new Uint32Array(buffer, at('positionOf'), n);
  for (let position = 0; position < n; position++) {
    const row = order[position]!;
    rows.set(model.items.subarray(row * d, row * d + d), position * plan.stride);
    rowOf[position] = row;
    positionOf[row] = position;
  }
  const quantised = new Int16Array(buffer, at('quantised'), plan.blocks * BLOCK * plan.stride);
  const normMax = quantiseTiles(rows, plan, quantised, new DataView(buffer, at('tiles'), plan.tiles * TILE_BYTES));

  const films = new Int32Array(buffer, at('films'), plan.shape.films);
  for (let film = 0; film < films.length; film++)
    films[film] = rowOfFilm[film]! < 0 ? -1 : positionOf[rowOfFilm[film]!]!;
  new Float64Array(buffer, at('runtimes'), plan.shape.films).set(runtimeOfFilm);
  writeFilmIds(model.filmIds, buffer, at('idStarts'), at('idBytes'), plan.shape.idBytes);

  const header = new DataView(buffer, address, MODEL_HEADER_BYTES);
  const u32 = (offset: number, value: number): void => header.setUint32(offset, value, true);
  const f64 = (offset: number, value: number): void => header.setFloat64(offset, value, true);
  u32(MODEL_ITEMS, n);
  u32(MODEL_DIMENSIONS, d);
  u32(MODEL_STRIDE, plan.stride);
  u32(MODEL_PAIRS, plan.stride / 2);
  u32(MODEL_TILES, plan.tiles);
  u32(MODEL_BLOCKS, plan.blocks);
  u32(MODEL_ROWS, at('rows'));
  u32(MODEL_QUANTISED, at('quantised'));
  u32(MODEL_ROW_OF, at('rowOf'));
  u32(MODEL_POSITION_OF, at('positionOf'));
  u32(MODEL_TILE_TABLE, at('tiles'));
  u32(MODEL_ENCODER_DATA, at('encoder'));
  u32(MODEL_FILMS, plan.shape.films);
  u32(MODEL_FILM_TABLE, at('films'));
  u32(MODEL_RUNTIMES, at('runtimes'));
  u32(MODEL_ID_STARTS, at('idStarts'));
  u32(MODEL_ID_BYTES, at('idBytes'));
  u32(MODEL_SEEN, at('seen'));
  u32(MODEL_TRAINED, plan.shape.trained);
  f64(MODEL_NORM_MAX, normMax);

  const { encoder } = model;
  const { floor, ratingHigh } = weightingOf(encoder);
  f64(MODEL_FLOOR, floor);
  f64(MODEL_RATING_HIGH, ratingHigh);
  const recency = recencyOf(encoder);
  if (recency > 0) {
    u32(MODEL_RECENCY, at('recency'));
    const factors = new Float32Array(buffer, at('recency'), HISTORY_MAX);
    for (const newer of factors.keys()) factors[newer] = recencyFactor(newer, recency);
  }
  if (encoder.type === 'fold-in') {
    u32(MODEL_ENCODER, ENCODER_FOLD_IN);
    f64(MODEL_ALPHA, encoder.alpha);
    f64(MODEL_REG, encoder.reg);
    f64(MODEL_REG_SCALING, encoder.regScaling);
    new Float64Array(buffer, at('encoder'), d).set(gramDiagonal(model.items, plan.shape.trained, d));
  } else if (encoder.type === 'sum') {
    u32(MODEL_ENCODER, ENCODER_SUM);
    const gains = new Float32Array(buffer, at('encoder'), n);
    for (let position = 0; position < n; position++) gains[position] = model.gain![rowOf[position]!]!;
  } else {
    u32(MODEL_ENCODER, ENCODER_CONSTANT);
    new Float32Array(buffer, at('encoder'), d).set(model.user!);
  }
}

function writeFilmIds(
  ids: readonly string[],
  buffer: ArrayBufferLike,
  starts: number,
  bytes: number,
  size: number,
): void {
  const encoded = Buffer.from(ids.join(''), 'utf8');
  new Uint8Array(buffer, bytes, size).set(encoded);
  const table = new Uint32Array(buffer, starts, ids.length + 1);
  let start = 0;
  for (const [row, id] of ids.entries()) {
    table[row] = start;
    start += Buffer.byteLength(id, 'utf8');
  }
  table[ids.length] = start;
}
