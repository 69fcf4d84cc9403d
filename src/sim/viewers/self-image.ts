/** What viewers know about their own taste and might say: a few genres and titles, not the taste itself. */

export interface SelfImage {
  /** At least one; genres by the site's names, the dearest first. */
  readonly likedGenres: readonly string[];
  readonly dislikedGenres: readonly string[];
  /** Up to three titles as the catalogue spells them. */
  readonly likedTitles: readonly string[];
  readonly dislikedTitles: readonly string[];
  /** False says nothing: it does not mean that they avoid what is popular. */
  readonly likesPopular: boolean;
  readonly era: 'old' | 'recent' | null;
}
