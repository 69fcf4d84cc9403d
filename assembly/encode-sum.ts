/**
 * The vector of a sum encoder: x = Σ w_i·gain_i·y_i over the history in the order of the lane, newest film first, every
 * product and every sum rounded to f32. A run of columns stays in the registers while all rows pass by.
 */

import {
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_VECTOR,
  LANE_WEIGHTS,
  MODEL_ENCODER_DATA,
  MODEL_ROWS,
  MODEL_STRIDE,
  SLAB_FOLD_ROWS,
} from './layout';

/** 32 columns: eight sums and a factor are all that the registers hold with something loaded. */
const RUN_BYTES: usize = 128;

/** Writes the lane's vector. The slab's scratch holds a term for each film meanwhile: its row's address and w·gain. */
export function encodeSum(model: usize, slab: usize, lane: usize): void {
  const rowBytes: usize = load<u32>(model, MODEL_STRIDE) << 2;
  const items: usize = load<u32>(model, MODEL_ROWS);
  const gains: usize = load<u32>(model, MODEL_ENCODER_DATA);
  const count = load<u32>(lane, LANE_HISTORY_COUNT);
  const terms = slab + SLAB_FOLD_ROWS;
  let end = terms;
  let touched: u32 = 0;
  for (let i: usize = 0; i < count << 2; i += 4) {
    const position: usize = load<u32>(lane + LANE_HISTORY + i);
    const row = items + position * rowBytes;
    store<u32>(end, <u32>row);
    store<f32>(end, load<f32>(lane + LANE_WEIGHTS + i) * load<f32>(gains + (position << 2)), 4);
    end += 8;
    // A word of each cache line, so that all rows are on their way at once.
    for (let line: usize = 0; line < rowBytes; line += 64) touched |= load<u32>(row + line);
  }
  store<u32>(end, touched); // only keeps the loads
  const vector = lane + LANE_VECTOR;
  let column: usize = 0;
  for (; column + RUN_BYTES <= rowBytes; column += RUN_BYTES) sumRun(vector, terms, end, column);
  for (; column < rowBytes; column += 16) sumFour(vector, terms, end, column);
}

function sumRun(vector: usize, terms: usize, end: usize, column: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (let term = terms; term < end; term += 8) {
    const row: usize = load<u32>(term) + column;
    const factor = v128.load32_splat(term, 4);
    s0 = f32x4.add(s0, f32x4.mul(factor, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(factor, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(factor, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(factor, v128.load(row, 48)));
    s4 = f32x4.add(s4, f32x4.mul(factor, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(factor, v128.load(row, 80)));
    s6 = f32x4.add(s6, f32x4.mul(factor, v128.load(row, 96)));
    s7 = f32x4.add(s7, f32x4.mul(factor, v128.load(row, 112)));
  }
  const to = vector + column;
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
  v128.store(to, s4, 64);
  v128.store(to, s5, 80);
  v128.store(to, s6, 96);
  v128.store(to, s7, 112);
}

function sumFour(vector: usize, terms: usize, end: usize, column: usize): void {
  let sum = f32x4.splat(0);
  for (let term = terms; term < end; term += 8) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(term, 4), v128.load(load<u32>(term) + column)));
  }
  v128.store(vector + column, sum);
}
