/**
 * The words of all titles, and which of them a misspelt word may stand for: words that become equal when each loses
 * at most one letter (the deletion neighbourhood of Mor and Fraenkel 1982), checked by edit distance. 12 bytes a
 * letter of the vocabulary.
 */

import { editDistance } from '../core/nearest.js';

export interface Spelling {
  readonly word: number;
  /** Insertions, deletions, replacements and swaps between the two spellings. */
  readonly edits: number;
}

export interface Vocabulary {
  /** Undefined for a word that no title has. */
  idOf(word: string): number | undefined;
  /** The words that `word` may be a misspelling of, itself left out; the nearest first, then by number. */
  near(word: string): readonly Spelling[];
}

/** Shorter words are taken as they stand; a long one may have two mistakes. */
const [ONE_EDIT_LENGTH, TWO_EDITS_LENGTH] = [4, 8];
const NEAR_MAX = 8;
const WORD_CHARS_MAX = 30;

const editsMax = (length: number): number => (length < ONE_EDIT_LENGTH ? 0 : length < TWO_EDITS_LENGTH ? 1 : 2);

/** @param spellings id of each spelling; several spellings may share one id (`7`, `seven`, `vii`) */
export function createVocabulary(spellings: ReadonlyMap<string, number>): Vocabulary {
  const words = [...spellings.keys()];
  const ids = [...spellings.values()];
  const entries: { hash: number; word: number }[] = [];
  for (const [word, text] of words.entries()) {
    if (editsMax(text.length) === 0 || text.length > WORD_CHARS_MAX) continue;
    for (const hash of deletions(text)) entries.push({ hash, word });
  }
  entries.sort((a, b) => a.hash - b.hash || a.word - b.word);
  const hashes = Uint32Array.from(entries, ({ hash }) => hash);
  const wordOf = Uint32Array.from(entries, ({ word }) => word);

  return {
    idOf: (word) => spellings.get(word),
    near(word) {
      if (editsMax(word.length) === 0 || word.length > WORD_CHARS_MAX) return [];
      const candidates = new Set<number>();
      for (const hash of deletions(word)) {
        for (let at = firstAt(hashes, hash); hashes[at] === hash; at++) candidates.add(wordOf[at]!);
      }
      const own = spellings.get(word);
      return [...candidates]
        .map((candidate) => ({
          word: ids[candidate]!,
          edits: editDistance(word, words[candidate]!),
          text: words[candidate]!,
        }))
        .filter(
          ({ word: id, edits, text }) => id !== own && edits <= Math.min(editsMax(word.length), editsMax(text.length)),
        )
        .sort((a, b) => a.edits - b.edits || a.word - b.word)
        .slice(0, NEAR_MAX)
        .map(({ word: id, edits }) => ({ word: id, edits }));
    },
  };
}

/** Hashes of the word and of what is left when one letter goes. */
function deletions(word: string): Set<number> {
  const hashes = new Set([hashOf(word, -1)]);
  for (let left = 0; left < word.length; left++) hashes.add(hashOf(word, left));
  return hashes;
}

/** FNV-1a, 32 bits, over the UTF-16 units but the one at `without`. */
function hashOf(word: string, without: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) {
    if (i !== without) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Index of the first entry that is not below `value`. */
function firstAt(sorted: Uint32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
