/** The list that a model brings for everyone it knows nothing about: its static rung. */

/** What the registry and the engine hold of a fallback list. */
const fallbackRows = 100;

/** Up to 100 rows with the largest values, best first, ties to the lower row. */
export function bestRows(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys())
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, fallbackRows);
}
