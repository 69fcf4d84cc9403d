/**
 * Text as a vector: what a description and a film's summary have in common. The local default is learned from the
 * catalogue.
 */

import { random } from '../core/random.js';
import type { Eigenpairs } from '../linalg/lanczos.js';
import { principalDirections } from '../linalg/principal-directions.js';
import { learnTerms, termMatrix, termsOf } from './tf-idf.js';

/** Anything stronger fits in here, as long as it is deterministic and works without a network. */
export interface TextEncoder {
  /** d. */
  readonly dimensions: number;
  /** d × f32 of length 1, or all 0 for a text without a known word. */
  encode(text: string): Float32Array;
}

export interface FilmText {
  readonly title: string;
  readonly genres: readonly string[];
  readonly summary: string | null;
}

export const unknownFilmText: FilmText = { title: '', genres: [], summary: null };

/** What of a film is encoded. */
export const textOfFilm = ({ title, genres, summary }: FilmText): string =>
  [title, genres.join(' '), summary ?? ''].join('\n');

/**
 * Latent semantic analysis (Deerwester et al. 1990): TF-IDF rows of the documents, projected onto the d directions
 * that keep most of them; fewer, where the documents have fewer.
 * @param documents the more, the better; their order does not matter but for rounding
 * @param onStep as in linalg/lanczos.ts
 */
export function learnTextEncoder(
  documents: readonly string[],
  dimensions: number,
  seed: number,
  onStep?: (done: number) => void,
): TextEncoder {
  const terms = learnTerms(documents);
  const directions = principalDirections(termMatrix(documents, terms), dimensions, random(seed), onStep);
  const basis = byTerm(directions, terms.size);
  const d = directions.values.length;
  return {
    dimensions: d,
    encode(text) {
      const { indices, values } = termsOf(text, terms);
      const vector = new Float64Array(d);
      for (const [i, term] of indices.entries()) {
        for (let k = 0; k < d; k++) vector[k]! += values[i]! * basis[term * d + k]!;
      }
      const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
      return Float32Array.from(vector, (x) => (length > 0 ? x / length : 0));
    },
  };
}

/** terms × d, row-major: what a text needs of it lies together. */
function byTerm({ vectors }: Eigenpairs, terms: number): Float64Array {
  const d = vectors.length;
  const basis = new Float64Array(terms * d);
  for (const [k, vector] of vectors.entries())
    for (let term = 0; term < terms; term++) basis[term * d + k] = vector[term]!;
  return basis;
}
