/** A voice: people who write alike, and the patterns in which they say what they like and dislike. */

export interface Voice {
  /** How many of them misspell, 0 … 1. */
  readonly careless: number;
  /** How many of them write no capitals at all, 0 … 1. */
  readonly lowerCase: number;
  /**
   * Frames (frame.ts) of a pattern's two texts. The blanks: `likes`, `dislikes` are genres, `liked`, `disliked` the same
   * before "films"; `favourites`, `flops` liked and disliked titles, `favourite`, `flop` one of them; `era` and `popular`
   * such films. The conditions: `?old`, `?recent`, `?popular`. Each likes frame says `likes` or `liked`, each dislikes
   * frame `dislikes` or `disliked`; every other fact may be missing, so its blank stands in brackets. A child or a
   * pensioner, a woman or a man may say each of them: nothing in them tells age, gender or occupation.
   */
  readonly patterns: readonly (readonly [likes: string, dislikes: string])[];
}
