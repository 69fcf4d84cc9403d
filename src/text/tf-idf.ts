/** Texts as sparse vectors of their words: how often, times how rare (Salton and Buckley 1988, sublinear counts). */

import { rowStarts, type Csr } from '../linalg/csr.js';
import { articles } from './plain-words.js';
import { tokensOf } from './tokens.js';

export interface Terms {
  readonly size: number;
  /** Column of a word. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** log of documents over documents with the word, by column. */
  readonly rarity: Float64Array;
}

/** Of length 1, or empty. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** A word of one document only joins nothing; one of every third says nothing. */
const DOCUMENTS_MIN = 2;
const SHARE_MAX = 0.3;

export function learnTerms(documents: readonly string[]): Terms {
  const counts = new Map<string, number>();
  for (const document of documents) {
    for (const word of new Set(wordsOf(document))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const known = [...counts]
    .filter(([, count]) => count >= DOCUMENTS_MIN && count <= Math.max(DOCUMENTS_MIN, SHARE_MAX * documents.length))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    size: known.length,
    numberOf: new Map(known.map(([word], number) => [word, number])),
    rarity: Float64Array.from(known, ([, count]) => Math.log((1 + documents.length) / count)),
  };
}

export function termsOf(text: string, { numberOf, rarity }: Terms): SparseVector {
  const counts = new Map<number, number>();
  for (const word of wordsOf(text)) {
    const term = numberOf.get(word);
    if (term !== undefined) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const indices = Int32Array.from([...counts.keys()].sort((a, b) => a - b));
  const values = Float64Array.from(indices, (term) => (1 + Math.log(counts.get(term)!)) * rarity[term]!);
  const length = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
  return { indices, values: length > 0 ? values.map((x) => x / length) : values };
}

/** documents × terms: the vector of each. */
export function termMatrix(documents: readonly string[], terms: Terms): Csr {
  const vectors = documents.map((document) => termsOf(document, terms));
  const indices = Int32Array.from(vectors.flatMap(({ indices: columns }) => [...columns]));
  const values = Float32Array.from(vectors.flatMap(({ values: weights }) => [...weights]));
  const rowOf = Int32Array.from(vectors.flatMap(({ indices: columns }, row) => Array.from(columns, () => row)));
  return { rows: documents.length, columns: terms.size, indptr: rowStarts(rowOf, documents.length), indices, values };
}

/** Without plural s: `dragons` are as much as a `dragon`. */
const wordsOf = (text: string): string[] =>
  tokensOf(text).flatMap(({ word }) =>
    word.length < 2 || articles.has(word) ? [] : [word.length > 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word],
  );
