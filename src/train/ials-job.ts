/** One iALS job in a shared memory of its own: the phases of an iteration, each spread over the worker threads. */

import { Piscina } from 'piscina';
import { fail, succeed, type Result } from '../core/errors.js';
import { built } from '../core/package.js';
import type { Csr } from '../linalg/csr.js';
import { blocksOf, planIals, solveBlockRows, type IalsPlan, type Side } from './ials-plan.js';
import type { Task, WorkerSetup } from './ials-protocol.js';

export interface IalsProblem {
  readonly dimensions: number;
  /** users × items, values are weights. */
  readonly users: Csr;
  /** Its transpose. */
  readonly items: Csr;
  /** Confidence of a pair above the 1 that all pairs have: α · weight. */
  readonly alpha: number;
  /** λ of a row with this sum of weights. */
  readonly ridgeOf: (weightSum: number, otherRows: number) => number;
}

export interface IalsJob {
  /** Columns of the factors: dimensions rounded up to 8, zeros beyond. */
  readonly stride: number;
  /** Rows × stride, in the shared memory; all zero at first. To be touched between phases only. */
  readonly factors: Readonly<Record<Side, Float32Array>>;
  /** λ of each row. */
  readonly ridges: Readonly<Record<Side, Float32Array>>;
  /** Σ y yᵀ over the side's rows, stride × stride; the next solve of the other side reads it. */
  gram(side: Side): Promise<Float64Array>;
  /** Three conjugate-gradient steps for each row of the side; the newest Gram must be the other side's. */
  solve(side: Side): Promise<void>;
  /** Σ (1 + c)(1 − s)² − s² over all interactions. */
  observedLoss(): Promise<number>;
  close(): Promise<void>;
}

const pageBytes = 65_536;

/** Errors: memory-full. */
export function createIalsJob(problem: IalsProblem, threads: number): Result<IalsJob> {
  const plan = planIals({
    dimensions: problem.dimensions,
    users: problem.users.rows,
    items: problem.items.rows,
    interactions: problem.users.indices.length,
    longestRow: Math.max(longestRow(problem.users), longestRow(problem.items)),
    threads,
  });
  const memory = allocate(plan);
  if (!memory.ok) return memory;
  const { buffer } = memory.value;
  loadSide(buffer, plan, 'users', problem);
  loadSide(buffer, plan, 'items', problem);
  return succeed(startJob(memory.value, plan, threads));
}

function allocate({ bytes, shape }: IalsPlan): Result<WebAssembly.Memory> {
  // The kernels were compiled for memories of 16 pages or more.
  const pages = Math.max(16, Math.ceil(bytes / pageBytes));
  const what = `training ${shape.interactions} interactions in ${shape.dimensions} dimensions on ${shape.threads} threads`;
  const hint = 'Use fewer dimensions or threads.';
  if (pages > 65_536) return fail('memory-full', `${what} needs ${bytes} bytes; 4 GiB is the limit`, { hint });
  try {
    return succeed(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
  } catch (cause) {
    return fail('memory-full', `${what} needs ${bytes} bytes, which this machine refuses`, { hint, cause });
  }
}

function longestRow({ indptr, rows }: Csr): number {
  let longest = 0;
  for (let row = 0; row < rows; row++) longest = Math.max(longest, indptr[row + 1]! - indptr[row]!);
  return longest;
}

function loadSide(buffer: ArrayBufferLike, plan: IalsPlan, side: Side, problem: IalsProblem): void {
  const { rows, columns, indptr, indices, values } = problem[side];
  const { ridges, starts, indices: indicesAt, confidences: confidencesAt } = plan[side];
  new Int32Array(buffer, starts, rows + 1).set(indptr);
  new Int32Array(buffer, indicesAt, indices.length).set(indices);
  const confidences = new Float32Array(buffer, confidencesAt, values.length);
  for (let i = 0; i < values.length; i++) confidences[i] = problem.alpha * values[i]!;
  const lambda = new Float32Array(buffer, ridges, rows);
  for (let row = 0; row < rows; row++) {
    let weightSum = 0;
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) weightSum += values[i]!;
    lambda[row] = problem.ridgeOf(weightSum, columns);
  }
}

function startJob(memory: WebAssembly.Memory, plan: IalsPlan, threads: number): IalsJob {
  const { buffer } = memory;
  const { stride } = plan;
  const setup: WorkerSetup = { memory, plan };
  const pool = new Piscina<Task, void>({
    filename: built('src/train/ials-worker.js'),
    minThreads: threads,
    maxThreads: threads,
    // Phases are short and follow each other at once; a thread blocked in Atomics.wait would start late.
    atomics: 'disabled',
    workerData: setup,
  });
  const claims = new Int32Array(buffer, plan.claims, 1);
  const gram = new Float32Array(buffer, plan.gram, stride * stride);
  const lossParts = new Float64Array(buffer, plan.lossParts, blocksOf(plan.users.rows, solveBlockRows));

  const run = async (phase: Task['phase'], side: Side): Promise<void> => {
    claims[0] = 0;
    await Promise.all(Array.from({ length: threads }, (_, scratchIndex) => pool.run({ phase, side, scratchIndex })));
  };
  const view = (address: number, length: number): Float32Array => new Float32Array(buffer, address, length);

  return {
    stride,
    factors: {
      users: view(plan.users.factors, plan.users.rows * stride),
      items: view(plan.items.factors, plan.items.rows * stride),
    },
    ridges: { users: view(plan.users.ridges, plan.users.rows), items: view(plan.items.ridges, plan.items.rows) },
    async gram(side) {
      await run('gram', side);
      const { rows, gramBlockRows } = plan[side];
      const parts = view(plan.gramParts, blocksOf(rows, gramBlockRows) * gram.length);
      const sum = sumParts(parts, gram.length);
      gram.set(sum);
      return sum;
    },
    solve: (side) => run('solve', side),
    async observedLoss() {
      await run('loss', 'users');
      return lossParts.reduce((sum, part) => sum + part, 0);
    },
    close: () => pool.destroy(),
  };
}

/** In order of the parts, so that no matter who made them the sum has the same bits. */
function sumParts(parts: Float32Array, length: number): Float64Array {
  const sum = new Float64Array(length);
  for (let start = 0; start < parts.length; start += length) {
    for (let i = 0; i < length; i++) sum[i]! += parts[start + i]!;
  }
  return sum;
}
