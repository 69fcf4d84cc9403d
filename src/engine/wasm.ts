/** The serving kernels, compiled once and instantiated by every thread over the same shared memory. */

import { readFileSync } from 'node:fs';
import { built } from '../core/package.js';

/** The functions of assembly/serving.ts; every argument is a u32 address or count. */
export interface ServingKernel {
  encode(model: number, slab: number, lane: number): number;
  prepareQuery(model: number, lane: number): number;
  scan(model: number, view: number, slab: number, seen: number, count: number, k: number): void;
  render(model: number, rows: number, count: number, body: number): number;
}

let compiled: WebAssembly.Module | undefined;

export function servingKernel(memory: WebAssembly.Memory): ServingKernel {
  compiled ??= new WebAssembly.Module(readFileSync(built('serving.wasm')));
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  return instance.exports as unknown as ServingKernel;
}
