/** What every ranking metric is a function of: which places of a list hold relevant items. */

export interface Hits {
  /** Places of the relevant items in the list, from 0, ascending, all below k. */
  readonly places: readonly number[];
  /** Relevant items there are, found or not; at least 1. */
  readonly relevant: number;
  /** Length of a full list. */
  readonly k: number;
}

/** `list` best first; what it holds beyond k does not count. */
export function hitsOf(list: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): Hits {
  const places: number[] = [];
  for (let place = 0; place < Math.min(k, list.length); place++) if (relevant.has(list[place]!)) places.push(place);
  return { places, relevant: relevant.size, k };
}
