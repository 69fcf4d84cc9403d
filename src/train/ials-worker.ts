/** A worker thread of an iALS job: claims blocks of rows and runs a kernel on each. */

import { workerData } from 'piscina';
import { trainingKernel } from './ials-kernel.js';
import { blocksOf, otherSide, solveBlockRows, type Side } from './ials-plan.js';
import type { Task, WorkerSetup } from './ials-protocol.js';

const { memory, plan } = workerData as WorkerSetup;
const kernel = trainingKernel(memory);
const claims = new Int32Array(memory.buffer, plan.claims, 1);
const lossParts = new Float64Array(memory.buffer, plan.lossParts);

interface Block {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Which thread takes which block is chance; a block's result and where it goes are not. */
export default function work({ phase, side, scratchIndex }: Task): void {
  const blockRows = phase === 'gram' ? plan[side].gramBlockRows : solveBlockRows;
  const blocks = blocksOf(plan[side].rows, blockRows);
  const scratch = plan.scratch + scratchIndex * plan.scratchBytes;
  for (let index = Atomics.add(claims, 0, 1); index < blocks; index = Atomics.add(claims, 0, 1)) {
    const from = index * blockRows;
    const block = { index, from, to: Math.min(from + blockRows, plan[side].rows) };
    if (phase === 'gram') gram(side, block);
    else if (phase === 'solve') solve(side, block, scratch);
    else loss(side, block);
  }
}

function gram(side: Side, { index, from, to }: Block): void {
  const { stride, gramParts } = plan;
  const rows = plan[side].factors + from * stride * 4;
  kernel.gramOfRows(rows, to - from, stride, gramParts + index * stride * stride * 4);
}

function solve(side: Side, { from, to }: Block, scratch: number): void {
  const { starts, indices, confidences, ridges, factors } = plan[side];
  const other = plan[otherSide(side)].factors;
  kernel.solveRows(from, to, plan.stride, starts, indices, confidences, ridges, plan.gram, other, factors, scratch);
}

function loss(side: Side, { index, from, to }: Block): void {
  const { starts, indices, confidences, factors } = plan[side];
  const other = plan[otherSide(side)].factors;
  lossParts[index] = kernel.observedLoss(from, to, plan.stride, starts, indices, confidences, other, factors);
}
