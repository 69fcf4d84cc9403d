/** The exact scan alone: user vectors that are there already, their best 20 rows out. */

import {
  LANE_SEEN,
  LANE_SEEN_COUNT,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_VECTOR,
  SLAB_LANES,
} from '../../assembly/layout.js';
import { laneAddress } from '../../src/engine/batch.js';
import type { Model } from '../../src/registry/model.js';
import { kernelBed } from './bed.js';

const BEST = 20;

export interface ScanLoad {
  readonly model: Model;
  /** n × d. */
  readonly vectors: Float32Array;
  /** Rows never answered, for each vector. */
  readonly seen: readonly Int32Array[];
  /** 0 or 1 for each row. */
  readonly allowed: Uint8Array;
}

export interface Scan {
  /** Scans all vectors, `batch` ≤ 64 at a time. Returns the sum of all rows answered. */
  run(batch: number): number;
  /** The rows of each vector's answer, best first. */
  top(): Int32Array[];
}

export function createScan({ model, vectors, seen, allowed }: ScanLoad): Scan {
  const bed = kernelBed(model, allowed);
  const { kernel, views, image, slab } = bed;
  const { u32, i32, f32 } = views;
  const d = model.dimensions;
  const positions = seen.map((rows) => Uint32Array.from(rows, (row) => bed.positionOf[row]!));

  function fill(lane: number, query: number): void {
    f32.set(vectors.subarray(query * d, query * d + d), (lane + LANE_VECTOR) >>> 2);
    u32.set(positions[query]!, (lane + LANE_SEEN) >>> 2);
    u32[(lane + LANE_SEEN_COUNT) >>> 2] = positions[query]!.length;
    kernel.prepareQuery(image, lane);
  }

  function scan(first: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const lane = laneAddress(slab, i);
      fill(lane, first + i);
      u32[((slab + SLAB_LANES) >>> 2) + i] = lane;
    }
    kernel.scan(image, bed.view, slab, bed.seen, count, BEST);
  }

  const answer = (lane: number): Int32Array => {
    const at = (lane + LANE_TOP_ROWS) >>> 2;
    return i32.subarray(at, at + u32[(lane + LANE_TOP_COUNT) >>> 2]!);
  };

  return {
    run(batch) {
      let sum = 0;
      for (let first = 0; first < seen.length; first += batch) {
        const count = Math.min(batch, seen.length - first);
        scan(first, count);
        for (let i = 0; i < count; i++) for (const row of answer(laneAddress(slab, i))) sum += row;
      }
      return sum;
    },
    top: () =>
      seen.map((_, query) => {
        scan(query, 1);
        return answer(laneAddress(slab, 0)).slice();
      }),
  };
}
