/** What the simulated site knows of a film, and what may be known of it beforehand. */

import type { SimMaturity } from './maturity.js';
import type { OutsideFacts } from './outside.js';
import type { Title } from './titles.js';

export interface NamedFilm extends Title {
  readonly id: string;
}

/** A film that exists outside: rows of `matinee import` fit. What is not given is invented, what is null is not known. */
export interface KnownFilm extends NamedFilm {
  /** In MovieLens', Wikipedia's or the site's words. */
  readonly genres: readonly string[];
  readonly summary?: string | null;
  readonly cast?: readonly string[];
  readonly imdbId?: string | null;
  readonly tmdbId?: number | null;
  /** How often it was rated: its popularity. */
  readonly ratings?: number;
}

export interface SimFilm extends NamedFilm {
  /** In the site's words. */
  readonly genres: readonly string[];
  /** Minutes; null where the site does not know it. */
  readonly runtime: number | null;
  /** Two letters (ISO 639-1). */
  readonly language: string;
  readonly overview: string | null;
  /** As billed; none of an invented film. */
  readonly cast: readonly string[];
  /** USD a view; null where the site does not say: that is not zero. */
  readonly cost: number | null;
  readonly maturity: SimMaturity;
  /** Null for invented films: nothing outside has their number. */
  readonly imdbId: string | null;
  readonly tmdbId: number | null;
  readonly outside: OutsideFacts;
}
