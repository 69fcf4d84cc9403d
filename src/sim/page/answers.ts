/** What the simulated site's own endpoints answer, as JSON. The page is built together with them. */

export interface SiteFacts {
  readonly occupations: readonly string[];
  /** The highest rating; the lowest is 1. */
  readonly ratingScale: number;
  /** In the catalogue. */
  readonly films: number;
}

export interface SiteFilm {
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** Minutes; the usual length where the site does not know it. */
  readonly runtime: number;
}

/** A person, and what they did, newest first. */
export interface Person {
  readonly user: number;
  readonly did: readonly PersonDeed[];
}

export interface PersonDeed {
  readonly kind: 'watched' | 'rated';
  readonly film: SiteFilm;
  /** Minutes watched, or the rating. */
  readonly value: number;
  /** World time, ms since 1970. */
  readonly timeMs: number;
}

export interface Recommendations {
  /** Best first; empty unless `status` is 200. */
  readonly films: readonly SiteFilm[];
  /** As the log says: 200, 400 a list that is none, 500 an error of the recommender, 0 no answer in time. */
  readonly status: number;
  /** Why there is no list; null where there is one. */
  readonly problem: string | null;
  /** Null where the recommender does not say. */
  readonly model: string | null;
  readonly tier: string | null;
  readonly latencyMs: number;
}

/** With every status of 400 and above. */
export interface Refusal {
  readonly message: string;
  readonly hint?: string;
}
