/** The training kernels, instantiated over one job's memory. */

import { readFileSync } from 'node:fs';
import { built } from '../core/package.js';

/** The functions of assembly/training.ts; every argument is a u32 address or count. */
export interface TrainingKernel {
  gramOfRows(rows: number, count: number, stride: number, out: number): void;
  solveRows(
    from: number,
    to: number,
    stride: number,
    starts: number,
    indices: number,
    confidences: number,
    ridges: number,
    gram: number,
    other: number,
    own: number,
    scratch: number,
  ): void;
  observedLoss(
    from: number,
    to: number,
    stride: number,
    starts: number,
    indices: number,
    confidences: number,
    other: number,
    own: number,
  ): number;
}

export function trainingKernel(memory: WebAssembly.Memory): TrainingKernel {
  const compiled = new WebAssembly.Module(readFileSync(built('training.wasm')));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as TrainingKernel;
}
