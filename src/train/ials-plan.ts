/**
 * Where everything of one iALS job lies in its shared memory, and how its work is cut. Both depend on the data's shape
 * alone, never on the number of threads, which is why the result does not either.
 *
 *     claims | gram | gram parts | loss parts | users: factors ridges starts indices confidences | items: the same |
 *     one scratch area a thread (drawn in assembly/als-solve.ts)
 */

/** Which half of the problem. */
export type Side = 'users' | 'items';

export const otherSide = (side: Side): Side => (side === 'users' ? 'items' : 'users');

export interface IalsShape {
  readonly dimensions: number;
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  /** Interactions of the row, of either side, that has most. */
  readonly longestRow: number;
  readonly threads: number;
}

/** Addresses in bytes, multiples of 64; element types as in assembly/als-solve.ts. */
export interface SidePlan {
  readonly rows: number;
  readonly factors: number;
  readonly ridges: number;
  readonly starts: number;
  readonly indices: number;
  readonly confidences: number;
  /** Rows of one part of the Gram matrix: at most 64 parts, so that they stay small beside the factors. */
  readonly gramBlockRows: number;
}

export interface IalsPlan {
  readonly shape: IalsShape;
  /** Columns of every matrix: dimensions rounded up to 8, zeros beyond. */
  readonly stride: number;
  /** i32: the next block of rows that nobody works on yet. */
  readonly claims: number;
  /** stride × stride f32. */
  readonly gram: number;
  /** One stride × stride f32 a block. */
  readonly gramParts: number;
  /** One f64 a block of user rows. */
  readonly lossParts: number;
  readonly users: SidePlan;
  readonly items: SidePlan;
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly bytes: number;
}

/** Rows that a thread claims at once: few, because one row may have a thousand times the interactions of another. */
export const solveBlockRows = 16;
const gramPartsMax = 64;
const gramBlockRowsMin = 64;

export const blocksOf = (rows: number, blockRows: number): number => Math.ceil(rows / blockRows);

export function planIals(shape: IalsShape): IalsPlan {
  const stride = Math.ceil(shape.dimensions / 8) * 8;
  // The first bytes stay free: address 0 should never be a valid one.
  let bytes = 64;
  const take = (size: number): number => {
    const at = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return at;
  };
  const takeSide = (rows: number): SidePlan => ({
    rows,
    factors: take(rows * stride * 4),
    ridges: take(rows * 4),
    starts: take((rows + 1) * 4),
    indices: take(shape.interactions * 4),
    confidences: take(shape.interactions * 4),
    gramBlockRows: Math.max(gramBlockRowsMin, Math.ceil(rows / gramPartsMax)),
  });

  const claims = take(4);
  const gram = take(stride * stride * 4);
  const gramParts = take(gramPartsMax * stride * stride * 4);
  const lossParts = take(blocksOf(shape.users, solveBlockRows) * 8);
  const users = takeSide(shape.users);
  const items = takeSide(shape.items);
  const rowMax = Math.ceil(shape.longestRow / 4) * 4;
  const rowBytes = stride * 4;
  const scratchBytes = Math.ceil((128 + (3 + stride) * rowBytes + rowMax * (4 + rowBytes)) / 64) * 64;
  const scratch = take(scratchBytes * shape.threads);
  return { shape, stride, claims, gram, gramParts, lossParts, users, items, scratch, scratchBytes, bytes };
}
