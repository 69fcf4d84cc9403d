/** The fold-in alone: histories that stand in the lanes already, user vectors out; and what one would write without the engine. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_LAMBDA,
  LANE_VECTOR,
  LANE_WEIGHTS,
  LANES,
} from '../../assembly/layout.js';
import { built } from '../../src/core/package.js';
import { laneAddress } from '../../src/engine/batch.js';
import { lambdaOf } from '../../src/registry/lambda.js';
import { choleskyFactor, solveCholesky } from '../../src/engine/reference.js';
import type { Model } from '../../src/registry/model.js';
import { kernelBed, type KernelBed } from './bed.js';

export interface FoldIn {
  /** Solves every history. Returns the sum of the vectors' first numbers. */
  run(): number;
  /** histories × d. */
  vectors(): Float64Array;
}

/** α, and λ of a user with so many films of weight 1. */
export function termsOf({ encoder, filmIds }: Model, films: number): { alpha: number; ridge: number } {
  assert(encoder.type === 'fold-in', 'the user vector of a constant encoder is not solved');
  const { alpha, reg, regScaling } = encoder;
  return { alpha, ridge: lambdaOf(alpha, reg, regScaling, films, filmIds.length) };
}

/** `short`: by the smaller of the two systems, as the engine does. `direct`: by the d × d system always. */
export type Way = 'short' | 'direct';

type Encode = (image: number, slab: number, lane: number) => number;

function encoder(way: Way, { kernel, memory }: KernelBed): Encode {
  if (way === 'short') return kernel.encode;
  const module = new WebAssembly.Module(readFileSync(built('bench.wasm')));
  return new WebAssembly.Instance(module, { env: { memory } }).exports.encodeDirectly as Encode;
}

/** Up to 64 histories of rows, all weights 1, by the kernels. */
export function createFoldIn(model: Model, histories: readonly Int32Array[], way: Way = 'short'): FoldIn {
  assert(histories.length <= LANES, `a slab has ${LANES} lanes`);
  const d = model.dimensions;
  const bed = kernelBed(model, new Uint8Array(model.filmIds.length).fill(1));
  const { views, image, slab, positionOf } = bed;
  const encode = encoder(way, bed);
  for (const [i, rows] of histories.entries()) {
    const lane = laneAddress(slab, i);
    views.u32[(lane + LANE_HISTORY_COUNT) >>> 2] = rows.length;
    views.f64[(lane + LANE_LAMBDA) >>> 3] = termsOf(model, rows.length).ridge;
    for (const [h, row] of rows.entries()) {
      views.u32[((lane + LANE_HISTORY) >>> 2) + h] = positionOf[row]!;
      views.f32[((lane + LANE_WEIGHTS) >>> 2) + h] = 1;
    }
  }
  const vector = (i: number): Float32Array => {
    const at = (laneAddress(slab, i) + LANE_VECTOR) >>> 2;
    return views.f32.subarray(at, at + d);
  };
  const run = (): number => {
    let sum = 0;
    for (let i = 0; i < histories.length; i++) {
      encode(image, slab, laneAddress(slab, i));
      sum += views.f32[(laneAddress(slab, i) + LANE_VECTOR) >>> 2]!;
    }
    return sum;
  };
  return {
    run,
    vectors: () => {
      run();
      return Float64Array.from(histories.flatMap((_, i) => [...vector(i)]));
    },
  };
}

/** The same by the d × d system and its Cholesky factor, in plain TypeScript and f64; YᵀY is there already. */
export function plainFoldIn(model: Model, histories: readonly Int32Array[]): FoldIn {
  const { dimensions: d, items } = model;
  const gram = new Float64Array(d);
  for (let at = 0; at < items.length; at++) gram[at % d]! += items[at]! ** 2;

  function solve(rows: Int32Array): Float64Array {
    const matrix = new Float64Array(d * d);
    const right = new Float64Array(d);
    const { alpha, ridge } = termsOf(model, rows.length);
    for (let i = 0; i < d; i++) matrix[i * d + i] = gram[i]! + ridge;
    for (const row of rows) {
      for (let i = 0; i < d; i++) {
        const factor = alpha * items[row * d + i]!;
        right[i]! += items[row * d + i]! + factor;
        for (let j = 0; j <= i; j++) matrix[i * d + j]! += factor * items[row * d + j]!;
      }
    }
    return solveCholesky(choleskyFactor(matrix, d), right);
  }

  return {
    run: () => histories.reduce((sum, rows) => sum + solve(rows)[0]!, 0),
    vectors: () => Float64Array.from(histories.flatMap((rows) => [...solve(rows)])),
  };
}
