/** A model's bias towards what everyone watches: it leads where a history says little, and yields where it says much. */

export interface PriorParameters {
  /** Score of e times as many interactions; 0 for no bias. */
  readonly prior: number;
  /** An interaction counts 2^(−age / half-life), its age measured from the newest one of all; 0: all count 1. */
  readonly halfLifeDays: number;
}

/** Interactions that every film is granted: whether a rare one was met once or twice is chance. */
const granted = 10;

/**
 * prior · log((10 + c) / (10 + the largest c)) for a film of c (decayed) interactions: 0 for the most watched film, less
 * for all others. JavaScript leaves the last digit of a logarithm to the engine; it is rounded to f32 at once.
 * @returns one f32 a film; nothing when there is no prior
 */
export function priorBias(counts: Float64Array, prior: number): { readonly bias?: Float32Array } {
  if (prior === 0) return {};
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return { bias: Float32Array.from(counts, (count) => prior * Math.log((granted + count) / (granted + most))) };
}
