/** What a careful programmer writes in plain TypeScript: four sums at once, and a short sorted list of the best. */

/** Rows of the best k scores, best first. */
export function plainScan(vector: Float32Array, items: Float32Array, d: number, k: number): number[] {
  const rows: number[] = [];
  const scores: number[] = [];
  for (let row = 0, at = 0; at < items.length; row++, at += d) {
    let [a, b, c, e] = [0, 0, 0, 0];
    for (let i = 0; i < d; i += 4) {
      a += vector[i]! * items[at + i]!;
      b += vector[i + 1]! * items[at + i + 1]!;
      c += vector[i + 2]! * items[at + i + 2]!;
      e += vector[i + 3]! * items[at + i + 3]!;
    }
    const score = a + b + c + e;
    if (scores.length === k && score <= scores[k - 1]!) continue;
    let place = scores.length;
    while (place > 0 && scores[place - 1]! < score) place--;
    scores.splice(place, 0, score);
    rows.splice(place, 0, row);
    scores.length = rows.length = Math.min(k, scores.length);
  }
  return rows;
}
