/** Draws from a fixed discrete distribution in constant time: Walker's alias method, tables built as by Vose (1991). */

export interface AliasTable {
  /** Index of the outcome that `uniform`, in [0, 1), stands for. */
  pick(uniform: number): number;
}

/** @param weights none negative, at least one positive; they need not add up to one. */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const n = weights.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[i]!;

  // Each column holds 1/n of the probability: a part `keep` of its own outcome, the rest of one other outcome.
  const keep = Float64Array.from(weights, (weight) => (weight * n) / total);
  const other = Uint32Array.from(weights, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) (keep[i]! < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large.at(-1)!;
    other[poor] = rich;
    keep[rich] = keep[rich]! + keep[poor]! - 1;
    if (keep[rich] < 1) small.push(large.pop()!);
  }
  for (const i of [...small, ...large]) keep[i] = 1;

  return {
    pick: (uniform) => {
      const scaled = uniform * n;
      const column = Math.floor(scaled);
      return scaled - column < keep[column]! ? column : other[column]!;
    },
  };
}
