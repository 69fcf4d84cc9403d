/** For whom a film is, by a rule: no source that may be handed on says it of these films. */

import type { Random } from '../../core/random.js';

export interface SimMaturity {
  readonly class: 'all' | 'teen' | 'adult';
  /** Made up, and marked so wherever it goes. */
  readonly source: 'synthetic';
}

/** How far a genre moves a film towards adults; the others do not. */
const severity: Readonly<Record<string, number>> = {
  Family: -0.9,
  Animation: -0.4,
  Music: -0.2,
  Romance: 0.1,
  Mystery: 0.1,
  Action: 0.1,
  War: 0.2,
  Thriller: 0.25,
  Crime: 0.3,
  Horror: 0.5,
};

/** Until then American films were cut to what everybody might see. */
const CUT_UNTIL = 1967;
const CUT = -0.45;

/** A uniform number plus the severity of the film's genres, less 0.45 up to 1967: up to 0.4 for all, up to 0.75 for teens. */
export function maturityOf(draws: Random, year: number | null, genres: readonly string[]): SimMaturity {
  const genre = genres.reduce((sum, name) => sum + (severity[name] ?? 0), 0);
  const score = draws.uniform() + genre + (year !== null && year <= CUT_UNTIL ? CUT : 0);
  return { class: score < 0.4 ? 'all' : score < 0.75 ? 'teen' : 'adult', source: 'synthetic' };
}
