/** Gini coefficient of exposure: 0 when all items are shown equally often, near 1 when one has every place. */

/**
 * G = Σ_i (2i − n − 1)·x_i / (n·Σ x), the x being how often each of the n items is shown, ascending, i from 1.
 * @param lists not all empty
 */
export function gini(lists: readonly Int32Array[], items: number): number {
  const shown = new Float64Array(items);
  for (const list of lists) for (const item of list) shown[item]! += 1;
  shown.sort();
  let [weighted, total] = [0, 0];
  for (const [i, times] of shown.entries()) {
    weighted += (2 * (i + 1) - items - 1) * times;
    total += times;
  }
  return weighted / (items * total);
}
